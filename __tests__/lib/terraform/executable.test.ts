import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findTerraform } from "../../../lib/terraform";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

function fakeTerraform(name: string, script: string): string {
  const bin = path.join(folder, name);
  mkdirSync(bin);
  writeFileSync(path.join(bin, "terraform"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "terraform"), 0o755);
  return bin;
}

const ofVersion = (version: string) => fakeTerraform(version, `echo '{"terraform_version":"${version}"}'`);

test("the first terraform on PATH is used, as a shell would", () => {
  const [first, second] = [ofVersion("1.11.0"), ofVersion("1.12.3")];
  expect(findTerraform(`/nowhere:${first}:${second}`)).toEqual({
    file: path.join(first, "terraform"),
    version: "1.11.0",
  });
});

test("a missing terraform is reported with the searched folders and the allowed versions", () => {
  expect(() => findTerraform("/nowhere:/not/here")).toThrow(
    "terraform\n  got none in /nowhere, /not/here; allowed: a terraform of version >= 1.11.0, < 2.0.0 on PATH",
  );
  expect(() => findTerraform("")).toThrow("got none in an empty PATH;");
});

test("a file that cannot be run is passed over", () => {
  const bin = ofVersion("1.11.9");
  chmodSync(path.join(bin, "terraform"), 0o644);
  expect(() => findTerraform(bin)).toThrow(`got none in ${bin};`);
});

test.each(["1.9.8", "1.10.5", "2.0.0", "1.11.0-rc1", "2.0.0-alpha20260101", "11"])(
  "version %s is refused with the place where it lies",
  (version) => {
    const bin = ofVersion(version);
    expect(() => findTerraform(bin)).toThrow(
      `terraform\n  got version ${version} at ${bin}/terraform; allowed: a terraform of version >= 1.11.0, < 2.0.0 on PATH`,
    );
  },
);

test("a terraform without a version is refused with its own message", () => {
  const bin = fakeTerraform("broken", "echo 'cannot execute binary file' >&2; exit 126");
  expect(() => findTerraform(bin)).toThrow(
    `got no version from ${bin}/terraform: cannot execute binary file; allowed: a terraform of version`,
  );
});
