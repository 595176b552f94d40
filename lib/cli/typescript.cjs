// Lets Node load the project's TypeScript: `node --require ./lib/cli/typescript.cjs <file.ts>`. Types are
// left out and not checked. Stack traces name the lines of the source.
const { readFileSync } = require("node:fs");
const { enableCompileCache, SourceMap } = require("node:module");
const path = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { isMainThread } = require("node:worker_threads");
const { digest, folder } = require("./cache.cjs");

// V8 optimizes early what a run of a second has no use for: told to wait, it takes a third less processor time. From
// version 13 on it waits by itself.
const [v8] = process.versions.v8.split(".");
if (isMainThread && v8 === "11") setFlagsFromString("--interrupt-budget=1000000");
if (isMainThread && v8 === "12") setFlagsFromString("--invocation-count-for-turbofan=50000");
// From Node 22 on: what V8 makes of our files and of CDKTF's is kept as well.
enableCompileCache?.(path.join(folder, "v8"));
require("./on-demand.cjs");
const { codeOf } = require("./compiled-files.cjs");
const { addHook } = require("pirates");

const project = path.resolve(__dirname, "../..");
/** For each file of ours a function to its map, which is made where a stack names the file. */
const maps = new Map();
const positions = new Map();
const configuration = readFileSync(path.join(project, ".swcrc"), "utf8");
const compilation = digest(readFileSync(__filename), configuration);

addHook(
  (source, filename) => {
    const file = filename.slice(project.length);
    maps.set(filename, () => compiled(source, filename, true).map);
    return codeOf(file, digest(compilation, file, source), () => compiled(source, filename, false).code);
  },
  { exts: [".ts"], matcher: (filename) => filename.startsWith(project + path.sep) },
);

function bindingsIn(source) {
  return [...source.matchAll(/ from "(@cdktf\/provider-[^"]+)";/g)].map(([, name]) => name);
}

function compiled(source, filename, sourceMaps) {
  const { transformSync } = require("@swc/core");
  const { module, ...options } = JSON.parse(configuration);
  return transformSync(source, {
    ...options,
    filename,
    root: project,
    swcrc: false,
    sourceMaps,
    // A module that an earlier run rendered needs no classes of resources.
    module: { ...module, ignoreDynamic: true, lazy: bindingsIn(source) },
  });
}

/**
 * Only our own files have maps here; Node's --enable-source-maps would also read those that CDKTF carries inline.
 * @see https://v8.dev/docs/stack-trace-api
 */
Error.prepareStackTrace = (error, frames) => {
  if (!(error instanceof Error)) return ""; // CDKTF notes, on plain objects, stacks that nobody reads.
  return [error, ...frames.map((frame) => `    at ${inSource(frame)}`)].join("\n");
};

function inSource(frame) {
  const compiled = maps.get(frame.getFileName());
  if (compiled === undefined) return String(frame);
  const position = `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
  if (!positions.has(position)) positions.set(position, positionInSource(frame));
  return String(frame).replace(position, positions.get(position));
}

function positionInSource(frame) {
  const file = frame.getFileName();
  const map = new SourceMap(JSON.parse(maps.get(file)()));
  const { originalLine, originalColumn } = map.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1);
  return `${file}:${originalLine + 1}:${originalColumn + 1}`;
}
