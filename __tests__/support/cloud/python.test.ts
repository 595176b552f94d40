import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../../lib/terraform/sample";
import { findPython } from "./python";

const folder = temporaryFolder();

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  writeFileSync(place, content, { mode: 0o755 });
  return place;
}

const python = (version: string) => file(`python-${version}`, `#!/bin/sh\necho ${version}\n`);
const requirements = file("requirements.txt", "moto[server,all]==5.2.5\n");

test("the first Python with the pinned moto is taken", () => {
  const candidates = [path.join(folder, "missing"), python("5.2.1"), python("5.2.5"), file("later", "#!/bin/sh\n")];
  expect(findPython(candidates, requirements)).toBe(python("5.2.5"));
});

test("without one the error lists what was found, what is needed and what to run", () => {
  const missing = path.join(folder, "missing");
  expect(() => findPython([missing, python("5.2.1")], requirements)).toThrow(
    `moto\n  got ${missing}: no moto, ${python("5.2.1")}: 5.2.1; allowed: a Python with moto 5.2.5; run: .ci/moto`,
  );
});
