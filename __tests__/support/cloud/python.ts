/** The Python interpreter that serves the mock of AWS. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../../lib/common/errors";

const REQUIREMENTS = path.join(__dirname, "requirements.txt");

/** The project's own virtual environment first, then PATH. */
const CANDIDATES = [path.resolve(__dirname, "../../../.venv/bin/python"), "python3"];

const PRINT_VERSION = "import importlib.metadata as m; print(m.version('moto'))";

/** The first interpreter with the pinned version of moto. @throws InputError if none has it. */
export function findPython(candidates: readonly string[] = CANDIDATES, requirements = REQUIREMENTS): string {
  const pinned = pinnedVersion(readFileSync(requirements, "utf8"));
  const versions = candidates.map((python) => ({ python, version: motoVersion(python) }));
  const found = versions.find(({ version }) => version === pinned);
  if (found !== undefined) return found.python;
  const got = versions.map(({ python, version }) => `${python}: ${version ?? "no moto"}`).join(", ");
  throw new InputError("moto", [`got ${got}; allowed: a Python with moto ${pinned}; run: .ci/moto`]);
}

/** The version in a line `moto[server]==5.2.5`. */
function pinnedVersion(requirements: string): string {
  const [, version] = /^moto(?:\[[^\]]*\])?==(\S+)/m.exec(requirements) ?? [];
  return z.string({ error: "requirements.txt: got no line moto==<version>; allowed: one" }).parse(version);
}

function motoVersion(python: string): string | undefined {
  const { status, stdout } = spawnSync(python, ["-c", PRINT_VERSION], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
