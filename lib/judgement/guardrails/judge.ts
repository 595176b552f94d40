/** Judges a root by every guardrail. */

import type { Exception } from "../../generator/root/exception";
import type { RootConfiguration } from "../configuration";
import { inAccountOf } from "./account";
import { GUARDRAILS } from "./catalogue";
import { exceptionProblems, isExpired } from "./exceptions";
import type { Guardrail, Verdict } from "./guardrail";

/** A guardrail that is broken, or that could not be judged. */
export interface Finding {
  readonly guardrail: Guardrail;
  /** Address of the resource; the root's path for a rule about the root itself. */
  readonly address: string;
  readonly outcome: "broken" | "unknown";
  readonly got: string;
  /** The exception for it, which may have expired. */
  readonly exception?: Exception;
}

export interface Judgement {
  readonly root: RootConfiguration;
  /** Number of verdicts by outcome, over all pairs of a guardrail and a resource that it looks at. */
  readonly counts: Readonly<Record<Verdict["outcome"], number>>;
  /** Broken, without a valid exception. */
  readonly broken: readonly Finding[];
  /** Not decided by the source. None may be left on a plan. */
  readonly unknown: readonly Finding[];
  /** Broken, with a valid exception. */
  readonly excused: readonly Finding[];
  /** Problems of the exceptions themselves, one line each. */
  readonly problems: readonly string[];
}

/** @param today as `2026-11-22`; an expired exception permits nothing */
export function judgeRoot(root: RootConfiguration, exceptions: readonly Exception[], today: string): Judgement {
  const counts = { holds: 0, broken: 0, unknown: 0 };
  const findings: Finding[] = [];
  for (const [guardrail, address, verdict] of verdicts(root, today)) {
    counts[verdict.outcome]++;
    if (verdict.outcome === "holds") continue;
    const exception = exceptions.find((one) => one.guardrail === guardrail.id && one.address === address);
    findings.push({ guardrail, address, ...verdict, ...(exception && { exception }) });
  }
  const isExcused = ({ exception }: Finding) => exception !== undefined && !isExpired(exception, today);
  const broken = findings.filter(({ outcome }) => outcome === "broken");
  return {
    root,
    counts,
    broken: broken.filter((finding) => !isExcused(finding)),
    unknown: findings.filter((finding) => finding.outcome === "unknown" && !isExcused(finding)),
    excused: findings.filter(isExcused),
    problems: exceptions.flatMap((exception) => problemsIn(root, exception, findings, today)),
  };
}

function* verdicts(root: RootConfiguration, today: string): Generator<readonly [Guardrail, string, Verdict]> {
  const guardrails: readonly Guardrail[] = GUARDRAILS;
  for (const guardrail of guardrails) {
    if (guardrail.types === "root") {
      yield [guardrail, root.path, guardrail.judgeRoot(root)];
      continue;
    }
    for (const type of guardrail.types) {
      for (const resource of root.of(type)) {
        yield [guardrail, resource.address, guardrail.judge(resource, inAccountOf(resource, root), today)];
      }
    }
  }
}

function problemsIn(
  root: RootConfiguration,
  exception: Exception,
  findings: readonly Finding[],
  today: string,
): string[] {
  const name = `exception from ${exception.guardrail} at ${exception.address}`;
  const own = exceptionProblems(exception, today).map((problem) => `${name}: ${problem}`);
  if (own.length > 0) return own;
  if (exception.address !== root.path && root.at(exception.address) === undefined) {
    return [
      `${name}: got an address that is not in ${root.path}; allowed: the exact address of a resource, or ${root.path}`,
    ];
  }
  const excuses = findings.some((finding) => finding.exception === exception);
  return excuses ? [] : [`${name}: permits nothing, because the guardrail holds there; remove it`];
}
