/** Roles for Terraform itself: one that plans for pull requests, one that plans what is applied, one that applies a root. */
import { type Expression, PLANS_BUCKET_FOLDERS, type Root, trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import { REPOSITORY } from "../common/accounts";
import { ROLES } from "../common/delivery";
import type { Backend } from "./backend";

/** What every role of the pipeline is made from. */
export interface Pipeline {
  readonly root: Root;
  readonly providerArn: Expression<string>;
  /** One a region that the account's roots are in. */
  readonly backends: readonly Backend[];
  readonly boundaryArn: Expression<string>;
}

const AWS_POLICY = "arn:aws:iam::aws:policy";

/** Logs quote what programs handle, and images hold the programs. Plans need neither, whatever AWS's policies allow. */
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

/** Applies take an hour where a database is made or grows; credentials that end half-way lose the state. */
const APPLY_HOURS = 4;

/** Anybody who may open a pull request decides what runs here: it reads settings and state, locks nothing, keeps nothing. */
export function pullRequestRole({ root, providerArn, boundaryArn, backends }: Pipeline): void {
  new GithubActionsRole(root, "pull_request_role", {
    name: ROLES.pullRequest,
    description: "Plans for pull requests: reads settings and state",
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

/** Puts plans where it cannot read them, nor put another in their place. Records of applies say which commits a plan brings. */
export function planRole({ root, providerArn, boundaryArn, backends }: Pipeline): void {
  new GithubActionsRole(root, "plan_role", {
    name: ROLES.plan,
    description: "Plans what is applied: reads settings and state, locks, and keeps plans",
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

/** Does what the boundary leaves it, and of all objects touches its own root's state, plans and records alone. */
export function applyRole(
  { root, providerArn, boundaryArn }: Pipeline,
  { path, environment, backend }: { readonly path: string; readonly environment: string; readonly backend: Backend },
): void {
  const { stateBucketArn, plansBucketArn } = backend;
  const state = `${stateBucketArn}/${path.split("/").slice(1).join("/")}/terraform.tfstate*`;
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

/** Terraform compares each state with a digest that lies among the locks. */
function readState(backends: readonly Backend[]) {
  return {
    FindState: { actions: ["s3:ListBucket"], resources: backends.map((backend) => backend.stateBucketArn) },
    ReadState: { actions: ["s3:GetObject"], resources: backends.map((backend) => `${backend.stateBucketArn}/*`) },
    ReadDigests: { actions: ["dynamodb:GetItem"], resources: backends.map((backend) => backend.lockTableArn) },
    DecryptState: { actions: ["kms:Decrypt"], resources: backends.map((backend) => backend.keyArn) },
  } as const;
}

/** @param objects below the plans bucket, as patterns of IAM */
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

/** A lock is an item of the state's own name, and an object beside it. The digest has another name: it changes with the state. */
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
