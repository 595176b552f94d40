/** Warnings about resources with data whose addresses a synth removes. */
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { Construct } from "constructs";
import { z } from "zod";
import { defineModule, forget, type Ref, type Root, resource, resourceForEach, set } from "../../../lib";
import { vanished } from "../../../lib/cli/vanished";
import { renderTree, synthesize } from "../../../lib/generator/synth/synthesize";
import { RdsUserRotation } from "../../../modules/rds-user-rotation";
import { newRoot } from "../generator/support";
import { temporaryFolder } from "../terraform/sample";

const scratch = temporaryFolder();
const KEYS = set(z.string()).default([]).describe("Keys.");
type Keys = Ref<z.output<typeof KEYS>>;

function queues(build: (scope: Construct, keys: Keys) => void) {
  return defineModule({
    name: "queues",
    description: "Queues.",
    inputs: { keys: KEYS },
    outputs: {},
    example: {},
    build(scope, { keys }) {
      build(scope, keys);
      resourceForEach(scope, SqsQueue, "each", keys, (name) => ({ name }));
      return {};
    },
  });
}

const Orders = queues((scope) => {
  const { id: queueUrl } = resource(scope, SqsQueue, "orders", {});
  resource(scope, SqsQueuePolicy, "orders", { queueUrl, policy: "{}" });
});
const renamed = (renamedFrom?: string) =>
  queues((scope) => void resource(scope, SqsQueue, "incoming", { ...(renamedFrom !== undefined && { renamedFrom }) }));

/** What synth warns of where the root made this call before, and other calls now. */
function warnings(call: (root: Root) => void, ending: readonly string[] = []): string[] {
  const folder = mkdtempSync(path.join(scratch, "tree-"));
  const before = newRoot();
  new Orders(before, "queues", { keys: ["a"] });
  synthesize([before], folder);
  const after = newRoot();
  call(after);
  return vanished(renderTree([after]), folder, ending);
}

const gone = (address: string) =>
  `environments/shop/dev: module.queues.aws_sqs_queue.${address} is no longer in the tree; an apply destroys it, and with it unprocessed messages; `;
const ORDERS = gone("orders");
const A = gone('each["a"]');

test.each<[string, (root: Root) => void, string[]]>([
  ["the same tree", (root) => new Orders(root, "queues", { keys: ["a"] }), []],
  ["more of it", (root) => new Orders(root, "queues", { keys: ["a", "b"] }), []],
  [
    "a renamed call",
    (root) => new Orders(root, "inbox", { keys: ["a"] }),
    [
      `${A}if it is now module.inbox.aws_sqs_queue.each["a"], write renamedFrom: "queues" in the options of the call inbox`,
      `${ORDERS}if it is now module.inbox.aws_sqs_queue.orders, write renamedFrom: "queues" in the options of the call inbox`,
    ],
  ],
  ["a renamed call with its word", (root) => new Orders(root, "inbox", { keys: ["a"] }, { renamedFrom: "queues" }), []],
  [
    "a renamed resource",
    (root) => new (renamed())(root, "queues", { keys: ["a"] }),
    [
      `${ORDERS}if it is now module.queues.aws_sqs_queue.incoming, write renamedFrom: "orders" in the arguments of the resource in modules/queues`,
    ],
  ],
  ["a renamed resource with its word", (root) => new (renamed("orders"))(root, "queues", { keys: ["a"] }), []],
  [
    "a renamed resource of a renamed call with both words",
    (root) => new (renamed("orders"))(root, "inbox", { keys: ["a"] }, { renamedFrom: "queues" }),
    [],
  ],
  [
    "a renamed resource with a wrong word",
    (root) => new (renamed("other"))(root, "queues", { keys: ["a"] }),
    [expect.stringContaining(ORDERS)],
  ],
  [
    "a renamed key",
    (root) => new Orders(root, "queues", { keys: ["b"] }),
    [
      `${A}if it is now module.queues.aws_sqs_queue.each["b"], write renamedFrom: { 'aws_sqs_queue.each["b"]': 'module.queues.aws_sqs_queue.each["a"]' } in the options of the call queues`,
    ],
  ],
  [
    "a renamed key with its word",
    (root) =>
      new Orders(
        root,
        "queues",
        { keys: ["b"] },
        { renamedFrom: { 'aws_sqs_queue.each["b"]': 'module.queues.aws_sqs_queue.each["a"]' } },
      ),
    [],
  ],
  [
    "no call any more",
    () => undefined,
    [
      `${A}to keep it in the account, write forget() for the call queues in the root, or for aws_sqs_queue.each in modules/queues`,
      `${ORDERS}to keep it in the account, write forget() for the call queues in the root, or for aws_sqs_queue.orders in modules/queues`,
    ],
  ],
  [
    "a resource that is gone",
    (root) => new (queues(() => undefined))(root, "queues", { keys: ["a"] }),
    [
      `${ORDERS}to keep it in the account, write forget() for the call queues in the root, or for aws_sqs_queue.orders in modules/queues`,
    ],
  ],
  [
    "a resource that is forgotten",
    (root) => new (queues((scope) => forget(scope, SqsQueue, "orders")))(root, "queues", { keys: ["a"] }),
    [],
  ],
])("%s", (_, call, expected) => {
  expect(warnings((root) => void call(root))).toEqual(expected);
});

test("a root that ends destroys on purpose", () => {
  expect(warnings((root) => void new Orders(root, "inbox", {}), ["environments/shop/dev"])).toEqual([]);
});

test("modules with files that their expressions read are compared, too", () => {
  const folder = mkdtempSync(path.join(scratch, "tree-"));
  const [before, after] = [newRoot(), newRoot()];
  for (const root of [before, after]) new Orders(root, "queues", {});
  new RdsUserRotation(before, "login", ROTATION);
  synthesize([before], folder);
  expect(vanished(renderTree([after]), folder, [])).toEqual([
    expect.stringContaining("module.login.aws_cloudwatch_log_group.this is no longer in the tree; "),
    expect.stringContaining("module.login.aws_secretsmanager_secret.this is no longer in the tree; "),
  ]);
});

const ROTATION = {
  name: "shop-rotation",
  accountId: "111122223333",
  region: "eu-central-1",
  secretName: "shop/login",
  rotationDays: 30,
  username: "shop",
  databaseHost: "shop.example",
  databaseName: "shop",
  masterSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:master",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  subnetIds: ["subnet-1"],
  securityGroupIds: ["sg-1"],
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/2",
  logRetentionDays: 30,
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
} as const;

test("a tree that cannot be read stops no synth, and is named", () => {
  const folder = mkdtempSync(path.join(scratch, "tree-"));
  const root = newRoot();
  new Orders(root, "queues", {});
  synthesize([root], folder);
  const header = '{ "//": "Generated by Groundplan from modules/queues. Change it there.",\n<<<<<<< HEAD\n';
  writeFileSync(path.join(folder, "modules/queues/main.tf.json"), header);
  expect(vanished(renderTree([root]), folder, [])).toEqual([
    expect.stringContaining(`former addresses of resources with data were not compared with the tree in ${folder}: `),
  ]);
});
