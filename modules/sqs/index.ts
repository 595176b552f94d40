import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { SqsQueueRedrivePolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-policy";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  type Expression,
  hcl,
  jsonencode,
  type PolicyStatement,
  partition,
  policyDocument,
  type Resource,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";

const ROLE_NAME = text(/^[\w+=,.@-]{1,64}$/, "a name of an IAM role without path", "a/path/role");

/**
 * Senders and receivers are given by role name. Their policies contain the queue's ARN, so that ARNs of the roles would
 * create a dependency cycle.
 */
export const Sqs = defineModule({
  name: "sqs",
  description:
    "A queue with its dead-letter queue: both encrypted with a customer managed key, TLS only, with named roles that may send and receive. A message that cannot be processed is kept for 14 days. No other queue can use the dead-letter queue.",
  inputs: {
    name: resourceName(67).describe("Name of the queue. The name of its dead-letter queue is `<name>-dead-letters`."),
    accountId: ACCOUNT_ID.describe("Account of the roles."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the messages. Senders need `kms:GenerateDataKey` and `kms:Decrypt` on it, receivers `kms:Decrypt`.",
    ),
    senderRoleNames: set(ROLE_NAME).describe("Roles of the account that may send."),
    receiverRoleNames: set(ROLE_NAME).describe(
      "Roles of the account that may receive messages, delete them, and change their visibility.",
    ),
    workerTimeoutSeconds: z
      .int()
      .min(1)
      .max(7200)
      .describe(
        "Maximum time that a worker needs for a message. The visibility timeout is six times this value, which is also the delay if a worker crashes.",
      ),
    maxReceiveCount: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe(
        "Number of attempts before a message becomes a dead letter. With a low number, a short outage results in many dead letters.",
      ),
    retentionDays: sizing(z.int().min(1).max(7))
      .default(4)
      .describe(
        "Days after which a message that was not received is lost. The age of a dead letter includes this time, so that its 14 days start when the message is sent.",
      ),
  },
  rules: [
    {
      inputs: ["senderRoleNames"],
      allowed: "one or more roles that send",
      holds: ({ senderRoleNames }) => senderRoleNames.length > 0,
      condition: "length(var.sender_role_names) > 0",
      counterexample: { senderRoleNames: [] },
    },
    {
      inputs: ["receiverRoleNames"],
      allowed: "one or more roles that receive",
      holds: ({ receiverRoleNames }) => receiverRoleNames.length > 0,
      condition: "length(var.receiver_role_names) > 0",
      counterexample: { receiverRoleNames: [] },
    },
  ],
  outputs: {
    url: z.string().describe("URL for clients, available after the policy and the dead-letter queue exist."),
    arn: z.string().describe("ARN for policies."),
    name: z.string().describe("Name, which is the dimension in CloudWatch."),
    deadLetterArn: z.string().describe("ARN of the dead-letter queue."),
    deadLetterName: z.string().describe("Name of the dead-letter queue, which is the dimension in CloudWatch."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    senderRoleNames: ["shop-api-task"],
    receiverRoleNames: ["shop-worker-task"],
    workerTimeoutSeconds: 30,
  },
  build(scope, input) {
    const queue = resource(scope, SqsQueue, "this", {
      ...encryptedQueue(input.name, input.kmsKeyArn),
      visibilityTimeoutSeconds: hcl<number>`${input.workerTimeoutSeconds} * ${VISIBILITY_FACTOR}`,
      messageRetentionSeconds: hcl<number>`${input.retentionDays} * 86400`,
    });
    const deadLetters = resource(scope, SqsQueue, "dead_letters", {
      ...encryptedQueue(`${input.name}-dead-letters`, input.kmsKeyArn),
      messageRetentionSeconds: DEAD_LETTER_DAYS * 86400,
    });
    const policies = closeQueues(scope, queue, deadLetters, input);
    const redrive = keepDeadLetters(scope, queue, deadLetters, input.maxReceiveCount);
    return {
      url: readyAfter(queue.url, ...policies, ...redrive),
      arn: queue.arn,
      name: queue.name,
      deadLetterArn: deadLetters.arn,
      deadLetterName: deadLetters.name,
    };
  },
});

/**
 * After the visibility timeout, a second worker gets the message while the first still processes it. The factor six allows
 * for slow cases: several messages in one batch, a retry of a call. SQS's limit is 12 hours.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
const VISIBILITY_FACTOR = 6;

/** The maximum retention of SQS. */
const DEAD_LETTER_DAYS = 14;

type Queue = Resource<SqsQueue>;

/** Long polling with the maximum of SQS, 20 seconds, so that fewer empty answers are charged. */
function encryptedQueue(name: Expression<string> | string, kmsKeyArn: Expression<string>) {
  return {
    name,
    kmsMasterKeyId: kmsKeyArn,
    receiveWaitTimeSeconds: 20,
    lifecycle: { preventDestroy: true },
  };
}

interface Access {
  readonly accountId: Expression<string>;
  readonly senderRoleNames: Expression<string[]>;
  readonly receiverRoleNames: Expression<string[]>;
}

/**
 * The condition contains the roles instead of `Principal`: there SQS accepts only existing roles, and converts their ARNs
 * to ids, so that a recreated role would have no access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
function closeQueues(scope: Construct, queue: Queue, deadLetters: Queue, input: Access) {
  const roles = `arn:${partition(scope)}:iam::${input.accountId}:role`;
  const allow = (sid: string, roleNames: Expression<string[]>, actions: readonly string[]): PolicyStatement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: queue.arn,
    Condition: {
      ArnEquals: {
        "aws:PrincipalArn": hcl<string>`[for name in sort(${roleNames}) : format(${`${roles}/%s`}, name)]`,
      },
    },
  });
  const policy = resource(scope, SqsQueuePolicy, "this", {
    queueUrl: queue.url,
    policy: policyDocument(scope, "policy", [
      allow("Send", input.senderRoleNames, ["sqs:GetQueueUrl", "sqs:SendMessage"]),
      allow("Receive", input.receiverRoleNames, [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ]),
      denyPlainHttp(queue),
    ]),
  });
  const deadLetterPolicy = resource(scope, SqsQueuePolicy, "dead_letters", {
    queueUrl: deadLetters.url,
    policy: policyDocument(scope, "dead_letter_policy", [denyPlainHttp(deadLetters)]),
  });
  return [policy, deadLetterPolicy];
}

function denyPlainHttp(queue: Queue): PolicyStatement {
  return {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queue.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function keepDeadLetters(scope: Construct, queue: Queue, deadLetters: Queue, maxReceiveCount: Expression<number>) {
  const redrive = resource(scope, SqsQueueRedrivePolicy, "this", {
    queueUrl: queue.url,
    redrivePolicy: jsonencode({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
  });
  const onlyFromItsQueue = resource(scope, SqsQueueRedriveAllowPolicy, "dead_letters", {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: jsonencode({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  return [redrive, onlyFromItsQueue];
}
