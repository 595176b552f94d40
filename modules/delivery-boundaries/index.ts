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

/** IAM takes no empty list. */
function some(element: z.ZodString) {
  return set(element).min(1);
}

export const DeliveryBoundaries = defineModule({
  name: "delivery-boundaries",
  description:
    "How far a pipeline can go in an account, as three permissions boundaries. Within the one for environments, an administrator's policy makes and destroys what systems are made of, and roles for their workloads; it reads no secret and no stored data, and changes neither the pipeline's roles, nor who may take on a role, nor where state lies. What it can do is put in place a program that does more than it should, under a role of the boundary for workloads: a person who reads the plan has to see that. Within the one for the account, it makes roles within known boundaries alone, and changes everything but this boundary of its own, a change of which an administrator applies. It does write the other boundaries, puts roles under them, its own role among these, and says who may take on a role: with one of them widened it gets past this one, and again a person who reads the plan has to see that.",
  inputs: {
    name: resourceName(40).describe(
      "What the names of the pipeline's roles and of these boundaries begin with: `<name>-plan`, `<name>-workloads-boundary`.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the pipeline."),
    services: some(text(/^[a-z0-9-]+$/, "a prefix of IAM actions such as ec2", "ec2:*")).describe(
      "Services that systems are made of. Of IAM, STS and the store of state it has what it needs anyway.",
    ),
    guardedRoleNames: set(text(/^[\w+=,.@-]{1,64}$/, "a name of an IAM role without path", "a/path/role"))
      .default([])
      .describe("Roles beside the pipeline's own that environments leave alone, such as those of people."),
    guardedBucketArns: set(arnOf("s3"))
      .default([])
      .describe("Buckets beside the store of state whose settings environments leave alone, such as those of trails."),
    guardedKeyArns: set(arnOf("kms"))
      .default([])
      .describe("Keys beside those of state whose settings environments leave alone."),
    guardedAlerts: resourceName(40)
      .default("account")
      .describe(
        "What the names of the account's own EventBridge rules and SNS topics begin with, before a hyphen: environments leave those alone.",
      ),
    otherBoundaryArns: set(arnOf("iam"))
      .default([])
      .describe(
        "Boundaries beside the three that roles of the account may have, such as those of people. Within any other policy the account's role makes no role.",
      ),
    workloadActions: some(ACTION).describe(
      "What workloads may do at most, on resources of the account. A role gets of it what its own policy says.",
    ),
    workloadActionsOnAll: some(ACTION).describe(
      "The same for actions that know no resources, such as ecr:GetAuthorizationToken.",
    ),
    taskRoleArns: some(arnOf("iam")).describe(
      "Roles of tasks and their starts, which a role of CodeDeploy hands to ECS.",
    ),
    stateBucketArns: some(arnOf("s3")).describe("Buckets of Terraform's state."),
    plansBucketArns: some(arnOf("s3")).describe("Buckets of saved plans."),
    lockTableArns: some(arnOf("dynamodb")).describe("Tables of locks."),
    stateKeyArns: some(arnOf("kms")).describe("Keys that encrypt state, plans and locks."),
  },
  outputs: {
    accountArn: z.string().describe("Boundary of the role that applies the account."),
    environmentsArn: z.string().describe("Boundary of all other roles of the pipeline."),
    workloadsArn: z.string().describe("Boundary of the roles that environments make."),
  },
  example: {
    name: "delivery",
    accountId: "111122223333",
    services: ["ec2", "ecs", "s3"],
    guardedRoleNames: ["shop-admin"],
    guardedBucketArns: ["arn:aws:s3:::shop-records-*"],
    guardedKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab"],
    otherBoundaryArns: ["arn:aws:iam::111122223333:policy/shop-people-boundary"],
    workloadActions: ["s3:GetObject"],
    workloadActionsOnAll: ["ecr:GetAuthorizationToken"],
    taskRoleArns: ["arn:aws:iam::111122223333:role/shop-api-task"],
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
