/** Reads the gate's summaries, which jobs pass to each other as files. */

import { InputError } from "../../common/errors";
import { readText } from "../../common/input-file";
import { HEADINGS, NOTHING } from "../../judgement/gate/summary";
import { rootName } from "../../terraform/roots";

export interface GateSummary {
  /** Name of the root in commands: `shop/prod`. */
  readonly root: string;
  readonly outcome: "refused" | "approval" | "changes" | "none";
  /** Markdown. */
  readonly text: string;
}

/** First line of a summary. */
const TITLE = new RegExp(`^## ([a-z0-9/-]+) (${Object.values(HEADINGS).join("|")})`);

/** @param file written by `groundplan gate --summary` @throws InputError */
export function readSummary(file: string): GateSummary {
  return summaryOf(file, readText(file, "a file that `groundplan gate --summary` has written"));
}

/** @throws InputError if the text is not a summary: no root may be lost because of an invalid file */
export function summaryOf(place: string, text: string): GateSummary {
  const [first = "", , counts] = text.split("\n");
  const [, name, mark] = TITLE.exec(first) ?? [];
  if (name === undefined) {
    throw new InputError(place, [
      `first line: got ${JSON.stringify(first.slice(0, 80))}; allowed: ## <root> <decision>, as \`groundplan gate --summary\` writes it`,
    ]);
  }
  return { root: rootName(name), outcome: outcomeOf(mark, counts), text: text.trim() };
}

function outcomeOf(mark: string | undefined, counts: string | undefined): GateSummary["outcome"] {
  if (mark === HEADINGS.refused) return "refused";
  if (mark === HEADINGS["approval needed"]) return "approval";
  return counts === NOTHING ? "none" : "changes";
}
