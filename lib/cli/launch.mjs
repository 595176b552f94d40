#!/usr/bin/env node
// Type-checks and compiles the project, then runs its command line: code with a type error, or older
// compiled code, never runs. The working directory becomes the project's, whose folders commands name.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
process.chdir(fileURLToPath(new URL("../..", import.meta.url)));

const tsc = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
const compiler = spawn(process.execPath, [tsc, "-p", "."], { stdio: ["ignore", 2, 2] });
const compiled = once(compiler, "exit");
// What synth loads from other packages takes about as long as the compiler: the two go on at the same time.
if (process.argv[2] === "synth") for (const name of ["cdktf", "zod", "commander"]) require(name);
const notice = setTimeout(() => process.stderr.isTTY && console.error("checking types and compiling …"), 1000);
const [status] = await compiled;
clearTimeout(notice);
if (status === 0) {
  process.setSourceMapsEnabled(true);
  await require("../../dist/lib/cli/index.js").run(process.argv);
} else {
  process.exitCode = 2;
}
