import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { defineModule, PARAMETER_PATH, readyAfter, resourceForEach, text } from "../../lib";

export const SsmParameters = defineModule({
  name: "ssm-parameters",
  description:
    "Configuration values below one path of Parameter Store, as plain text: plans show them, and everybody who may read the path reads them. A guardrail refuses secrets.",
  inputs: {
    path: PARAMETER_PATH.describe("Path of the parameters: `<path>/<name>`."),
    parameters: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        z.object({ value: z.string().min(1).max(4096), description: z.string().min(1).max(1024) }),
      )
      .describe("Values by name, each with a description."),
  },
  outputs: {
    path: z.string().describe("The path, available after the parameters exist."),
  },
  example: {
    path: "/shop/prod/config",
    parameters: { "log-level": { value: "info", description: "Lowest level that is logged" } },
  },
  build(scope, input) {
    const parameters = resourceForEach(
      scope,
      SsmParameter,
      "this",
      input.parameters,
      ({ value, description }, name) => ({
        name: `${input.path}/${name}`,
        type: "String",
        description,
        insecureValue: value,
      }),
    );
    return { path: readyAfter(input.path, parameters) };
  },
});
