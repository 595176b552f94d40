/** The summaries of gates, as files that jobs hand to each other. */

import { InputError } from "../../common/errors";
import { readText } from "../../common/input-file";
import { HEADINGS, NOTHING } from "../../judgement/gate/summary";
import { rootName } from "../../terraform/roots";

export interface GateSummary {
  /** What commands call the root: `shop/prod`. */
  readonly root: string;
  readonly outcome: "refused" | "approval" | "changes" | "none";
  /** Markdown. */
  readonly text: string;
}

/** How a gate's summary begins. */
const TITLE = new RegExp(`^## ([a-z0-9/-]+) (${Object.values(HEADINGS).join("|")})`);

/** @param file that `groundplan gate --summary` has written @throws InputError */
export function readSummary(file: string): GateSummary {
  return summaryOf(file, readText(file, "what `groundplan gate --summary` writes"));
}

/** @throws InputError where the text is no summary: a root must not get lost because nobody understood its summary */
export function summaryOf(place: string, text: string): GateSummary {
  const [first = "", , counts] = text.split("\n");
  const [, name, mark] = TITLE.exec(first) ?? [];
  if (name === undefined) {
    throw new InputError(place, [
      `first line: got ${JSON.stringify(first.slice(0, 80))}; allowed: ## <root>, and whether it passes, as \`groundplan gate --summary\` writes it`,
    ]);
  }
  return { root: rootName(name), outcome: outcomeOf(mark, counts), text: text.trim() };
}

function outcomeOf(mark: string | undefined, counts: string | undefined): GateSummary["outcome"] {
  if (mark === HEADINGS.refused) return "refused";
  if (mark === HEADINGS["approval needed"]) return "approval";
  return counts === NOTHING ? "none" : "changes";
}
