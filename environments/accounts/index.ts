/** AWS accounts: where the state of their roots lies, and who in the pipeline may do something in them. */
import type { Delivery, Repository, StateBackend } from "../../lib";

export interface Account {
  readonly name: string;
  /** Twelve digits. A plan with the credentials of another account fails. */
  readonly id: string;
  readonly state: StateBackend;
  /** Bucket where saved plans wait for their approval. */
  readonly plansBucket: string;
}

/** Repository whose workflows plan and apply. `groundplan subject` prints what to put here. */
export const REPOSITORY: Repository = { name: "example/groundplan", subject: "ids", ownerId: 1000001, id: 2000001 };

/** What the names of the pipeline's roles and boundaries begin with, so that policies can name all of them. */
export const PIPELINE = "delivery";

/** Alias of the key of copied secrets, in the region of an account's standbys: what comes after `alias/`. */
export const STANDBY_SECRETS_KEY = "standby-secrets";

/** Names of the pipeline's roles; the last four by GitHub environment. */
export const ROLES = {
  pullRequest: `${PIPELINE}-pull-request`,
  plan: `${PIPELINE}-plan`,
  apply: (environment: string) => `${PIPELINE}-apply-${environment}`,
  deploy: (environment: string) => `${PIPELINE}-deploy-${environment}`,
  migrate: (environment: string) => `${PIPELINE}-migrate-${environment}`,
  restore: (environment: string) => `${PIPELINE}-restore-${environment}`,
} as const;

/**
 * Who approves: reviewers of GitHub environments. Private repositories outside GitHub Enterprise have none; there it is
 * `codeowners`.
 */
const APPROVAL: Delivery["approval"] = "environment";

/** How the pipeline plans and applies a root of an account, approved in the GitHub environment. */
export function delivery({ id, plansBucket }: Account, environment: string, wave: Delivery["wave"]): Delivery {
  const role = (name: string) => `arn:aws:iam::${id}:role/${name}`;
  return {
    approval: APPROVAL,
    environment,
    wave,
    pullRequestRoleArn: role(ROLES.pullRequest),
    planRoleArn: role(ROLES.plan),
    applyRoleArn: role(ROLES.apply(environment)),
    plansBucket,
  };
}

/** Boundary that every role of an environment has: without it, whoever applies may not make the role. */
export function workloadsBoundaryArn({ id }: Account): string {
  return `arn:aws:iam::${id}:policy/${PIPELINE}-workloads-boundary`;
}

/** Roles that people take on in the account, whichever of its regions it stands for here. Runbooks name them. */
export function roleNamesOfPeople(account: Account) {
  const { name } = Object.values<Account>(accounts).find(({ id }) => id === account.id) ?? account;
  return { developer: `${name}-developer`, operator: `${name}-operator`, admin: `${name}-admin` } as const;
}

function account(name: string, id: string, region: string): Account {
  return {
    name,
    id,
    state: {
      bucket: `${name}-terraform-state-${id}`,
      region,
      kmsKeyArn: `arn:aws:kms:${region}:${id}:alias/terraform-state`,
      dynamodbTable: "terraform-locks",
    },
    plansBucket: `${name}-terraform-plans-${id}`,
  };
}

export const accounts = {
  credentialmateDev: account("credentialmate-dev", "111111111111", "us-east-1"),
  credentialmateStage: account("credentialmate-stage", "222222222222", "us-east-1"),
  credentialmateProd: account("credentialmate-prod", "333333333333", "us-east-1"),
  ordersDev: account("orders-dev", "555555555555", "us-east-1"),
  ordersProd: account("orders-prod", "666666666666", "us-east-1"),
  /** The production account again; its state lies where it can be read when the first region cannot. */
  ordersDr: account("orders-dr", "666666666666", "us-west-2"),
} as const satisfies Record<string, Account>;
