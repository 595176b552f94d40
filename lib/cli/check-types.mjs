// Checks the types of main.ts and of all that it composes, unless it is what was found right before.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const { digest, keep, lend, recall, sources } = require("./cache.cjs");

/** Whether the types in the working directory are right; if not, tsc has told why on stderr. */
export async function typesAreRight() {
  const checked = sourcesKey();
  if (recall(checked) !== undefined) return true;
  const right = (await compiler()) === 0;
  // After an edit meanwhile, nobody knows which of both was checked.
  if (right && sourcesKey() === checked) keep(checked, "");
  return right;
}

function sourcesKey() {
  return `types-${digest(...sources("."))}`;
}

/** What tsc noted of the last success spares it most of its work. What it notes of a failure is forgotten: each is found anew. */
async function compiler() {
  // tsc is a Go program that uses nearly all of its memory until it ends: without collecting garbage it takes a fifth less time and a
  // twentieth more memory. The limit is for a project that is several times as large.
  // It leaves one core to the rendering, which takes longer.
  const cores = String(Math.max(1, availableParallelism() - 1));
  const environment = { GOGC: "off", GOMEMLIMIT: "1GiB", GOMAXPROCS: cores, ...process.env };
  const notes = lend("types.tsbuildinfo");
  const incremental = notes === undefined ? [] : ["--incremental", "--tsBuildInfoFile", notes.file];
  const running = spawn(tsc(), ["-p", "tsconfig.synth.json", ...incremental], {
    env: environment,
    stdio: ["ignore", 2, 2],
  });
  const notice = setTimeout(() => process.stderr.isTTY && console.error("checking types …"), 1000);
  const [status] = await once(running, "exit");
  clearTimeout(notice);
  notes?.takeBack(status === 0);
  return status;
}

/** The program itself. The script of the package typescript starts a Node.js that only waits for it. */
function tsc() {
  const typescript = require.resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = path.dirname(createRequire(typescript).resolve(platform));
  return path.join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
}
