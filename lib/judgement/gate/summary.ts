/** A decision as Markdown for a pull request, short enough that an approver reads it within a minute. */

import { rootName } from "../../terraform/roots";
import type { SourcePlaces } from "../configuration";
import type { Finding } from "../guardrails/judge";
import { findingText } from "../guardrails/report";
import { code, cut, fenced, prose, some } from "../markdown";
import type { Change } from "./change";
import type { CheckResult } from "./checks";
import type { ActionJudgement, Decision } from "./index";
import { inWords } from "./sentence";

/** GitHub refuses longer comments: 65,536 characters. The difference is room for the text that a workflow adds. */
const LONGEST_SUMMARY = 60_000;

/** Text after the root in the first line. */
export const HEADINGS = {
  pass: "✅ passes",
  "approval needed": "✋ needs approval",
  refused: "⛔ is refused",
} as const;

/** The second line of a plan that passes and changes nothing, not even the state. */
export const NOTHING = "Nothing to change.";

/** @param longest length in characters, to which a longer summary is cut; the most important sections come first */
export function markdown(decision: Decision, sources: SourcePlaces, longest = LONGEST_SUMMARY): string {
  const { root, missing, guardrails, changes, access, effects, checks, outputs, judgedByProject } = decision;
  const needs = missing.length > 0 && decision.decision !== "refused" ? `: ${missing.join(", ")}` : "";
  const sections = [
    `## ${rootName(root)} ${HEADINGS[decision.decision]}${needs}\n\n${counts(decision)}`,
    section("Refused", [...bullets(refusals(decision)), ...findings(decision, sources)]),
    section("Deleted, replaced or forgotten", bullets(changes.filter(isDestroyed).map(destroyed))),
    section("To approve", bullets(toApprove(decision))),
    section("Permissions and network access", bullets(access.map((sentence) => inWords(sentence, code)))),
    section(
      "Effects that the plan does not show",
      bullets(effects.map(({ address, effect }) => `${code(address)}: ${prose(effect)}`)),
    ),
    section("Failed or unknown checks", bullets(checksInWords(checks))),
    section(
      "Types judged by the project",
      bullets([...judgedByProject].map(([type, count]) => `${code(type)}: ${count}`)),
    ),
    section("Exceptions in use", bullets(guardrails.excused.map(excused))),
    section("Imported", bullets(changes.flatMap(imported))),
    section("Moved", bullets(changes.flatMap(moved))),
    section("Changed", bullets(changes.filter(({ action }) => action === "update").map(updated))),
    section("Added", bullets(added(changes))),
    section("Outputs", bullets(outputs.map(({ name, action }) => `${WORDS[action]} ${code(name)}`))),
  ];
  return cut(sections.filter((text) => text !== "").join("\n\n"), longest);
}

const WORDS = {
  delete: "delete",
  replace: "replace",
  forget: "forget",
  import: "import",
  move: "move",
  update: "change",
  create: "add",
} as const;

function counts({ decision, changes, isEmpty, isRefreshOnly }: Decision): string {
  if (isEmpty && decision === "pass") return NOTHING;
  if (isRefreshOnly) return "A refresh-only plan: it updates the state to match the account, and changes no resource.";
  const parts = Object.entries(WORDS).flatMap(([action, word]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} to ${word}`];
  });
  return parts.length === 0 ? "No resource changes." : `${parts.join(", ")}.`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `### ${title}\n\n${lines.join("\n")}`;
}

function bullets(items: readonly string[]): string[] {
  return items.map((item) => `- ${item}`);
}

/** Explains each broken rule once, with every place. */
function refusals({ refused, guardrails }: Decision): string[] {
  const rules = groupBy(refused, ({ guardrail }) => guardrail.id).map((judgements) => {
    const [{ guardrail }] = judgements;
    const { id, title, why, allowed } = guardrail;
    const places = judgements.map(({ address, got }) => `\n  - ${code(address)}: ${prose(got)}`);
    return `**${title}** (${id}). ${why} Allowed: ${prose(allowed)}.${places.join("")}`;
  });
  return [...rules, ...guardrails.problems.map(prose)];
}

function findings({ guardrails }: Decision, sources: SourcePlaces): string[] {
  return [...guardrails.broken, ...guardrails.unknown].map((finding) =>
    fenced(findingText(finding, guardrails.root, sources)),
  );
}

function excused({ exception, address }: Finding): string {
  return `${code(address)}: ${exception?.guardrail} until ${exception?.expires}, ${prose(exception?.reason ?? "")}`;
}

/** One line for each rule and kind of finding, with the first addresses. */
function toApprove({ toApprove: judgements, missing }: Decision): string[] {
  return groupBy(judgements, ({ guardrail, got }) => `${guardrail.id} ${got}`).map((group) => {
    const [{ guardrail, approval, got }] = group;
    const given = missing.some((name) => name === approval) ? "" : ", given";
    const addresses = some(
      group.map(({ address }) => code(address)),
      5,
    );
    return `**${approval}**${given}: ${prose(got)} (${guardrail.id}): ${addresses}`;
  });
}

type Group = readonly [ActionJudgement, ...ActionJudgement[]];

function groupBy(judgements: readonly ActionJudgement[], keyOf: (judgement: ActionJudgement) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const judgement of judgements) {
    const group = groups.get(keyOf(judgement));
    groups.set(keyOf(judgement), group === undefined ? [judgement] : [...group, judgement]);
  }
  return [...groups.values()];
}

function isDestroyed({ action }: Change): boolean {
  return action === "delete" || action === "replace" || action === "forget";
}

function destroyed({ address, action, replacedFor, deposed, reason }: Change): string {
  const object = deposed === undefined ? "" : ` (deposed object ${code(deposed)})`;
  const why = replacedFor.length > 0 ? `, because of ${replacedFor.map(code).join(", ")}` : "";
  return `${action} ${code(address)}${object}${why}${reason === undefined ? "" : `: ${prose(reason)}`}`;
}

function imported({ address, importId, changed }: Change): string[] {
  if (importId === undefined) return [];
  const what = changed.length === 0 ? "" : `, which changes ${changed.map(code).join(", ")}`;
  return [`${code(importId)} as ${code(address)}${what}`];
}

function moved({ address, previousAddress }: Change): string[] {
  return previousAddress === undefined ? [] : [`${code(previousAddress)} to ${code(address)}`];
}

/** Many results of a first plan are known after the apply only, so they share a line. */
function checksInWords(checks: readonly CheckResult[]): string[] {
  const failed = checks.filter(({ status }) => status === "failed");
  const unknown = checks.filter(({ status }) => status === "unknown").map(({ address }) => code(address));
  return [
    ...failed.map(({ address, problems }) => `${code(address)} fails: ${problems.map(prose).join("; ")}`),
    ...(unknown.length === 0 ? [] : [`known after the apply: ${some(unknown, 5)}`]),
  ];
}

function updated({ address, changed }: Change): string {
  return changed.length === 0 ? code(address) : `${code(address)}: ${changed.map(code).join(", ")}`;
}

/** Counts by call, because a new environment has hundreds of resources. */
function added(changes: readonly Change[]): string[] {
  const calls = new Map<string, number>();
  for (const { action, address } of changes) {
    const [call] = /^module\.[^.[]+/.exec(address) ?? [address];
    if (action === "create") calls.set(call, (calls.get(call) ?? 0) + 1);
  }
  return calls.size === 0 ? [] : [[...calls].map(([call, count]) => `${code(call)} ${count}`).join(", ")];
}
