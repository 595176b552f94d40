/** Changes of arguments that may weaken something, where only the apply tells all of a value. */
import type { Change } from "../../../lib/gate/change";
import { sensitiveChanges } from "../../../lib/gate/sensitive";
import { EncodedJson, PartialText, Reference, type Value } from "../../../lib/hcl";

const OWN = "111122223333";
const KEY = new Reference("module.key.aws_kms_key.this", "arn");

function paths(type: string, before: Change["before"], after: { readonly [name: string]: Value }): string[] {
  const change: Change = {
    address: `module.x.${type}.this`,
    type,
    action: before === undefined ? "create" : "update",
    before,
    after,
    changed: Object.keys(after),
    replacedFor: [],
  };
  return sensitiveChanges(change, { account: OWN, names: new Set() }).map(({ path, mark }) => `${path} ${mark}`);
}

const containers = (account: string) =>
  new EncodedJson([{ image: `${account}.dkr.ecr.eu-central-1.amazonaws.com/app:1`, secrets: [{ valueFrom: KEY }] }]);

test("an image of another account asks, though only the apply tells the rest of the containers", () => {
  expect(paths("aws_ecs_task_definition", undefined, { container_definitions: containers("999999999999") })).toEqual([
    "container_definitions target",
  ]);
  expect(paths("aws_ecs_task_definition", undefined, { container_definitions: containers(OWN) })).toEqual([]);
});

test("what led to another account already is no reason to ask again", () => {
  const layer = "arn:aws:lambda:eu-central-1:999999999999:layer:l:1";
  const next = "arn:aws:lambda:eu-central-1:999999999999:layer:l:2";
  expect(paths("aws_lambda_function", { layers: [layer] }, { layers: [next] })).toEqual([]);
  expect(paths("aws_lambda_function", { layers: [] }, { layers: [next] })).toEqual(["layers target"]);
});

test("a text that is made from resources of the root leads to them", () => {
  const own = new PartialText([KEY, "/alias"]);
  expect(paths("aws_sns_topic_subscription", undefined, { endpoint: own })).toEqual([]);
});

test("an argument has the mark of the block around it", () => {
  const logging = (level: string) => ({ logging_configuration: [{ level }] });
  expect(paths("aws_sfn_state_machine", logging("ALL"), logging("OFF"))).toEqual([
    "logging_configuration.level logging",
  ]);
});
