import { REGISTRY } from "../../contracts/registry";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const RegistryParameters = defineModule({
  name: "registry-parameters",
  description:
    "The repositories of an application's images as SSM parameters, for the roots of other components. The module `registry-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...REGISTRY.values },
  outputs: {},
  example: { path: "/shop/prod", ...REGISTRY.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, REGISTRY, path, values);
    return {};
  },
});
