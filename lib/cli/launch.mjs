#!/usr/bin/env node
// Runs the command line once the types of main.ts and of all that it composes are right: with a type error it does nothing.
// The working directory becomes the project's, whose folders commands name.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { typesAreRight } from "./check-types.mjs";

const require = createRequire(import.meta.url);
require("./caller.cjs");
process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
// Which Node the AWS SDK's next versions need is not the user's concern: ours has one exact version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const { lastSynth } = require("./last-synth.cjs");
const known = process.argv.length === 3 && process.argv[2] === "synth" ? lastSynth() : undefined;
if (known === undefined) {
  await runWithTypes();
} else {
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`files in ${known.folder}: 0 written, 0 removed, ${known.files} unchanged; ${seconds} s`);
}

/** Rendering and judging the tree takes about as long as checking its types: they go on at the same time. */
async function runWithTypes() {
  const right = typesAreRight();
  require("./typescript.cjs");
  const { run } = require("./index.ts");
  // What a killed synth has left half done is not there for any command, even where this one cannot go on.
  try {
    require("../generator/synth/write.ts").undoDeadWriters(require("../generator/synth/tree.ts").treeFolder());
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
  try {
    if (process.argv[2] === "synth") require("./synth.ts").findings();
  } catch {
    // Where the types are right, the command renders the tree again and tells what is wrong.
  }
  if (await right) {
    await run(process.argv);
  } else {
    process.exitCode = 2;
  }
}
