/** Mutants of what erases and masks data of users. */
import { LOGGED_MACHINE } from "./masking-mutants";
import { type Mutant, ofModule } from "./mutant";

const LEDGER = "resource.aws_dynamodb_table.ledger";

export const USER_DATA_MUTANTS: readonly Mutant[] = [
  ...ofModule("user-erasure", {
    ...LOGGED_MACHINE,
    "dynamodb-deletion-protected": [`${LEDGER}.deletion_protection_enabled`, false],
    "database-destroy-prevented": [`${LEDGER}.lifecycle`],
    "dynamodb-encrypted": [`${LEDGER}.server_side_encryption`],
    "dynamodb-point-in-time-recovery": [`${LEDGER}.point_in_time_recovery`],
    "iam-actions-named": ["locals.erasure.Statement.0.Action", "dynamodb:*"],
    "iam-pass-role-narrow": ["locals.erasure.Statement.8.Condition"],
    "iam-resources-named": ["locals.erasure.Statement.4.Resource", "*"],
    "trust-service-of-own-account": ["locals.replay_trust.Statement.0.Condition"],
  }),
  ...ofModule("log-data-protection", {
    "logs-masked": ["locals.document.Statement.1.Operation", { Audit: { FindingsDestination: {} } }],
  }),
];
