// The last synth that succeeded. A run with the same inputs and the same tree composes nothing.
const { existsSync, readdirSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { digest, digestOfFile, keep, recall, sources } = require("./cache.cjs");

const project = path.resolve(__dirname, "../..");
/** Several copies of a project can share their node_modules. */
const RECORD = `last-synth-${digest(project)}`;
/** A larger file is no source, and takes longer to read than a synth. */
const LARGEST_BYTES = 16 * 1024 * 1024;
/** Folders at the top of the project that are no inputs. Hidden folders are none either, except below another folder. */
const NO_INPUTS = ["node_modules", "terraform", "coverage"];
/** Packages that read nothing but their arguments and their own files. */
const PURE = /^(?:zod|constructs|cdktf|@cdktf\/provider-[a-z0-9-]+)(?:\/|$)/;

let begun;
/** Sources that can read what no digest covers; undefined where nobody watched. */
let readers;

/** The result of the last synth if nothing has changed since; otherwise undefined, and the loading of sources is watched. */
function lastSynth() {
  begun = inputs();
  if (begun === undefined) return undefined;
  const record = parsed(recall(RECORD));
  if (record?.inputs === begun && record.tree === stateOf(record.folder)) return record;
  watchSources();
  return undefined;
}

/**
 * @param folder of the tree
 * @param tree its state before it was compared with what main.ts composes
 * @param files number of files in it
 */
function remember(folder, tree, files) {
  if (tree === undefined || readers === undefined || readers.size > 0 || loadsMore()) return;
  if (isEdited() || stateOf(folder) !== tree) return;
  keep(RECORD, JSON.stringify({ inputs: begun, tree, folder, files }));
}

/** Whether an input is not what it was before the first source was loaded, or nobody knows. */
function isEdited() {
  return begun === undefined || inputs() !== begun;
}

/** A digest of everything that a synth reads; undefined if that cannot be known. */
function inputs() {
  return digestOf(project, (file, entry) => isNoInput(file, entry) && [], [...surroundings(), installed()]);
}

/** What a source can read without a module of Node, except files. */
function surroundings() {
  const environment = Object.entries(process.env).sort(([a], [b]) => (a < b ? -1 : 1));
  return [process.version, project, new Date().toISOString().slice(0, 10), JSON.stringify(environment)];
}

/** Whether a loaded file and all that it loads lie in its folder, in the library or in pure packages, and read nothing else. */
function readsOnlyItsFolder(file) {
  const covered = new Set(sources(path.dirname(file)));
  const seen = new Set();
  const isCoveredModule = (module) => {
    if (seen.has(module) || !isSource(module.filename)) return true;
    seen.add(module);
    return covered.has(module.filename) && !readers.has(module.filename) && module.children.every(isCoveredModule);
  };
  const loaded = require.cache[file];
  return readers !== undefined && loaded !== undefined && isCoveredModule(loaded);
}

/** npm's record of the packages in `node_modules`, which it writes anew at each install. */
function installed() {
  const file = path.join(project, "node_modules/.package-lock.json");
  return existsSync(file) ? digestOfFile(file) : "";
}

function isNoInput(file, entry) {
  if (path.dirname(file) !== project) return false;
  return NO_INPUTS.includes(entry.name) || (entry.name.startsWith(".") && !entry.isFile());
}

/** A digest of all files below the tree, of which a synth reads names and contents; undefined if a writer has died there. */
function stateOf(folder) {
  return digestOf(path.resolve(folder), (file, entry) => {
    if (entry.name.startsWith(".groundplan-")) throw new Error(`${file}: the writer has not finished`);
    // Of the folder that `terraform init` writes, a synth looks only for the name of a workspace.
    return entry.name === ".terraform" && [file, String(existsSync(path.join(file, "environment")))];
  });
}

function digestOf(folder, instead, parts = []) {
  try {
    return digest(...parts, ...contents(folder, instead));
  } catch {
    return undefined;
  }
}

/**
 * Names and digests of all files below a folder.
 * @param instead the parts for an entry that is not read; false for any other
 * @throws Error at a symbolic link, and at what nobody may read
 */
function contents(folder, instead) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    const others = instead(file, entry);
    if (others) return others;
    if (entry.isDirectory()) return [`${file}/`, ...contents(file, instead)];
    if (!entry.isFile()) throw new Error(`${file}: not a source`);
    return [file, digestOfFile(file, LARGEST_BYTES)];
  });
}

/** A source that uses another package or a module of Node can read what no digest covers: other files, a clock, a network. */
function watchSources() {
  const load = Module._load;
  readers = new Set();
  Module._load = (request, parent, ...others) => {
    if (isSource(parent?.filename) && !isCovered(request)) readers.add(parent?.filename);
    return load(request, parent, ...others);
  };
}

/** The library's own files read only what the digests cover. */
function isSource(file = "") {
  return !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(path.join(project, "lib") + path.sep);
}

function isCovered(request) {
  const isFile = request.startsWith(".") || path.isAbsolute(request);
  return isFile ? !request.includes("node_modules") : PURE.test(request);
}

/** Whether a loaded file lies where the digests do not look. */
function loadsMore() {
  return Object.keys(require.cache).some((file) => {
    if (file.includes(`${path.sep}node_modules${path.sep}`)) return false;
    const [top = "", ...below] = path.relative(project, file).split(path.sep);
    return below.length > 0 && (top.startsWith(".") || NO_INPUTS.includes(top));
  });
}

function parsed(json = "null") {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

module.exports = { isEdited, lastSynth, readsOnlyItsFolder, remember, stateOf, surroundings };
