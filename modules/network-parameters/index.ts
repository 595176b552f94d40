import { NETWORK } from "../../contracts/network";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const NetworkParameters = defineModule({
  name: "network-parameters",
  description:
    "The network of an environment as SSM parameters, for the roots of its components. The module `network-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...NETWORK.values },
  outputs: {},
  example: { path: "/shop/prod", ...NETWORK.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, NETWORK, path, values);
    return {};
  },
});
