/** Attempts to plan a tree other than the reviewed one. */
import type { Decision } from "../../lib/judgement/gate";
import type { PlannedConfiguration } from "../lib/judgement/gate/applied";
import { configurationOf, gateOn, type ProcedureRow, ROOT, STANDING } from "./procedure";

/** A plan whose configuration differs from the tree's. */
function other(edit: (configuration: PlannedConfiguration) => object): () => Decision {
  return () => gateOn(ROOT, STANDING, {}, { configuration: edit(configurationOf(ROOT)) });
}

type Calls = PlannedConfiguration["root_module"]["module_calls"];
type Call = Calls[string];

function withCall(id: string, edit: (call: Call) => object): () => Decision {
  return other(({ root_module: { module_calls: calls }, ...rest }) => {
    const call = calls[id];
    if (call === undefined) throw new Error(`no call ${id}`);
    return { ...rest, root_module: { module_calls: { ...calls, [id]: edit(call) } } };
  });
}

const withProvider = (more: object): (() => Decision) =>
  other(({ provider_config: providers, ...rest }) => ({
    ...rest,
    provider_config: Object.fromEntries(
      Object.entries(providers).map(([name, one]) => [name, { ...one, expressions: { ...one.expressions, ...more } }]),
    ),
  }));

export const FILES: readonly ProcedureRow[] = [
  [
    "CKV_TF_1",
    "call a module from elsewhere",
    withCall("locks", (call) => ({ ...call, source: "git::https://evil.example/m" })),
    "module.locks",
  ],
  [
    "types",
    "give a module another argument",
    withCall("locks", (call) => ({ ...call, expressions: { ...call.expressions, name: { constant_value: "x" } } })),
    "module.locks",
  ],
  [
    "types",
    "remove an argument of a module",
    withCall("locks", (call) => ({ ...call, expressions: {} })),
    "module.locks",
  ],
  [
    "types",
    "add a resource to a module",
    withCall("locks", ({ module, ...call }) => ({
      ...call,
      module: { ...module, resources: [...module.resources, { mode: "managed", type: "aws_iam_user", name: "eve" }] },
    })),
    "aws_iam_user.eve",
  ],
  [
    "types",
    "remove a resource from a module",
    withCall("locks", ({ module, ...call }) => ({ ...call, module: { ...module, resources: [] } })),
    "aws_dynamodb_table",
  ],
  [
    "types",
    "change an argument inside a module",
    withCall("locks", ({ module, ...call }) => ({
      ...call,
      module: { ...module, resources: module.resources.map((one) => ({ ...one, expressions: {} })) },
    })),
    "aws_dynamodb_table",
  ],
  [
    "types",
    "read a secret inside a module",
    withCall("locks", ({ module, ...call }) => ({
      ...call,
      module: {
        ...module,
        resources: [...module.resources, { mode: "data", type: "aws_secretsmanager_secret_version", name: "s" }],
      },
    })),
    "aws_secretsmanager_secret_version",
  ],
  [
    "types",
    "change an output",
    withCall("locks", ({ module, ...call }) => ({ ...call, module: { ...module, outputs: {} } })),
    "output",
  ],
  [
    "types",
    "change a variable",
    withCall("locks", ({ module, ...call }) => ({ ...call, module: { ...module, variables: {} } })),
    "variable",
  ],
  [
    "types",
    "call one more module",
    other(({ root_module: { module_calls: calls }, ...rest }) => ({
      ...rest,
      root_module: { module_calls: { ...calls, eve: calls.locks } },
    })),
    "module.eve",
  ],
  [
    "types",
    "remove a call of a module",
    other(
      ({
        root_module: {
          module_calls: { locks: _, ...calls },
        },
        ...rest
      }) => ({ ...rest, root_module: { module_calls: calls } }),
    ),
    "module.locks",
  ],
  [
    "types",
    "write a resource into the root",
    other(({ root_module: module, ...rest }) => ({
      ...rest,
      root_module: { ...module, resources: [{ mode: "managed", type: "aws_iam_user", name: "eve" }] },
    })),
    "aws_iam_user.eve",
  ],
  [
    "CKV_AWS_41",
    "write credentials into the provider",
    withProvider({ access_key: { constant_value: "x" } }),
    "access_key",
  ],
  [
    "types",
    "allow the provider every account",
    withProvider({ allowed_account_ids: { constant_value: null } }),
    "allowed_account_ids",
  ],
  [
    "types",
    "allow the provider another account",
    withProvider({ allowed_account_ids: { constant_value: ["999999999999"] } }),
    "allowed_account_ids",
  ],
  [
    "types",
    "assume another role in the provider",
    withProvider({ assume_role: { constant_value: { role_arn: "x" } } }),
    "assume_role",
  ],
  [
    "types",
    "send requests to another endpoint",
    withProvider({ endpoints: { constant_value: { s3: "https://evil.example" } } }),
    "endpoints",
  ],
  ["types", "work in another region", withProvider({ region: { constant_value: "eu-west-1" } }), "region"],
  ["types", "aim the plan at some resources", () => gateOn(ROOT, STANDING, {}, { complete: false }), "incomplete plan"],
  ["types", "apply a plan that failed", () => gateOn(ROOT, STANDING, {}, { errored: true }), "ended with an error"],
  [
    "types",
    "import a resource of another account",
    () =>
      gateOn(ROOT, [
        {
          address: "module.x.aws_sfn_activity.a",
          type: "aws_sfn_activity",
          before: { arn: "arn:aws:states:us-east-1:999999999999:activity:a" },
          after: { arn: "arn:aws:states:us-east-1:999999999999:activity:a" },
          actions: ["delete", "create"],
        },
      ]),
    "999999999999",
  ],
];
