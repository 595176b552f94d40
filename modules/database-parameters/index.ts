import { DATABASE } from "../../contracts/database";
import { defineModule, PARAMETER_PATH, publishParameters } from "../../lib";

export const DatabaseParameters = defineModule({
  name: "database-parameters",
  description:
    "The database of an environment as SSM parameters, for the roots of its clients. The module `database-lookup` reads them.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters."), ...DATABASE.values },
  outputs: {},
  example: { path: "/shop/prod", ...DATABASE.standIns },
  build(scope, { path, ...values }) {
    publishParameters(scope, DATABASE, path, values);
    return {};
  },
});
