// What earlier runs found out, under a digest of everything that it follows from: nothing here can be out of date.
// It lies in node_modules, so `npm ci` clears it. Where nothing can be written, nothing is kept and all goes on.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
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

function recall(name) {
  return installed === undefined ? undefined : text(path.join(folder, name));
}

/** Others may find out the same at the same time: each writes a file of its own and gives it the name. */
function keep(name, content) {
  if (installed === undefined) return;
  const file = path.join(folder, name);
  const own = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(own, content);
    renameSync(own, file);
  } catch {
    // A read-only or full disk: the next run finds it out again.
  }
}

function text(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

module.exports = { digest: (...parts) => digest(installed ?? "", ...parts), folder, keep, recall };
