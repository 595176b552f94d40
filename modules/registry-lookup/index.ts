import { REGISTRY } from "../../contracts/registry";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const RegistryLookup = defineModule({
  name: "registry-lookup",
  description:
    "The repositories of an application's images, as the module `registry-parameters` publishes them in another root.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: REGISTRY.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, REGISTRY, path),
});
