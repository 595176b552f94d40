// JavaScript of the project's TypeScript, compiled in earlier runs: one file for all, because hundreds take longer to read and to
// write.
const { isMainThread } = require("node:worker_threads");
const { keep, recall } = require("./cache.cjs");

const NAME = "compiled";

/** By file: the digest of what its code follows from, and the code. */
const known = new Map(parsed(recall(NAME)));
let hasNew = false;

/** @param key digest of everything that the code follows from */
function codeOf(file, key, compile) {
  const [before, code] = known.get(file) ?? [];
  if (before === key) return code;
  const compiled = compile();
  known.set(file, [key, compiled]);
  hasNew = true;
  return compiled;
}

process.once("exit", () => {
  if (hasNew && isMainThread) keep(NAME, JSON.stringify([...known]));
});

function parsed(json = "[]") {
  try {
    return JSON.parse(json);
  } catch {
    return [];
  }
}

module.exports = { codeOf };
