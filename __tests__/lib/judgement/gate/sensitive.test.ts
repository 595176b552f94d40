/** Changes of arguments that may weaken something, where only the apply tells all of a value. */
import type { Change } from "../../../../lib/judgement/gate/change";
import { sensitiveChanges } from "../../../../lib/judgement/gate/sensitive";
import { EncodedJson, type HclValue, PartialText, Reference } from "../../../../lib/judgement/hcl";

const OWN = "111122223333";
const ROLE = `arn:aws:iam::${OWN}:role/orders`;
const INSIDE = { account: OWN, roles: new Set([ROLE]), buckets: new Set(["own"]) };
const KEY = new Reference("module.key.aws_kms_key.this", "arn");

function paths(type: string, before: Change["before"], after: { readonly [name: string]: HclValue }): string[] {
  const change: Change = {
    address: `module.x.${type}.this`,
    type,
    action: before === undefined ? "create" : "update",
    before,
    after,
    changed: Object.keys(after),
    replacedFor: [],
  };
  return sensitiveChanges(change, INSIDE).map(({ path, mark }) => `${path} ${mark}`);
}

const containers = (account: string) =>
  new EncodedJson([{ image: `${account}.dkr.ecr.eu-central-1.amazonaws.com/app:1`, secrets: [{ valueFrom: KEY }] }]);

test("an image of another account needs an approval, even if the other containers are known after the apply", () => {
  expect(paths("aws_ecs_task_definition", undefined, { container_definitions: containers("999999999999") })).toEqual([
    "container_definitions target",
  ]);
  expect(paths("aws_ecs_task_definition", undefined, { container_definitions: containers(OWN) })).toEqual([]);
});

test("an account that the value named before needs no approval again", () => {
  const layer = "arn:aws:lambda:eu-central-1:999999999999:layer:l:1";
  const next = "arn:aws:lambda:eu-central-1:999999999999:layer:l:2";
  expect(paths("aws_lambda_function", { layers: [layer] }, { layers: [next] })).toEqual([]);
  expect(paths("aws_lambda_function", { layers: [] }, { layers: [next] })).toEqual(["layers target"]);
});

test("a text that is made from resources of the root refers to them", () => {
  const own = new PartialText([KEY, "/alias"]);
  expect(paths("aws_sns_topic_subscription", undefined, { endpoint: own })).toEqual([]);
});

test("an argument has the mark of its block", () => {
  const logging = (level: string) => ({ logging_configuration: [{ level }] });
  expect(paths("aws_sfn_state_machine", logging("ALL"), logging("OFF"))).toEqual([
    "logging_configuration.level logging",
  ]);
});

test("a new resource needs an approval for a role that is no resource of the plan", () => {
  const task = (role: string) => paths("aws_ecs_task_definition", undefined, { task_role_arn: role });
  expect(task(ROLE)).toEqual([]);
  expect(task(`arn:aws:iam::${OWN}:role/aws-service-role/ecs.amazonaws.com/x`)).toEqual([]);
  expect(task(`arn:aws:iam::${OWN}:role/admin`)).toEqual(["task_role_arn role"]);
});

test("a bucket of the plan is inside of the account, and any other bucket is not", () => {
  const stream = (bucket_arn: string) =>
    paths("aws_kinesis_firehose_delivery_stream", undefined, { extended_s3_configuration: [{ bucket_arn }] });
  expect(stream("arn:aws:s3:::own")).toEqual([]);
  expect(stream("arn:aws:s3:::other")).toEqual(["extended_s3_configuration.bucket_arn target"]);
});

test.each([
  ["https://sqs.us-east-1.amazonaws.com/111122223333/q", []],
  ["https://x.execute-api.us-east-1.amazonaws.com/", ["endpoint target"]],
  ["https://s3.us-east-1.amazonaws.com/evil/", ["endpoint target"]],
  ["https://sqs.us-east-1.amazonaws.com@evil.example/", ["endpoint target"]],
  ["+15551234567", ["endpoint target"]],
  ["evil.example:9092", ["endpoint target"]],
])("an endpoint is a target outside of the account, or not: %s", (endpoint, expected) => {
  expect(paths("aws_sns_topic_subscription", undefined, { endpoint })).toEqual(expected);
});

test("a longer time until somebody notices an event is weaker", () => {
  const log = (seconds: number) => ({ max_aggregation_interval: seconds });
  expect(paths("aws_flow_log", log(600), log(60))).toEqual([]);
  expect(paths("aws_flow_log", log(60), log(600))).toEqual(["max_aggregation_interval logging"]);
});
