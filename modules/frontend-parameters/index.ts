import { FRONTEND } from "../../contracts/frontend";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const FrontendParameters = defineModule({
  name: "frontend-parameters",
  description:
    "The website of an environment and its measurements as SSM parameters, for the root of its observability. The module `frontend-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...FRONTEND.values },
  outputs: {},
  example: { path: "/shop/prod", ...FRONTEND.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, FRONTEND, path, values);
    return {};
  },
});
