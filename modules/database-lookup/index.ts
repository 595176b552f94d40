import { DATABASE } from "../../contracts/database";
import { defineModule, PARAMETER_PATH, readParameters } from "../../lib";

export const DatabaseLookup = defineModule({
  name: "database-lookup",
  description: "The database of an environment, as the module `database-parameters` publishes it in another root.",
  inputs: { path: PARAMETER_PATH.describe("Path of the parameters.") },
  outputs: DATABASE.values,
  example: { path: "/shop/prod" },
  build: (scope, { path }) => readParameters(scope, DATABASE, path),
});
