// Prints the tree that main.ts composes with other bindings of a provider, as JSON: `node print-other-tree.cjs aws provider-aws-6`.
// Every import of `@cdktf/provider-aws` is read from the other package.
const Module = require("node:module");
const [provider, otherPackage] = process.argv.slice(2);
const ownPackage = `@cdktf/provider-${provider}`;

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const isOwn = request === ownPackage || request.startsWith(`${ownPackage}/`);
  return resolveFilename.call(this, isOwn ? otherPackage + request.slice(ownPackage.length) : request, ...rest);
};

require("./typescript.cjs");
const { bindingsOf } = require("../generator/bindings.ts");
const { composedTree } = require("../generator/synth/composition-root.ts");
try {
  const { version } = bindingsOf(provider);
  const files = composedTree().map(({ path, content }) => [path, content]);
  process.stdout.write(JSON.stringify({ version, files }));
} catch (error) {
  process.stderr.write(String(error.message));
  process.exitCode = 1;
}
