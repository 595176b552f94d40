/** What the other components publish about themselves. */
import type { ApiLookup } from "../../../modules/api-lookup";
import type { DatabaseLookup } from "../../../modules/database-lookup";
import type { FrontendLookup } from "../../../modules/frontend-lookup";
import type { NetworkLookup } from "../../../modules/network-lookup";

export interface Sources {
  readonly network: InstanceType<typeof NetworkLookup>;
  readonly api: InstanceType<typeof ApiLookup>;
  readonly database: InstanceType<typeof DatabaseLookup>;
  readonly frontend: InstanceType<typeof FrontendLookup>;
}

/** Log group of the database: RDS makes its name from that of the cluster. */
export function databaseLog(cluster: string): string {
  return `/aws/rds/cluster/${cluster}/postgresql`;
}

/**
 * Statements that took longer than `log_min_duration_statement`, by their text without values.
 * @see https://www.postgresql.org/docs/16/runtime-config-logging.html
 */
export const SLOW_STATEMENTS = [
  "parse @message 'duration: * ms  *: *' as milliseconds, kind, statement",
  "filter ispresent(milliseconds)",
  "stats count() as runs, avg(milliseconds) as average, max(milliseconds) as slowest by substr(statement, 0, 120) as text",
  "sort slowest desc",
  "limit 20",
].join(" | ");

export const API_ERRORS = [
  "fields @timestamp, @message",
  "filter @message like /(?i)(error|exception|fatal)/",
  "sort @timestamp desc",
  "limit 50",
].join(" | ");
