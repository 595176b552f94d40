/** What the comment on a pull request says, within the length that GitHub permits. */
import { code, cut } from "../../judgement/markdown";
import type { GateSummary } from "./summaries";

/** In characters; GitHub answers a longer one with 422. JavaScript's count is never less than GitHub's. */
export const LONGEST_COMMENT = 65_536;

/** How the comment is found again: it begins so. Markdown does not show it. */
export const COMMENT_MARKER = "<!-- groundplan: plans of this pull request -->";

export interface CommentContent {
  readonly summaries: readonly GateSummary[];
  /** Roots whose plan should be there and is not. */
  readonly unplanned: readonly string[];
  /** Roots that the pull request takes out of the tree. */
  readonly removed: readonly string[];
  /** Where all the summaries are. */
  readonly runPage: string;
}

/** What matters most stands first; what has no room is named. Undefined where there is nothing to say. */
export function commentText({ summaries, unplanned, removed, runPage }: CommentContent): string | undefined {
  if (summaries.length + unplanned.length + removed.length === 0) return undefined;
  const ranked = RANKS.flatMap((outcome) => summaries.filter((summary) => summary.outcome === outcome));
  const head = [
    COMMENT_MARKER,
    overview(summaries, unplanned, removed),
    list("⛔ Not planned, so nobody knows what would change", unplanned),
    list("Taken out of the tree. What they have made stays, and nothing looks after it any more", removed),
  ];
  const unchanged = list("✅ Nothing to change", namesOf(summaries, "none"));
  const render = (shown: ReadonlyMap<GateSummary, string>) =>
    [...head, ...shown.values(), unchanged, leftOut(ranked, shown, runPage)].filter((text) => text !== "").join("\n\n");
  let shown: ReadonlyMap<GateSummary, string> = new Map();
  for (const summary of ranked) {
    const room = LONGEST_COMMENT - render(new Map([...shown, [summary, ""]])).length - SEPARATORS;
    const text = fitted(summary.text, room);
    if (text !== undefined) shown = new Map([...shown, [summary, text]]);
  }
  return render(shown);
}

/** Told where an earlier version of the pull request had roots to plan. */
export const NO_ROOT = `${COMMENT_MARKER}\n\nThis pull request changes no root: there is nothing to plan.`;

/** Outcomes that are shown in full, the most important first. */
const RANKS = ["refused", "approval", "changes"] as const;

const MARKS = { refused: "⛔", approval: "✋", changes: "✅" } as const;

/** A cut text says at its end how much is missing; less than this says nothing else. */
const LEAST_USEFUL = 1_000;

/** Characters for the blank lines around a text. */
const SEPARATORS = 4;

function fitted(text: string, room: number): string | undefined {
  if (text.length <= room) return text;
  return room < LEAST_USEFUL ? undefined : cut(text, room).trim();
}

function overview(summaries: readonly GateSummary[], unplanned: readonly string[], removed: readonly string[]): string {
  const counts = [
    [namesOf(summaries, "refused").length, "refused"],
    [unplanned.length, "not planned"],
    [namesOf(summaries, "approval").length, "to approve"],
    [namesOf(summaries, "changes").length, "with changes"],
    [namesOf(summaries, "none").length, "without changes"],
    [removed.length, "removed"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `**Roots: ${told.join(", ")}**`;
}

function leftOut(ranked: readonly GateSummary[], shown: ReadonlyMap<GateSummary, string>, runPage: string): string {
  const missing = ranked.filter((summary) => !shown.has(summary));
  const isCut = [...shown].some(([summary, text]) => text !== summary.text);
  if (missing.length === 0 && !isCut) return "";
  const names = RANKS.flatMap((outcome) => {
    const some = namesOf(missing, outcome);
    return some.length === 0 ? [] : [`${MARKS[outcome]} ${named(some)}`];
  });
  return [...names, `A comment has no room for all of it: [every summary is on the page of the run](${runPage}).`].join(
    "\n\n",
  );
}

function list(words: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${words}: ${named(names)}.`;
}

/** Of each list, so that lists alone never fill a comment. That is 200 names of 40 characters. */
const LONGEST_LIST = 8_800;

function named(names: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const name of names) {
    length += code(name).length + 2;
    if (length > LONGEST_LIST) return `${shown.join(", ")} and ${names.length - shown.length} more`;
    shown.push(code(name));
  }
  return shown.join(", ");
}

function namesOf(summaries: readonly GateSummary[], outcome: GateSummary["outcome"]): string[] {
  return summaries.filter((summary) => summary.outcome === outcome).map(({ root }) => root);
}
