/** Guardrails: rules for infrastructure, as rows of data. */
import type { ResourceInstance, RootConfiguration } from "../configuration";

/** How much harm a violation causes. It limits the life of an exception. */
export type Severity = "critical" | "high" | "medium" | "low";

/** Requirements for which a guardrail is technical evidence. No guardrail fulfils one alone. */
export interface Controls {
  /** Paragraphs of the HIPAA Security Rule: `164.312(e)(1)`. @see https://www.ecfr.gov/current/title-45/part-164/subpart-C */
  readonly hipaa?: readonly string[];
  /** Trust services criteria: `CC6.1`. @see https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022 */
  readonly soc2?: readonly string[];
  /**
   * Articles of the GDPR that require technical measures: `32(1)(a)`. The mapping of settings to articles is our
   * interpretation.
   */
  readonly gdpr?: readonly string[];
  /** CIS AWS Foundations Benchmark v3.0.0: `2.2.3`. @see https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html */
  readonly cis?: readonly string[];
  /** AWS Foundational Security Best Practices: `RDS.2`. @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
  readonly fsbp?: readonly string[];
}

/**
 * The answer for one resource. `unknown` is not a pass: the plan decides about values that the source does not show.
 */
export type Verdict =
  | { readonly outcome: "holds" }
  | { readonly outcome: "broken"; readonly got: string }
  | { readonly outcome: "unknown"; readonly got: string };

export interface GuardrailDescription<Id extends string = string> {
  /** Stable, because exceptions and reports refer to it. */
  readonly id: Id;
  /** The rule as a sentence that is true for a resource that keeps it. */
  readonly title: string;
  /** The consequences of a violation. */
  readonly why: string;
  readonly severity: Severity;
  readonly controls: Controls;
  /** Completes "allowed: …". */
  readonly allowed: string;
}

/** A rule for each resource of some types, judged with the resources that belong to it in the root. */
export interface ResourceGuardrail<Id extends string = string> extends GuardrailDescription<Id> {
  /** `aws_db_instance`; `*` for every managed resource. */
  readonly types: readonly string[];
  /** @param today as `2026-11-22` */
  judge(resource: ResourceInstance, root: RootConfiguration, today: string): Verdict;
}

/** A rule for the configuration of a root: its providers, its backend, its variables. */
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
