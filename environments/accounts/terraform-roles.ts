/**
 * Roles for Terraform: one plans pull requests, one makes the plans that are applied, and one for each root applies
 * them.
 */
import { type Expression, PLANS_BUCKET_FOLDERS, type Root, trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import { REPOSITORY } from "../common/accounts";
import { ROLES } from "../common/delivery";
import type { Backend } from "./backend";

/** Values that every role of the pipeline needs. */
export interface Pipeline {
  readonly root: Root;
  readonly providerArn: Expression<string>;
  /** One backend for each region that has roots of the account. */
  readonly backends: readonly Backend[];
  readonly boundaryArn: Expression<string>;
}

const AWS_POLICY = "arn:aws:iam::aws:policy";

/**
 * Logs can contain data, and images contain the programs. Terraform needs neither, although AWS's managed policies
 * allow both.
 */
const DENY_LOGS_AND_IMAGES = {
  DenyLogsAndImages: {
    effect: "Deny",
    actions: [
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:GetLogObject",
      "logs:GetLogRecord",
      "logs:GetQueryResults",
      "logs:StartLiveTail",
      "logs:StartQuery",
      "logs:Unmask",
    ],
    resources: ["*"],
  },
} as const;

/**
 * An apply that creates or resizes a database takes an hour. If credentials expire during an apply, Terraform cannot
 * write the state.
 */
const APPLY_HOURS = 4;

/** The author of a pull request controls the code that runs with this role. So it only reads settings and state. */
export function pullRequestRole({ root, providerArn, boundaryArn, backends }: Pipeline): void {
  new GithubActionsRole(root, "pull_request_role", {
    name: ROLES.pullRequest,
    description: "Plans pull requests: reads settings and state",
    providerArn,
    ...trustedSubjects(REPOSITORY),
    jobs: "pull_request",
    permissionsBoundary: { arn: boundaryArn },
    managedPolicyArns: [`${AWS_POLICY}/ReadOnlyAccess`],
    statements: {
      ...readState(backends),
      ...denyReadingPlans(backends, ["*"]),
      ...DENY_LOGS_AND_IMAGES,
    },
  });
}

/**
 * Uploads plans that it can neither read nor replace. It reads the records of applies to find the commits that a plan
 * contains.
 */
export function planRole({ root, providerArn, boundaryArn, backends }: Pipeline): void {
  new GithubActionsRole(root, "plan_role", {
    name: ROLES.plan,
    description: "Makes the plans that are applied: reads settings and state, locks the state, and uploads plans",
    providerArn,
    ...trustedSubjects(REPOSITORY),
    jobs: "ref:refs/heads/main",
    permissionsBoundary: { arn: boundaryArn },
    managedPolicyArns: [`${AWS_POLICY}/ReadOnlyAccess`],
    statements: {
      ...readState(backends),
      ...lockState(backends),
      ...readRecords(backends),
      ...keepPlans(backends),
      ...denyReadingPlans(
        backends,
        [PLANS_BUCKET_FOLDERS.plans, PLANS_BUCKET_FOLDERS.errored].map((folder) => `${folder}/*`),
      ),
      ...DENY_LOGS_AND_IMAGES,
    },
  });
}

/** A root with the GitHub environment that approves its applies. */
export interface AppliedRoot {
  readonly path: string;
  readonly environment: string;
  /** Folder of the states of a root of sandboxes. */
  readonly states?: string;
}

/**
 * Has all permissions that its boundary allows. Among objects in S3, it reads and writes only state, plans and
 * records of its root.
 */
export function applyRole(
  { root, providerArn, boundaryArn }: Pipeline,
  {
    path,
    environment,
    states,
    backend,
    artifactBuckets = [],
  }: AppliedRoot & {
    readonly backend: Backend;
    /** Buckets of archives, of which the root makes functions. */
    readonly artifactBuckets?: readonly string[];
  },
): void {
  const { stateBucketArn, plansBucketArn } = backend;
  const own = path.split("/").slice(1).join("/");
  const state = `${stateBucketArn}/${states === undefined ? own : `${states}/*`}/terraform.tfstate*`;
  new GithubActionsRole(root, `apply_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.apply(environment),
    description: `Applies ${path}`,
    providerArn,
    ...trustedSubjects(REPOSITORY),
    jobs: `environment:${environment}`,
    permissionsBoundary: { arn: boundaryArn },
    managedPolicyArns: [`${AWS_POLICY}/AdministratorAccess`],
    statements: {
      DenyReadingOtherObjects: {
        effect: "Deny",
        actions: ["s3:GetObject*"],
        notResources: [
          state,
          `${plansBucketArn}/${PLANS_BUCKET_FOLDERS.plans}/${path}/*`,
          `${plansBucketArn}/${PLANS_BUCKET_FOLDERS.applied}/${path}/*`,
          ...artifactBuckets.map((name) => `arn:aws:s3:::${name}/*`),
        ],
      },
      DenyWritingOtherObjects: {
        effect: "Deny",
        actions: ["s3:DeleteObject", "s3:PutObject"],
        notResources: [
          state,
          `${plansBucketArn}/${PLANS_BUCKET_FOLDERS.applied}/${path}/*`,
          `${plansBucketArn}/${PLANS_BUCKET_FOLDERS.errored}/${path}/*`,
        ],
      },
      ...DENY_LOGS_AND_IMAGES,
    },
    maxSessionHours: APPLY_HOURS,
  });
}

/** Terraform compares each state with a digest in the lock table. */
function readState(backends: readonly Backend[]) {
  return {
    FindState: { actions: ["s3:ListBucket"], resources: backends.map((backend) => backend.stateBucketArn) },
    ReadState: { actions: ["s3:GetObject"], resources: backends.map((backend) => `${backend.stateBucketArn}/*`) },
    ReadDigests: { actions: ["dynamodb:GetItem"], resources: backends.map((backend) => backend.lockTableArn) },
    DecryptState: { actions: ["kms:Decrypt"], resources: backends.map((backend) => backend.keyArn) },
  } as const;
}

/** @param objects patterns of object keys in the plans bucket */
function denyReadingPlans(backends: readonly Backend[], objects: readonly string[]) {
  return {
    DenyReadingPlans: {
      effect: "Deny",
      actions: ["s3:GetObject*"],
      resources: backends.flatMap(({ plansBucketArn }) => objects.map((one) => `${plansBucketArn}/${one}`)),
    },
  } as const;
}

function readRecords(backends: readonly Backend[]) {
  const records = `${PLANS_BUCKET_FOLDERS.applied}/*`;
  return {
    FindRecords: {
      actions: ["s3:ListBucket"],
      resources: backends.map((backend) => backend.plansBucketArn),
      conditions: { StringLike: { "s3:prefix": [records] } },
    },
    ReadRecords: {
      actions: ["s3:GetObject"],
      resources: backends.map((backend) => `${backend.plansBucketArn}/${records}`),
    },
  };
}

/**
 * A lock is a DynamoDB item with the name of the state, and an object beside the state. The item of the digest has
 * another name.
 */
function lockState(backends: readonly Backend[]) {
  return {
    LockByItem: {
      actions: ["dynamodb:DeleteItem", "dynamodb:PutItem"],
      resources: backends.map((backend) => backend.lockTableArn),
      conditions: {
        "ForAllValues:StringLike": {
          "dynamodb:LeadingKeys": backends.map(({ account }) => `${account.state.bucket}/*/terraform.tfstate`),
        },
      },
    },
    LockByObject: {
      actions: ["s3:DeleteObject", "s3:PutObject"],
      resources: backends.map((backend) => `${backend.stateBucketArn}/*.tflock`),
    },
  };
}

function keepPlans(backends: readonly Backend[]) {
  return {
    PutPlans: {
      actions: ["s3:PutObject"],
      resources: backends.map((backend) => `${backend.plansBucketArn}/${PLANS_BUCKET_FOLDERS.plans}/*`),
    },
    EncryptLocksAndPlans: { actions: ["kms:GenerateDataKey"], resources: backends.map((backend) => backend.keyArn) },
  };
}
