/** What the issue about a root's drift says, and what has to be done to it. */
import { createHash } from "node:crypto";
import { code, cut, prose, some } from "../gate/markdown";
import { rootName } from "../terraform/roots";
import type { DriftReport } from "./drift";

/** How the issues are found, together with the marker in their text. */
export const DRIFT_LABEL = "drift";

export interface Issue {
  readonly number: number;
  readonly body: string;
}

export type IssueStep =
  | { readonly do: "open"; readonly title: string; readonly body: string }
  | { readonly do: "edit"; readonly number: number; readonly body: string }
  | { readonly do: "comment"; readonly number: number; readonly body: string }
  | { readonly do: "close"; readonly number: number };

/**
 * What brings the issue up to date; nothing where it is. An issue is one incident: drift after it was closed opens another,
 * so that how long each lasted can be told afterwards. A plan that failed says nothing about drift, and closes nothing.
 * @param open the root's open issue
 */
export function stepsFor(report: DriftReport, open: Issue | undefined): IssueStep[] {
  const isDrifted = report.outcome === "drift" || report.outcome === "both";
  const isFailed = report.outcome === "failed";
  if (open === undefined) {
    if (!isDrifted && !isFailed) return [];
    return [{ do: "open", title: `Drift check of ${rootName(report.root)}`, body: bodyOf(report, "") }];
  }
  const { number } = open;
  if (!isDrifted && !isFailed) {
    return [
      { do: "comment", number, body: `${code(rootName(report.root))} can be planned, and has no drift.` },
      { do: "close", number },
    ];
  }
  const body = bodyOf(report, open.body);
  const isMoved = isDrifted && placesIn(open.body) !== placesOf(report);
  return [
    ...(isSame(open.body, body) ? [] : [{ do: "edit" as const, number, body }]),
    ...(isMoved ? [{ do: "comment" as const, number, body: moved(report) }] : []),
  ];
}

/** Whether the issue is about this root. */
export function isAbout(body: string, root: string): boolean {
  return body.includes(begin(root));
}

function begin(root: string): string {
  return `<!-- groundplan drift of ${root} -->`;
}

const END = "<!-- end of groundplan drift -->";
const CHANGES = "<!-- changes -->";

/** Our part of the text is replaced; what people have written before and after it stays. */
function bodyOf(report: DriftReport, there: string): string {
  const old = there.replaceAll("\r\n", "\n");
  const from = old.indexOf(begin(report.root));
  const to = from < 0 ? -1 : old.lastIndexOf(END);
  const before = from < 0 ? "" : old.slice(0, from);
  const after = to < 0 ? "" : old.slice(to + END.length);
  const ours = to < 0 ? "" : old.slice(from, to);
  return `${before}${ourPart(report, ours)}${after}`;
}

/** @param old our part as it is: what is known of changes stays while the root cannot be planned */
function ourPart(report: DriftReport, old: string): string {
  const { root, outcome, error = "" } = report;
  const isFailed = outcome === "failed";
  const known = old.includes(CHANGES) ? old.slice(old.indexOf(CHANGES)).trim() : CHANGES;
  const parts = [
    begin(root),
    `The drift check of ${code(rootName(root))} keeps this part up to date, and closes the issue once there is none.`,
    isFailed ? `**It could not be planned**, so what is known may be old: ${prose(error)}` : "",
    isFailed ? known : changes(report),
    END,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** In characters: leaves room for what people add to the 65,536 that GitHub permits. */
const LONGEST_CHANGES = 50_000;

function changes(report: DriftReport): string {
  const lines = (kind: "drift" | "unapplied") => report.changes.filter((change) => change.kind === kind).map(line);
  const sections = [
    `**Changed past Terraform; the next apply puts it back:**\n\n${lines("drift").join("\n")}`,
    lines("unapplied").length === 0 ? "" : `**Merged, and waiting for its apply:**\n\n${lines("unapplied").join("\n")}`,
  ];
  const text = cut(sections.filter((section) => section !== "").join("\n\n"), LONGEST_CHANGES).trim();
  return `${CHANGES}\n<!-- places ${placesOf(report)} -->\n\n${text}`;
}

function line({ address, actions, attributes }: DriftReport["changes"][number]): string {
  const what = attributes.length > 0 ? `: ${some(attributes.map(code), 20)}` : "";
  return `- ${actions.join(" and ")} ${code(address)}${what}`;
}

function driftedIn({ changes: all }: DriftReport): string[] {
  return all.flatMap(({ kind, address }) => (kind === "drift" ? [address] : [])).sort();
}

/** Stands for the set of drifted addresses, of which there may be more than a text has room for. */
function placesOf(report: DriftReport): string {
  return createHash("sha256")
    .update(JSON.stringify(driftedIn(report)))
    .digest("hex")
    .slice(0, 16);
}

function placesIn(body: string): string | undefined {
  return /<!-- places ([0-9a-f]{16}) -->/.exec(body)?.[1];
}

function moved(report: DriftReport): string {
  return `The drift is at other places now: ${some(driftedIn(report).map(code), 50)}.`;
}

function isSame(there: string, wanted: string): boolean {
  return there.replaceAll("\r\n", "\n").trim() === wanted.trim();
}
