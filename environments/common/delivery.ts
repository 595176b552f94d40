/** How the pipeline plans and applies the roots of an account: names of its roles and of their boundaries. */
import type { Delivery } from "../../lib";
import type { Account } from "./account";
import { APPROVAL } from "./accounts";

/** Prefix of the names of the pipeline's roles and boundaries, so that policies can match all of them. */
export const PIPELINE = "delivery";

/** Alias, without `alias/`, of the key that encrypts copied secrets in the region of an account's standbys. */
export const STANDBY_SECRETS_KEY = "standby-secrets";

/** Alias, without `alias/`, of the key that encrypts an account's archives of functions. */
export const ARTIFACTS_KEY = "account-artifacts";

/** Names of the pipeline's roles. The last five take the name of a GitHub environment. */
export const ROLES = {
  pullRequest: `${PIPELINE}-pull-request`,
  plan: `${PIPELINE}-plan`,
  apply: (environment: string) => `${PIPELINE}-apply-${environment}`,
  deploy: (environment: string) => `${PIPELINE}-deploy-${environment}`,
  migrate: (environment: string) => `${PIPELINE}-migrate-${environment}`,
  restore: (environment: string) => `${PIPELINE}-restore-${environment}`,
  switch: (environment: string) => `${PIPELINE}-switch-${environment}`,
} as const;

/** @param environment GitHub environment whose reviewers approve an apply of the root */
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

/** Permissions boundary of every role of an environment. The apply role may not create a role without it. */
export function workloadsBoundaryArn({ id }: Account): string {
  return `arn:aws:iam::${id}:policy/${PIPELINE}-workloads-boundary`;
}
