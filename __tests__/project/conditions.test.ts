import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const project = path.resolve(__dirname, "../..");

/** Conditions on expressions, one on each line, that JavaScript would evaluate and that the compiler accepts. */
const mistakes = [
  'if (input.flag) used = input.flag("a", "b");',
  'used = input.flag ? input.flag("a", "b") : "c";',
  "used = !input.flag;",
  "used = !!input.flag;",
  "used = Boolean(input.flag);",
  'used = input.key ?? "fallback";',
  'used = input.options.key || "fallback";',
  'used = input.flag && "yes";',
  "used = Object.keys(input.options).length;",
];

/** Valid alternatives. */
const instead = [
  'used = input.flag("a", "b");',
  "used = isSet(input.key);",
  "used = condition`!${input.flag}`;",
  "used = Object.keys(TABLE).length > 0 ? TABLE : undefined;",
];

let refused: string[];
const folder = mkdtempSync(path.join(tmpdir(), "conditions-"));

beforeAll(() => {
  mkdirSync(path.join(folder, "modules/vpc"), { recursive: true });
  cpSync(path.join(project, "biome.json"), path.join(folder, "biome.json"));
  cpSync(path.join(project, "lib/lint"), path.join(folder, "lib/lint"), { recursive: true });
  const lines = [...mistakes, ...instead];
  writeFileSync(path.join(folder, "modules/vpc/index.ts"), lines.join("\n"));
  const biome = path.join(project, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=github", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  refused = [...stdout.matchAll(/title=plugin,file=[^,]*,line=(\d+)/g)].map(
    ([, line]) => lines[Number(line) - 1] ?? "",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(mistakes)("%s does not pass the checks", (line) => {
  expect(refused).toContain(line);
});

test.each(instead)("%s passes", (line) => {
  expect(refused).not.toContain(line);
});
