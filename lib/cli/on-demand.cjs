// Loads parts of packages when they are first used. CDKTF needs a third of its modules only for assets, for its own synth and for
// its own tests; half of zod's are messages in other languages.
const Module = require("node:module");
const path = require("node:path");

/** By the folder of the files that load them. Each is called, or asked for a member, and none has its members listed. */
const ON_DEMAND = [
  { folder: "node_modules/cdktf/lib/", names: ["archiver", "json-stable-stringify", "semver"], isEsModule: false },
  { folder: "node_modules/zod/v4/", names: ["../locales/index.cjs"], isEsModule: true },
].map(({ folder, ...rest }) => ({ ...rest, folder: path.join(path.sep, folder) }));

const load = Module._load;
Module._load = (request, parent, ...others) => {
  const loaded = () => load(request, parent, ...others);
  const part = ON_DEMAND.find(({ names, folder }) => names.includes(request) && parent?.filename?.includes(folder));
  return part === undefined ? loaded() : onDemand(loaded, part.isEsModule);
};

function onDemand(loaded, isEsModule) {
  return new Proxy(() => undefined, {
    apply: (_, self, given) => Reflect.apply(loaded(), self, given),
    get: (_, name) => (name === "__esModule" ? isEsModule : loaded()[name]),
  });
}
