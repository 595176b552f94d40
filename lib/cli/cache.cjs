// What earlier runs found out, bound by digests to everything that it follows from: nothing here can be out of date.
// It lies in node_modules, so `npm ci` clears it. Where nothing can be written, nothing is kept and all goes on.
const { createHash, randomUUID } = require("node:crypto");
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");

const project = path.resolve(__dirname, "../..");
const folder = path.join(project, "node_modules/.cache/groundplan");
const lock = text(path.join(project, "node_modules/.package-lock.json"));
/** What npm installed; undefined where something else did, and then nothing is kept. */
const installed = lock === undefined ? undefined : digest(lock);

/** @param parts texts and buffers, of which each counts, and where it ends */
function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}\n`).update(part);
  return hash.digest("hex");
}

/** Files of this run by name: what the file system tells of each, and the digest of its content. */
const read = new Map();
/** File systems note the time of a change in steps of up to two seconds: within a step, a second change leaves no trace. */
const STEP_MS = 2000;

/** A file is read again in a run only if it may have changed. @throws Error for a file with more bytes */
function digestOfFile(file, most = Number.POSITIVE_INFINITY) {
  const now = Date.now();
  const { dev, ino, size, ctimeMs, mtimeMs } = statSync(file);
  if (size > most) throw new Error(`${file}: more than ${most} bytes`);
  const state = [dev, ino, size, ctimeMs, mtimeMs].join();
  const before = read.get(file);
  if (before?.state === state) return before.digest;
  const content = digest(readFileSync(file));
  if (Math.max(ctimeMs, mtimeMs) < now - STEP_MS) read.set(file, { state, digest: content });
  return content;
}

/** Names and digests of all that tsc and Node could read of a folder, node_modules aside: tsconfig.json keeps it in here. */
function sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || NO_SOURCES.includes(file)) return [];
    if (entry.isDirectory()) return sources(file);
    if (entry.isSymbolicLink()) return [file, readlinkSync(file), behind(file)];
    return /\.([cm]?tsx?|json)$/.test(file) ? [file, digestOfFile(file)] : [];
  });
}

/** What lies behind a link; behind one to a folder, something new each time, as nobody looks into it. */
function behind(link) {
  try {
    const target = statSync(link, { throwIfNoEntry: false });
    if (target === undefined) return "";
    return target.isFile() ? digestOfFile(link) : randomUUID();
  } catch {
    return randomUUID(); // Links in a loop.
  }
}

const NO_SOURCES = ["node_modules", "terraform", "coverage"];

function recall(name) {
  return installed === undefined ? undefined : text(path.join(folder, name));
}

/** Others may find out the same at the same time: each writes a file of its own, which then takes the name. */
function keep(name, content) {
  if (installed === undefined) return;
  const own = copyOf(name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(own, content);
  } catch {
    return; // A read-only or full disk: the next run finds it out again.
  }
  replace(name, own);
}

/**
 * Lends what is kept under a name to a program that brings it up to date, in a copy of its own; undefined where nothing can be
 * kept. @returns the copy, and what takes it back: to be kept, or to be forgotten
 */
function lend(name) {
  if (installed === undefined) return undefined;
  const own = copyOf(name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(own, recall(name) ?? "");
  } catch {
    return undefined;
  }
  return { file: own, takeBack: (isRight) => (isRight ? replace(name, own) : rmSync(own, { force: true })) };
}

function copyOf(name) {
  return path.join(folder, `${name}.${process.pid}`);
}

function replace(name, own) {
  try {
    renameSync(own, path.join(folder, name));
  } catch {
    // Somebody has emptied the folder: the next run finds it out again.
  }
}

function text(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

module.exports = {
  digest: (...parts) => digest(installed ?? "", ...parts),
  digestOfFile,
  folder,
  keep,
  lend,
  recall,
  sources,
};
