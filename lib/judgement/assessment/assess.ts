/** Compares the evidence of guardrails and of Security Hub with the criteria of SOC 2. */
import type { Guardrail } from "../guardrails/guardrail";
import type { Finding, Judgement } from "../guardrails/judge";
import { CRITERIA, type Criterion } from "./criteria";
import { type ControlState, controlState, otherFindings, type SecurityHubFinding } from "./findings";

/**
 * - `failing`: a guardrail is broken, or a control of Security Hub fails.
 * - `excepted`: nothing fails, but an exception or a suppressed finding hides something.
 * - `open`: nothing fails, but a control has no finding that says so.
 * - `supported`: all technical evidence of the table is there.
 * - `people`: the table has no technical evidence for it.
 */
export type CriterionVerdict = "failing" | "excepted" | "open" | "supported" | "people";

export interface AssessedCriterion extends Criterion {
  readonly verdict: CriterionVerdict;
  /** Ids of guardrails that judged a resource of the roots. */
  readonly guardrails: readonly string[];
  readonly broken: readonly PlacedFinding[];
  readonly excused: readonly PlacedFinding[];
  readonly states: readonly ControlState[];
}

export interface PlacedFinding extends Pick<Finding, "address" | "got"> {
  readonly root: string;
  readonly guardrail: string;
  /** Ticket of the exception, and the day of its expiry. */
  readonly exception?: { readonly ticket: string; readonly expires: string };
}

export interface Assessment {
  /** As `2026-11-22`. */
  readonly day: string;
  readonly roots: readonly string[];
  readonly accounts: readonly string[];
  /** Time of the newest finding; null without findings. */
  readonly newest: string | null;
  readonly criteria: readonly AssessedCriterion[];
  /** Findings without a control. */
  readonly others: readonly SecurityHubFinding[];
  readonly failing: boolean;
}

interface Evidence {
  readonly day: string;
  readonly guardrails: readonly Guardrail[];
  readonly judgements: readonly Judgement[];
  readonly findings: readonly SecurityHubFinding[];
}

export function assess({ day, guardrails, judgements, findings }: Evidence): Assessment {
  const applying = guardrails.filter(({ types }) => judgements.some(({ root }) => looksAt(types, root)));
  const criteria = CRITERIA.map((criterion) => assessed(criterion, { applying, judgements, findings }));
  const times = findings.map(({ UpdatedAt }) => UpdatedAt).sort();
  return {
    day,
    roots: judgements.map(({ root }) => root.path),
    accounts: [...new Set(findings.map(({ AwsAccountId }) => AwsAccountId))].sort(),
    newest: times.at(-1) ?? null,
    criteria,
    others: otherFindings(findings),
    failing: criteria.some(({ verdict }) => verdict === "failing"),
  };
}

function looksAt(types: Guardrail["types"], root: Judgement["root"]): boolean {
  return types === "root" || types.some((type) => root.of(type).length > 0);
}

interface Applying extends Pick<Evidence, "judgements" | "findings"> {
  readonly applying: readonly Guardrail[];
}

function assessed(criterion: Criterion, { applying, judgements, findings }: Applying): AssessedCriterion {
  const own = applying.filter(({ controls }) => controls.soc2?.includes(criterion.id));
  const ids = new Set(own.map(({ id }) => id));
  const placed = (kind: "broken" | "excused") =>
    judgements.flatMap((judgement) =>
      judgement[kind].filter(({ guardrail }) => ids.has(guardrail.id)).map((finding) => place(judgement, finding)),
    );
  const states = criterion.controls.map((id) => controlState(id, findings));
  const evidence = { guardrails: [...ids].sort(), broken: placed("broken"), excused: placed("excused"), states };
  return { ...criterion, ...evidence, verdict: verdictOn(evidence) };
}

function verdictOn({
  guardrails,
  broken,
  excused,
  states,
}: Omit<AssessedCriterion, keyof Criterion | "verdict">): CriterionVerdict {
  if (guardrails.length + states.length === 0) return "people";
  if (broken.length > 0 || states.some(({ state }) => state === "failed")) return "failing";
  if (excused.length > 0 || states.some(({ suppressed }) => suppressed > 0)) return "excepted";
  return states.some(({ state }) => state === "none") ? "open" : "supported";
}

function place({ root }: Judgement, { guardrail, address, got, exception }: Finding): PlacedFinding {
  return {
    root: root.path,
    guardrail: guardrail.id,
    address,
    got,
    ...(exception && { exception: { ticket: exception.ticket, expires: exception.expires } }),
  };
}
