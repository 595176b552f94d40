/** The rules of a web ACL as plain data. */
import { badArgument } from "../../lib";

/** A managed rule group of AWS, or a rate limit: exactly one of them is set. */
export interface WebAclRule {
  /** The rule with the lowest priority is evaluated first. */
  readonly priority: number;
  /** `count` records what the rule would block, and lets it through. */
  readonly mode?: "block" | "count";
  readonly managedRuleGroup?: {
    readonly name: string;
    /** Null for the version that AWS makes the default, which changes after an announcement. */
    readonly version?: string | null;
    /** Rules of the group that count and do not block. */
    readonly countedRules?: readonly string[];
  };
  /** Limit of requests from one address in five minutes. Further requests are blocked. */
  readonly requestsPer5Minutes?: number;
}

export interface Baseline {
  /** For every address: an office behind one address counts as one. */
  readonly requestsPer5Minutes: number;
  /** Rules that count and do not block, by the names of AWS's rule groups. */
  readonly countedRules?: Readonly<Record<string, readonly string[]>>;
}

/**
 * AWS groups without an additional price. Together they use 1,125 of the 1,500 capacity units that are included in the
 * price of a web ACL.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const GROUPS = {
  reputation: "AWSManagedRulesAmazonIpReputationList",
  "known-bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
  common: "AWSManagedRulesCommonRuleSet",
  "sql-injection": "AWSManagedRulesSQLiRuleSet",
} as const;

/**
 * Default rules for a public application: first the rate limit, which costs the least capacity, then AWS's groups. The
 * priorities have gaps for other rules.
 */
export function baselineRules({ requestsPer5Minutes, countedRules = {} }: Baseline): Record<string, WebAclRule> {
  const names = Object.values(GROUPS);
  const unknown = Object.keys(countedRules).filter((group) => !names.some((name) => name === group));
  if (unknown.length > 0) {
    throw badArgument(`countedRules: got ${unknown.join(", ")}; allowed: rules of ${names.join(", ")}`);
  }
  const groups = Object.entries(GROUPS).map(([key, name], place): [string, WebAclRule] => [
    key,
    { priority: (place + 2) * 10, managedRuleGroup: { name, countedRules: countedRules[name] ?? [] } },
  ]);
  return { "rate-limit": { priority: 10, requestsPer5Minutes }, ...Object.fromEntries(groups) };
}
