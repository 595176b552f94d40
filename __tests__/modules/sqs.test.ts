import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { Sqs } from "../../modules/sqs";
import { emitted, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  accountId: "111122223333",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  senderRoleNames: ["shop-web-task", "shop-api-task"],
  receiverRoleNames: ["shop-worker-task"],
};

describePlan(
  "a queue",
  (root) => {
    new Sqs(root, "orders", { ...base, name: "orders", workerTimeoutSeconds: 30 });
    new Sqs(root, "slow", {
      ...base,
      name: "slow",
      workerTimeoutSeconds: 7200,
      maxReceiveCount: 2,
      retentionDays: 7,
    });
  },
  (plan) => {
    const queue = "module.orders.aws_sqs_queue.this";
    const deadLetters = "module.orders.aws_sqs_queue.dead_letters";
    const statements = (name: string) => plan().statements(`module.orders.aws_sqs_queue_policy.${name}`);
    const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

    test("is encrypted with the given key, and so are its dead letters", () => {
      expect(plan().values(queue)).toMatchObject({ name: "orders", kms_master_key_id: base.kmsKeyArn });
      expect(plan().values(deadLetters)).toMatchObject({
        name: "orders-dead-letters",
        kms_master_key_id: base.kmsKeyArn,
      });
    });

    test("has a visibility timeout of six times the processing time, up to SQS's limit", () => {
      expect(plan().values(queue)).toMatchObject({ visibility_timeout_seconds: 180 });
      expect(plan().values("module.slow.aws_sqs_queue.this")).toMatchObject({ visibility_timeout_seconds: 43_200 });
    });

    test("keeps messages for four days, and dead letters for the maximum of SQS", () => {
      const day = 86_400;
      expect(plan().values(queue)).toMatchObject({ message_retention_seconds: 4 * day });
      expect(plan().values("module.slow.aws_sqs_queue.this")).toMatchObject({ message_retention_seconds: 7 * day });
      expect(plan().values(deadLetters)).toMatchObject({ message_retention_seconds: 14 * day });
    });

    test("uses long polling", () => {
      for (const { values } of plan().all("aws_sqs_queue")) {
        expect(values).toMatchObject({ receive_wait_time_seconds: 20, fifo_queue: false });
      }
    });

    test("allows only the named senders to send and only the named receivers to receive", () => {
      const access = (actions: string[], ...roles: string[]) => ({
        Effect: "Allow",
        Principal: "*",
        Action: actions,
        Resource: arnOf(queue),
        Condition: { ArnEquals: { "aws:PrincipalArn": roles.map(role) } },
      });
      expect(statements("this")).toEqual({
        Send: access(["sqs:GetQueueUrl", "sqs:SendMessage"], "shop-api-task", "shop-web-task"),
        Receive: access(
          [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
          ],
          "shop-worker-task",
        ),
        DenyPlainHttp: expect.objectContaining({ Effect: "Deny" }),
      });
    });

    test("refuses requests without TLS, also in its dead-letter queue", () => {
      const denied = (address: string) => ({
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: arnOf(address),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
      expect(statements("this").DenyPlainHttp).toEqual(denied(queue));
      expect(statements("dead_letters")).toEqual({ DenyPlainHttp: denied(deadLetters) });
    });

    test("moves a message to the dead-letter queue after the given attempts", () => {
      const tries = (name: string) =>
        plan().document(`module.${name}.aws_sqs_queue_redrive_policy.this`, "redrive_policy");
      expect(tries("orders")).toEqual({ deadLetterTargetArn: arnOf(deadLetters), maxReceiveCount: 5 });
      expect(tries("slow")).toMatchObject({ maxReceiveCount: 2 });
    });

    test("is the only queue that may use its dead-letter queue", () => {
      const address = "module.orders.aws_sqs_queue_redrive_allow_policy.dead_letters";
      expect(plan().document(address, "redrive_allow_policy")).toEqual({
        redrivePermission: "byQueue",
        sourceQueueArns: [arnOf(queue)],
      });
      expect(plan().values(address)).toMatchObject({ queue_url: `${deadLetters}.url` });
    });
  },
);

test("each policy is in a separate resource, and not also in the queue", () => {
  const main = emitted(Sqs, "main.tf.json");
  for (const queue of ["this", "dead_letters"]) {
    for (const argument of ["policy", "redrive_policy", "redrive_allow_policy"]) {
      expect(main).not.toHaveProperty(["resource", "aws_sqs_queue", queue, argument]);
    }
  }
});

test("Terraform refuses to destroy either queue", () => {
  const kept = { lifecycle: { prevent_destroy: true } };
  expect(emitted(Sqs, "main.tf.json")).toMatchObject({
    resource: { aws_sqs_queue: { this: kept, dead_letters: kept } },
  });
});

test("the output with the URL waits until the policy and the dead-letter queue exist", () => {
  expect(emitted(Sqs, "outputs.tf.json")).toMatchObject({
    output: {
      url: {
        depends_on: [
          "aws_sqs_queue_policy.this",
          "aws_sqs_queue_policy.dead_letters",
          "aws_sqs_queue_redrive_policy.this",
          "aws_sqs_queue_redrive_allow_policy.dead_letters",
        ],
      },
    },
  });
});

test("no guardrail is broken, and each about queues is decided from the source", () => {
  const root = newRoot();
  new Sqs(root, "queue", { ...base, name: "orders", workerTimeoutSeconds: 30 });
  const tree = new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
  const judgement = judgeRoot(tree.root(root.address), [], "2026-01-01");
  expect(
    [...judgement.broken, ...judgement.unknown].map(({ guardrail, address, got }) => [guardrail.id, address, got]),
  ).toEqual([]);
  expect(judgement.counts.holds).toBeGreaterThan(8);
});
