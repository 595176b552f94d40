import { API } from "../../contracts/api";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const ApiParameters = defineModule({
  name: "api-parameters",
  description:
    "The API of an environment as SSM parameters, for the roots of other components. The module `api-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...API.values },
  outputs: {},
  example: { path: "/shop/prod", ...API.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, API, path, values);
    return {};
  },
});
