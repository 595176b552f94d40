/** Text of the comment on a pull request, within GitHub's length limit. */
import { code, cut } from "../../judgement/markdown";
import type { GateSummary } from "./summaries";

/** In characters; GitHub rejects a longer comment with 422. JavaScript never counts fewer characters than GitHub. */
export const LONGEST_COMMENT = 65_536;

/** First line of the comment, by which it is found again. Markdown does not show it. */
export const COMMENT_MARKER = "<!-- groundplan: plans of this pull request -->";

export interface CommentContent {
  readonly summaries: readonly GateSummary[];
  /** Affected roots without a summary. */
  readonly unplanned: readonly string[];
  /** Roots that the pull request removes from the tree. */
  readonly removed: readonly string[];
  /** URL of the page with all summaries. */
  readonly runPage: string;
}

/** The most important roots come first; roots without room are listed by name. Undefined if no root is affected. */
export function commentText({ summaries, unplanned, removed, runPage }: CommentContent): string | undefined {
  if (summaries.length + unplanned.length + removed.length === 0) return undefined;
  const ranked = RANKS.flatMap((outcome) => summaries.filter((summary) => summary.outcome === outcome));
  const head = [
    COMMENT_MARKER,
    overview(summaries, unplanned, removed),
    list("⛔ Not planned, changes unknown", unplanned),
    list("Removed from the tree; their resources still exist and are no longer managed", removed),
  ];
  const unchanged = list("✅ No changes", namesOf(summaries, "none"));
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

/** For a pull request of which an earlier version affected roots. */
export const NO_ROOT = `${COMMENT_MARKER}\n\nThis pull request affects no root: there is nothing to plan.`;

/** Outcomes with a full summary, the most important first. */
const RANKS = ["refused", "approval", "changes"] as const;

const MARKS = { refused: "⛔", approval: "✋", changes: "✅" } as const;

/** In characters. A shorter part of a summary is left out. */
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
    [namesOf(summaries, "approval").length, "need approval"],
    [namesOf(summaries, "changes").length, "with changes"],
    [namesOf(summaries, "none").length, "without changes"],
    [removed.length, "removed"],
  ] as const;
  const nonZero = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `**Roots: ${nonZero.join(", ")}**`;
}

function leftOut(ranked: readonly GateSummary[], shown: ReadonlyMap<GateSummary, string>, runPage: string): string {
  const missing = ranked.filter((summary) => !shown.has(summary));
  const isCut = [...shown].some(([summary, text]) => text !== summary.text);
  if (missing.length === 0 && !isCut) return "";
  const names = RANKS.flatMap((outcome) => {
    const some = namesOf(missing, outcome);
    return some.length === 0 ? [] : [`${MARKS[outcome]} ${named(some)}`];
  });
  return [
    ...names,
    `GitHub's length limit cuts this comment: [the page of the run](${runPage}) has all summaries.`,
  ].join("\n\n");
}

function list(words: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${words}: ${named(names)}.`;
}

/** Characters of one list, so that lists alone do not fill a comment: 200 names of 40 characters. */
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
