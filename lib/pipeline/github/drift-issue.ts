/** What the issue about a root says that is not as its source says, and what has to be done to it. */
import { createHash } from "node:crypto";
import { code, cut, prose, some } from "../../judgement/markdown";
import { rootName } from "../../terraform/roots";
import { isSameBody } from "./body";
import { DRIFT_REPORT, type DriftReport } from "./drift";

/** How the issues are found, together with the marker in their text. */
export const DRIFT_LABEL = "drift";

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

export type IssueStep =
  | { readonly do: "open"; readonly title: string; readonly body: string }
  | { readonly do: "edit"; readonly number: number; readonly title: string; readonly body: string }
  | { readonly do: "comment"; readonly number: number; readonly body: string }
  | { readonly do: "close"; readonly number: number };

/**
 * What brings the issue up to date; nothing where it is. An issue is one incident: what is found after it was closed opens
 * another, so that how long each lasted can be told afterwards. It covers what was changed outside of Terraform and what was
 * merged and not applied, as an apply that was lost shows nowhere else. A plan that failed says nothing about either, and
 * closes nothing.
 * @param open the root's open issue
 */
export function stepsFor(report: DriftReport, open: Issue | undefined): IssueStep[] {
  const isClean = report.outcome === "none";
  if (open === undefined) return isClean ? [] : [{ do: "open", title: titleOf(report), body: bodyOf(report, "") }];
  const { number } = open;
  if (isClean) {
    const body = `${code(rootName(report.root))} can be planned, and is as its source says.`;
    return [
      { do: "comment", number, body },
      { do: "close", number },
    ];
  }
  const body = bodyOf(report, open.body);
  const title = titleFor(report, open);
  const isMoved = report.outcome !== "failed" && placesIn(open.body) !== placesOf(report);
  return [
    ...(title === open.title && isSameBody(open.body, body) ? [] : [{ do: "edit" as const, number, title, body }]),
    ...(isMoved ? [{ do: "comment" as const, number, body: moved(report) }] : []),
  ];
}

type Kind = DriftReport["changes"][number]["kind"];

/** What the issue says of each kind: the heading of its list, and its first words where its places change. */
const KINDS: Readonly<Record<Kind, { readonly heading: string; readonly found: string }>> = {
  drift: {
    heading: "Changed outside of Terraform; the next apply puts it back:",
    found: "Changed outside of Terraform",
  },
  unmanaged: {
    heading: "Access that no resource of the root explains; no apply takes it away:",
    found: "Access that no resource explains",
  },
  unapplied: { heading: "Merged and not applied; the next apply does it:", found: "Merged and not applied" },
};

const ALL_KINDS = ["drift", "unmanaged", "unapplied"] as const satisfies readonly Kind[];

const TITLES = {
  none: "as its source says",
  drift: "changed outside of Terraform",
  unapplied: "merged and not applied",
  both: "changed outside of Terraform; merged and not applied",
  failed: "could not be planned",
} as const;

function titleOf({ root, outcome }: Pick<DriftReport, "root" | "outcome">): string {
  return `${rootName(root)}: ${TITLES[outcome]}`;
}

/** A title that somebody gave stays; after a plan that failed ours does too, as what was known may still be so. */
function titleFor(report: DriftReport, { title }: Issue): string {
  const ours = DRIFT_REPORT.shape.outcome.options.map((outcome) => titleOf({ root: report.root, outcome }));
  return report.outcome !== "failed" && ours.includes(title) ? titleOf(report) : title;
}

/** Whether the issue is about this root. */
export function isAbout(body: string, root: string): boolean {
  return body.split(/\r?\n/).includes(begin(root));
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
  const from = old.indexOf(`\n${CHANGES}\n`);
  const known = from < 0 ? CHANGES : old.slice(from).trim();
  const parts = [
    begin(root),
    `The drift check of ${code(rootName(root))} keeps this part up to date, and closes the issue once the root is as its source says.`,
    isFailed ? `**It could not be planned**, so what is known may be old: ${prose(error)}` : "",
    isFailed ? known : changes(report),
    END,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** In characters: leaves room for what people add to the 65,536 that GitHub permits. */
const LONGEST_CHANGES = 50_000;

function changes(report: DriftReport): string {
  const sections = ALL_KINDS.map((kind) => section(KINDS[kind].heading, changesOf(kind, report)));
  const text = cut(sections.filter((one) => one !== "").join("\n\n"), LONGEST_CHANGES).trim();
  return `${CHANGES}\n<!-- places ${placesOf(report)} -->\n\n${text}`;
}

function changesOf(kind: Kind, report: DriftReport): DriftReport["changes"] {
  return report.changes.filter((change) => change.kind === kind);
}

function section(heading: string, all: DriftReport["changes"]): string {
  return all.length === 0 ? "" : `**${heading}**\n\n${all.map(line).join("\n")}`;
}

function line({ address, actions, attributes }: DriftReport["changes"][number]): string {
  const what = attributes.length > 0 ? `: ${some(attributes.map(code), 20)}` : "";
  const doing = actions.length === 0 ? "" : `${prose(actions.join(" and "))} `;
  return `- ${doing}${code(address)}${what}`;
}

function placesAt(kind: Kind, report: DriftReport): string[] {
  return changesOf(kind, report)
    .map(({ address }) => address)
    .sort();
}

/**
 * Stands for the set of addresses of each kind, of which there may be more than a text has room for. Unmanaged access
 * counts where there is some, so that issues without it keep the digest that they have.
 */
function placesOf(report: DriftReport): string {
  const unmanaged = placesAt("unmanaged", report);
  return createHash("sha256")
    .update(
      JSON.stringify([
        placesAt("drift", report),
        placesAt("unapplied", report),
        ...(unmanaged.length > 0 ? [unmanaged] : []),
      ]),
    )
    .digest("hex")
    .slice(0, 16);
}

function placesIn(body: string): string | undefined {
  return /^<!-- places ([0-9a-f]{16}) -->$/m.exec(body)?.[1];
}

function moved(report: DriftReport): string {
  const now = ALL_KINDS.flatMap((kind) => {
    const places = placesAt(kind, report);
    return places.length === 0 ? [] : [`${KINDS[kind].found}: ${some(places.map(code), 50)}.`];
  });
  return `Other places than before. ${now.join(" ")}`;
}
