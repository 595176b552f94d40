import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  type Expression,
  partition,
  policyDocument,
  resource,
  resourceName,
  set,
  text,
} from "../../lib";
import { accountStatements } from "./account";
import { environmentStatements } from "./environments";
import { workloadStatements } from "./workloads";

const ACTION = text(/^[a-z0-9-]+:[A-Za-z]+\*?$/, "an IAM action such as s3:GetObject", "s3:*");

/** IAM refuses an empty list. */
function some(element: z.ZodString) {
  return set(element).min(1);
}

export const DeliveryBoundaries = defineModule({
  name: "delivery-boundaries",
  description:
    "The maximum permissions of a pipeline in an account, as three permissions boundaries. With the boundary for environments, even an administrator's policy can only create and destroy the resources of systems and roles for their workloads. It can read no secret and no stored data, and can change no role of the pipeline, no trust policy and no state backend. It can start a program under a role with the boundary for workloads that does more than it should: the reviewer of the plan has to notice this. With the boundary for the account, the role can create roles only with known boundaries, and can change everything except its own boundary, which an administrator changes. It can change the other boundaries, set them on roles including its own, and change trust policies. By extending one of them it can bypass its own boundary: the reviewer of the plan has to notice this, too.",
  inputs: {
    name: resourceName(40).describe(
      "Prefix of the names of the pipeline's roles and of these boundaries: `<name>-plan`, `<name>-workloads-boundary`.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the pipeline."),
    services: some(text(/^[a-z0-9-]+$/, "a prefix of IAM actions such as ec2", "ec2:*")).describe(
      "Services that the systems use. The required permissions for IAM, STS and the state backend are always included. With `eks`, environments may also manage the identity providers of clusters, and their roles can be assumed by service accounts; with `cognito-identity`, by identities of Cognito.",
    ),
    guardedRoleNames: set(
      text(/^[\w+=,.@-]{1,64}\*?$/, "a name of an IAM role without path, or its start and *", "a/path/role"),
    )
      .default([])
      .describe("Other roles that environments may not change, such as roles for people."),
    guardedBucketArns: set(arnOf("s3"))
      .default([])
      .describe("Other buckets whose settings environments may not change, such as buckets of trails."),
    guardedKeyArns: set(arnOf("kms")).default([]).describe("Other keys whose settings environments may not change."),
    guardedAlerts: resourceName(40)
      .default("account")
      .describe(
        "Prefixes, before a hyphen, of the account's EventBridge rules and SNS topics, which environments may not change.",
      ),
    accountReads: set(ACTION)
      .default([])
      .describe(
        "Further actions: reads of services that only the account's root manages, such as firehose:Describe*, because plans of the account have the boundary for environments, and single actions of services that are not in `services`.",
      ),
    otherBoundaryArns: set(arnOf("iam"))
      .default([])
      .describe(
        "Further boundaries that roles of the account may have, such as the boundary for people. The account's role may create roles only with these boundaries.",
      ),
    workloadActions: some(ACTION).describe(
      "Maximum permissions of workloads, on resources of the account. The policy of each role grants a part of them.",
    ),
    workloadActionsOnAll: some(ACTION).describe(
      "The same for actions without resources, such as ecr:GetAuthorizationToken.",
    ),
    artifactBucketArns: set(arnOf("s3"))
      .default([])
      .describe(
        "Buckets of programs, such as archives of functions, whose objects the pipeline may read: who makes a function of an archive has to read it.",
      ),
    actionsInOtherAccounts: set(ACTION)
      .default([])
      .describe("Maximum permissions of workloads on resources of the accounts in `otherAccountIds`."),
    otherAccountIds: set(ACCOUNT_ID)
      .default([])
      .describe(
        "Other accounts whose resources workloads may use, as far as the policies of these resources allow it: an account that shares a snapshot with this one.",
      ),
    taskRoleArns: set(arnOf("iam"))
      .default([])
      .describe("Task roles and execution roles, which a role of CodeDeploy passes to ECS."),
    settingsArns: set(arnOf("ssm"))
      .default([])
      .describe(
        "SSM parameters without secrets that environments manage. Terraform reads the value of a parameter in each refresh; all other parameters stay unreadable.",
      ),
    stateBucketArns: some(arnOf("s3")).describe("Buckets of Terraform's state."),
    plansBucketArns: some(arnOf("s3")).describe("Buckets of saved plans."),
    lockTableArns: some(arnOf("dynamodb")).describe("Lock tables of Terraform's state."),
    stateKeyArns: some(arnOf("kms")).describe("Keys that encrypt state, plans and locks."),
  },
  rules: [
    {
      inputs: ["actionsInOtherAccounts", "otherAccountIds"],
      allowed: "actions and accounts, or neither",
      holds: ({ actionsInOtherAccounts, otherAccountIds }) =>
        (actionsInOtherAccounts.length === 0) === (otherAccountIds.length === 0),
      condition: "(length(var.actions_in_other_accounts) == 0) == (length(var.other_account_ids) == 0)",
      counterexample: { actionsInOtherAccounts: [] },
    },
  ],
  outputs: {
    accountArn: z.string().describe("Boundary of the role that applies the account."),
    environmentsArn: z.string().describe("Boundary of all other roles of the pipeline."),
    workloadsArn: z.string().describe("Boundary of the roles that environments create."),
  },
  example: {
    name: "delivery",
    accountId: "111122223333",
    services: ["ec2", "ecs", "s3"],
    guardedRoleNames: ["shop-admin"],
    guardedBucketArns: ["arn:aws:s3:::shop-records-*"],
    guardedKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab"],
    accountReads: ["firehose:Describe*"],
    otherBoundaryArns: ["arn:aws:iam::111122223333:policy/shop-people-boundary"],
    artifactBucketArns: ["arn:aws:s3:::shop-artifacts"],
    workloadActions: ["s3:GetObject"],
    workloadActionsOnAll: ["ecr:GetAuthorizationToken"],
    actionsInOtherAccounts: ["s3:GetObject"],
    otherAccountIds: ["444455556666"],
    taskRoleArns: ["arn:aws:iam::111122223333:role/shop-api-task"],
    settingsArns: ["arn:aws:ssm:*:111122223333:parameter/shop/*/config/*"],
    stateBucketArns: ["arn:aws:s3:::shop-terraform-state"],
    plansBucketArns: ["arn:aws:s3:::shop-terraform-plans"],
    lockTableArns: ["arn:aws:dynamodb:eu-central-1:111122223333:table/terraform-locks"],
    stateKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
  },
  build(scope, input) {
    const arnPartition = partition(scope);
    const iam = `arn:${arnPartition}:iam::${input.accountId}`;
    const limits = { ...input, arnPartition, iam };
    return {
      accountArn: boundary(scope, "account", input.name, accountStatements(limits)).arn,
      environmentsArn: boundary(scope, "environments", input.name, environmentStatements(limits)).arn,
      workloadsArn: boundary(scope, "workloads", input.name, workloadStatements(limits)).arn,
    };
  },
});

/** AWS takes up to 6,144 characters without spaces. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
function boundary(
  scope: Construct,
  whose: "account" | "environments" | "workloads",
  name: Expression<string>,
  statements: Parameters<typeof policyDocument>[2],
) {
  return resource(scope, IamPolicy, whose, {
    name: `${name}-${whose}-boundary`,
    description: `As far as the pipeline goes: ${whose}`,
    policy: policyDocument(scope, whose, statements),
  });
}
