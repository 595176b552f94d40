import { NETWORK } from "../../contracts/network";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const NetworkLookup = defineModule({
  name: "network-lookup",
  description: "The network of an environment, as the module `network-parameters` publishes it in another root.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: NETWORK.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, NETWORK, path),
});
