import { PEERING } from "../../contracts/peering";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const PeeringParameters = defineModule({
  name: "peering-parameters",
  description:
    "One side of a peering connection as SSM parameters, for the root that makes the connection. The module `peering-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...PEERING.values },
  outputs: {},
  example: { path: "/shop/prod", ...PEERING.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, PEERING, path, values);
    return {};
  },
});
