/** Calls and resources that had another address in the state, and objects that are imported. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { z } from "zod";
import { defineModule, resource, resourceForEach, set } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import { jsonOf, newRoot } from "../support";

const Logs = defineModule({
  name: "logs",
  description: "Logs.",
  inputs: { services: set(z.string()).default([]).describe("Services.") },
  outputs: {},
  example: {},
  build(scope, input) {
    resource(scope, CloudwatchLogGroup, "this", {});
    resource(scope, CloudwatchLogGroup, "renamed", { renamedFrom: "before" });
    resourceForEach(scope, CloudwatchLogGroup, "service", input.services, (name) => ({ name }));
    return {};
  },
});

type Options = ConstructorParameters<typeof Logs>[3];
const THIS = "aws_cloudwatch_log_group.this";

function main(options: Options, other?: Options): unknown {
  const root = newRoot();
  new Logs(root, "a", { services: ["api"] }, options);
  new Logs(root, "b", {}, other);
  return jsonOf(renderRoot(root), "environments/shop/dev/main.tf.json");
}

test("one word keeps the resources of a renamed call", () => {
  expect(main({ renamedFrom: "old" })).toMatchObject({ moved: [{ from: "module.old", to: "module.a" }] });
});

test("one word keeps a resource of CDKTF, of another call, and of another key", () => {
  const service = 'aws_cloudwatch_log_group.service["api"]';
  expect(
    main(
      {
        renamedFrom: {
          [THIS]: "aws_cloudwatch_log_group.logs_group_D8583716",
          [service]: `module.a.${service.replace("api", "jobs")}`,
        },
      },
      { renamedFrom: { [THIS]: `module.gone.${THIS}` } },
    ),
  ).toHaveProperty("moved", [
    { from: "aws_cloudwatch_log_group.logs_group_D8583716", to: `module.a.${THIS}` },
    { from: 'module.a.aws_cloudwatch_log_group.service["jobs"]', to: `module.a.${service}` },
    { from: `module.gone.${THIS}`, to: `module.b.${THIS}` },
  ]);
});

test("a renamed call and a renamed key in it need one step", () => {
  const service = 'aws_cloudwatch_log_group.service["api"]';
  const resources = {
    [service]: `module.old.${service.replace("api", "jobs")}`,
    [THIS]: "aws_cloudwatch_log_group.docs",
  };
  expect(main({ renamedFrom: { call: "old", resources } })).toHaveProperty("moved", [
    { from: "module.old", to: "module.a" },
    { from: 'module.a.aws_cloudwatch_log_group.service["jobs"]', to: `module.a.${service}` },
    { from: "aws_cloudwatch_log_group.docs", to: `module.a.${THIS}` },
  ]);
});

test("an object that exists is imported", () => {
  const result = main({ imports: { [THIS]: "/shop", 'aws_cloudwatch_log_group.service["api"]': "$" + "{x}" } });
  expect(result).toHaveProperty("import", [
    { to: `module.a.${THIS}`, id: "/shop" },
    { to: 'module.a.aws_cloudwatch_log_group.service["api"]', id: "$$" + "{x}" },
  ]);
  expect(result).not.toHaveProperty("module.a.imports");
});

test.each<[string, RegExp, () => unknown]>([
  [
    "the name of a present call",
    /^environments\/shop\/dev\/a \(.*former-calls\.test\.ts:\d+:\d+\)\n {2}renamedFrom: got "b"; allowed: a former name, which none of a, b is$/,
    () => main({ renamedFrom: "b" }),
  ],
  [
    "a name that Terraform refuses",
    /renamedFrom: got "module\.x"; allowed: a name such as docs/,
    () => main({ renamedFrom: "module.x" }),
  ],
  [
    "the former name of another call",
    /renamedFrom: got module\.old, as a does/,
    () => main({ renamedFrom: "old" }, { renamedFrom: "old" }),
  ],
  [
    "a resource that the module does not have",
    /renamedFrom: got aws_cloudwatch_log_group\.gone; allowed: aws_cloudwatch_log_group\.renamed, aws_cloudwatch_log_group\.service, aws_cloudwatch_log_group\.this, with a key/,
    () => main({ renamedFrom: { "aws_cloudwatch_log_group.gone": "aws_cloudwatch_log_group.x" } }),
  ],
  [
    "a second former address",
    /renamedFrom: got aws_cloudwatch_log_group\.renamed, which has renamedFrom in the module already/,
    () => main({ renamedFrom: { "aws_cloudwatch_log_group.renamed": "aws_cloudwatch_log_group.x" } }),
  ],
  [
    "a former address of another type",
    /renamedFrom: got aws_sqs_queue\.x for aws_cloudwatch_log_group\.this; allowed: the former address/,
    () => main({ renamedFrom: { [THIS]: "aws_sqs_queue.x" } }),
  ],
  [
    "a former address without a type",
    /renamedFrom: got old for aws_cloudwatch_log_group\.this; allowed: .* such as aws_cloudwatch_log_group\.docs_D8583716/,
    () => main({ renamedFrom: { [THIS]: "old" } }),
  ],
  [
    "the address of a present resource",
    /renamedFrom: got module\.b\.aws_cloudwatch_log_group\.this for/,
    () => main({ renamedFrom: { [THIS]: `module.b.${THIS}` } }),
  ],
  [
    "an import into no resource",
    /imports: got this; allowed: aws_cloudwatch_log_group\.renamed/,
    () => main({ imports: { this: "x" } }),
  ],
  ["an import without an id", /imports: got no id for/, () => main({ imports: { [THIS]: "" } })],
])("%s is refused", (_, message, work) => {
  expect(work).toThrow(message);
});
