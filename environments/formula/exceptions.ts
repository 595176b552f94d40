/** Guardrails that Formula's document asks to break, as a person permits it until a day. */
import type { Exception } from "../../lib";

const APPROVED = { owner: "formula", approver: "security", created: "2026-11-30" } as const;

/**
 * A pool with sign-in pages is not reachable through an interface endpoint, and Cognito has no prefix list.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html
 */
export const tasksReachTheInternet = {
  ...APPROVED,
  guardrail: "egress-to-anywhere",
  address: 'module.security_groups.aws_vpc_security_group_egress_rule.this["tasks-to-internet-443"]',
  reason:
    "Tasks read the keys of Cognito's tokens through the NAT gateways, and AWS has no endpoint or prefix list for them.",
  ticket: "FORM-11",
  expires: "2027-02-28",
} as const satisfies Exception;

/** Log groups of an environment whose logs are kept for a week. */
const LOG_GROUPS = [
  "api.aws_cloudwatch_log_group.access",
  "api.aws_cloudwatch_log_group.execution",
  "blue_task.aws_cloudwatch_log_group.this",
  "cluster.aws_cloudwatch_log_group.container_insights",
  "database.aws_cloudwatch_log_group.postgresql",
  "database.aws_cloudwatch_log_group.upgrade",
  "erasure_task.aws_cloudwatch_log_group.this",
  "executions.aws_cloudwatch_log_group.this",
  "migrations_task.aws_cloudwatch_log_group.this",
  "site.aws_cloudwatch_log_group.this",
  "website_web_acl.aws_cloudwatch_log_group.this",
  "roles_task.aws_cloudwatch_log_group.this",
  "seed_task.aws_cloudwatch_log_group.this",
] as const;

export const logsOfAWeek: readonly Exception[] = LOG_GROUPS.map((address) => ({
  ...APPROVED,
  guardrail: "logs-retention",
  address: `module.${address}`,
  reason: "The document of Formula keeps the logs of development for seven days; no data of users is in them.",
  ticket: "FORM-12",
  expires: "2027-05-28",
}));
