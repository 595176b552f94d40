/** Text of the issue about a root's drift and unapplied changes, and the steps that bring it up to date. */
import { createHash } from "node:crypto";
import { code, cut, prose, some } from "../../judgement/markdown";
import { rootName } from "../../terraform/roots";
import { isSameBody } from "./body";
import { DRIFT_REPORT, type DriftReport } from "./drift";

/** The issues are found by this label and the marker in their text. */
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
 * Steps that bring the issue up to date. An issue is one incident: after it was closed, new drift opens another one, so that the
 * duration of each incident is known. An issue covers changes outside of Terraform and merged changes that were not applied,
 * because a lost apply is reported nowhere else. A failed plan reports neither of them, and closes no issue.
 * @param open the root's open issue
 */
export function stepsFor(report: DriftReport, open: Issue | undefined): IssueStep[] {
  const isClean = report.outcome === "none";
  if (open === undefined) return isClean ? [] : [{ do: "open", title: titleOf(report), body: bodyOf(report, "") }];
  const { number } = open;
  if (isClean) {
    const body = `${code(rootName(report.root))} has no drift and no unapplied changes.`;
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

/** Texts for each kind of change: the heading of its list, and the start of the comment on other resources. */
const KINDS: Readonly<Record<Kind, { readonly heading: string; readonly found: string }>> = {
  drift: {
    heading: "Changed outside of Terraform; the next apply reverts it:",
    found: "Changed outside of Terraform",
  },
  unmanaged: {
    heading: "Access that no resource of the root grants; an apply does not remove it:",
    found: "Access that no resource grants",
  },
  unapplied: {
    heading: "Merged and not applied; the next apply makes these changes:",
    found: "Merged and not applied",
  },
};

const ALL_KINDS = ["drift", "unmanaged", "unapplied"] as const satisfies readonly Kind[];

const TITLES = {
  none: "no drift",
  drift: "changed outside of Terraform",
  unapplied: "merged and not applied",
  both: "changed outside of Terraform; merged and not applied",
  failed: "could not be planned",
} as const;

function titleOf({ root, outcome }: Pick<DriftReport, "root" | "outcome">): string {
  return `${rootName(root)}: ${TITLES[outcome]}`;
}

/** A title that a person gave is kept. After a failed plan ours is kept too, because the known drift may still exist. */
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

/** Replaces our section of the text, and keeps the text before and after it. */
function bodyOf(report: DriftReport, there: string): string {
  const old = there.replaceAll("\r\n", "\n");
  const from = old.indexOf(begin(report.root));
  const to = from < 0 ? -1 : old.lastIndexOf(END);
  const before = from < 0 ? "" : old.slice(0, from);
  const after = to < 0 ? "" : old.slice(to + END.length);
  const ours = to < 0 ? "" : old.slice(from, to);
  return `${before}${ourPart(report, ours)}${after}`;
}

/** @param old our section in the issue; its list of changes is kept while the plan fails */
function ourPart(report: DriftReport, old: string): string {
  const { root, outcome, error = "" } = report;
  const isFailed = outcome === "failed";
  const from = old.indexOf(`\n${CHANGES}\n`);
  const known = from < 0 ? CHANGES : old.slice(from).trim();
  const parts = [
    begin(root),
    `The drift check of ${code(rootName(root))} updates this section, and closes the issue when there are no drift and no unapplied changes.`,
    isFailed ? `**The plan failed**, so the list below may be out of date: ${prose(error)}` : "",
    isFailed ? known : changes(report),
    END,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** In characters. GitHub's limit is 65,536; the rest is for text that people add. */
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
 * Digest of the addresses of each kind, as an issue may not have room for all of them. Unmanaged access is included only if there
 * is some, so that issues without it keep their digest.
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
  return `The list of resources has changed. ${now.join(" ")}`;
}
