import { FRONTEND } from "../../contracts/frontend";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const FrontendLookup = defineModule({
  name: "frontend-lookup",
  description:
    "The website of an environment and its measurements, as the module `frontend-parameters` publishes it in another root.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: FRONTEND.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, FRONTEND, path),
});
