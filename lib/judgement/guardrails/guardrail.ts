/** What a guardrail is: a rule that infrastructure may not break, as a row of data. */
import type { ResourceInstance, RootConfiguration } from "../configuration";

/** How much harm a breach does. It bounds how long an exception may live. */
export type Severity = "critical" | "high" | "medium" | "low";

/** Requirements that a guardrail supports with technical evidence; it fulfils none of them alone. */
export interface Controls {
  /** Paragraphs of the HIPAA Security Rule: `164.312(e)(1)`. @see https://www.ecfr.gov/current/title-45/part-164/subpart-C */
  readonly hipaa?: readonly string[];
  /** Trust services criteria: `CC6.1`. @see https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022 */
  readonly soc2?: readonly string[];
  /** Articles of the GDPR that ask for technical measures: `32(1)(a)`. Which of them a setting supports is our reading. */
  readonly gdpr?: readonly string[];
  /** CIS AWS Foundations Benchmark v3.0.0: `2.2.3`. @see https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html */
  readonly cis?: readonly string[];
  /** AWS Foundational Security Best Practices: `RDS.2`. @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
  readonly fsbp?: readonly string[];
}

/** The answer for one resource. `unknown` is no pass: what the source leaves open, the plan has to decide. */
export type Verdict =
  | { readonly outcome: "holds" }
  | { readonly outcome: "broken"; readonly got: string }
  | { readonly outcome: "unknown"; readonly got: string };

export interface GuardrailDescription<Id extends string = string> {
  /** Stable: exceptions and reports name it. */
  readonly id: Id;
  /** The rule as a sentence that is true where it holds. */
  readonly title: string;
  /** What happens where it is broken. */
  readonly why: string;
  readonly severity: Severity;
  readonly controls: Controls;
  /** Completes "allowed: …". */
  readonly allowed: string;
}

/** A rule that each resource of some types keeps by itself, or with what belongs to it in the root. */
export interface ResourceGuardrail<Id extends string = string> extends GuardrailDescription<Id> {
  /** `aws_db_instance`; `*` for every managed resource. */
  readonly types: readonly string[];
  /** @param today as `2026-11-22` */
  judge(resource: ResourceInstance, root: RootConfiguration, today: string): Verdict;
}

/** A rule about what a root itself says: its providers, its backend, its variables. */
export interface RootGuardrail<Id extends string = string> extends GuardrailDescription<Id> {
  readonly types: "root";
  judgeRoot(root: RootConfiguration): Verdict;
}

export type Guardrail<Id extends string = string> = ResourceGuardrail<Id> | RootGuardrail<Id>;

export const HOLDS: Verdict = { outcome: "holds" };

export function broken(got: string): Verdict {
  return { outcome: "broken", got };
}

export function undecided(got: string): Verdict {
  return { outcome: "unknown", got };
}
