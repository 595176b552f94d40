import { API } from "../../contracts/api";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const ApiLookup = defineModule({
  name: "api-lookup",
  description: "The API of an environment, as the module `api-parameters` publishes them in another root.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: API.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, API, path),
});
