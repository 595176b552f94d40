// Loads packages that CDKTF needs only for assets, its own synth and its own tests when they are first used. They are a third of
// the modules that CDKTF loads.
const Module = require("node:module");
const path = require("node:path");

/** CDKTF calls each of them, or a member of it, and never lists the members. */
const ON_DEMAND = new Set(["archiver", "json-stable-stringify", "semver"]);
const CDKTF = path.join(path.sep, "node_modules", "cdktf", "lib", path.sep);

const load = Module._load;
Module._load = (request, parent, ...others) => {
  const loaded = () => load(request, parent, ...others);
  return ON_DEMAND.has(request) && parent?.filename?.includes(CDKTF) ? onDemand(loaded) : loaded();
};

function onDemand(loaded) {
  return new Proxy(() => undefined, {
    apply: (_, self, given) => Reflect.apply(loaded(), self, given),
    get: (_, name) => loaded()[name],
  });
}
