// Checks the types of main.ts and of all that it composes, unless it is what was found right before.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const { digest, keep, recall } = require("./cache.cjs");

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

/** Names and contents of all that tsc could read, node_modules aside: tsconfig.json keeps it inside the project. */
function sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || NO_SOURCES.includes(file)) return [];
    if (entry.isDirectory()) return sources(file);
    if (entry.isSymbolicLink()) return [file, readlinkSync(file)];
    return /\.([cm]?tsx?|json)$/.test(file) ? [file, readFileSync(file)] : [];
  });
}

const NO_SOURCES = ["node_modules", "terraform", "coverage"];

async function compiler() {
  const tsc = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
  // tsc is a Go program: collecting its garbage less often saves a quarter of its time and takes no more memory.
  const environment = { GOGC: "400", ...process.env };
  const running = spawn(process.execPath, [tsc, "-p", "tsconfig.synth.json"], {
    env: environment,
    stdio: ["ignore", 2, 2],
  });
  const notice = setTimeout(() => process.stderr.isTTY && console.error("checking types …"), 1000);
  const [status] = await once(running, "exit");
  clearTimeout(notice);
  return status;
}
