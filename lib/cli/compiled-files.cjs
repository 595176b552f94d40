// JavaScript of the project's TypeScript, compiled in earlier runs. Most of it lies in one file, because hundreds take longer to
// read and to write. The few files of an edit lie beside it, until they are many.
const { isMainThread } = require("node:worker_threads");
const { keep, recall } = require("./cache.cjs");

const TOGETHER = "compiled";
/** More files than these are put together. */
const MOST_ALONE = 20;

/** By file: the digest of what its code follows from, and the code. */
const together = new Map(parsed(recall(TOGETHER)));
const alone = new Map();
const compiled = new Map();

/** @param key digest of everything that the code follows from */
function codeOf(file, key, compile) {
  const [before, known] = together.get(file) ?? [];
  if (before === key) return known;
  const kept = recall(nameOf(key));
  const code = kept ?? compile();
  (kept === undefined ? compiled : alone).set(file, [key, code]);
  return code;
}

process.once("exit", () => {
  if (compiled.size === 0 || !isMainThread) return;
  if (compiled.size + alone.size > MOST_ALONE) keep(TOGETHER, JSON.stringify([...together, ...alone, ...compiled]));
  else for (const [key, code] of compiled.values()) keep(nameOf(key), code);
});

function nameOf(key) {
  return `${key}.js`;
}

function parsed(json = "[]") {
  try {
    return JSON.parse(json);
  } catch {
    return [];
  }
}

module.exports = { codeOf };
