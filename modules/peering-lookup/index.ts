import { PEERING } from "../../contracts/peering";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const PeeringLookup = defineModule({
  name: "peering-lookup",
  description:
    "One side of a peering connection, as the module `peering-parameters` publishes it in another root. Call it in the region of that side.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: PEERING.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, PEERING, path),
});
