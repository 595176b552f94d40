/** Formula's document, section by section, and its page docs/formula-document.md. */
import { markdownTable } from "../../../../lib/common/markdown";
import { DATA } from "./data";
import { ENVIRONMENTS } from "./environments";
import { MONITORING } from "./monitoring";
import { NETWORK } from "./network";
import { PROJECT } from "./project";
import { type Kind, kindOf, type Place, type Row } from "./row";
import { SECURITY } from "./security";
import { SIZES } from "./sizes";

export const ROWS: readonly Row[] = [
  ...ENVIRONMENTS,
  ...SIZES,
  ...SECURITY,
  ...NETWORK,
  ...DATA,
  ...MONITORING,
  ...PROJECT,
];

export function counted(kind: Kind): number {
  return ROWS.filter((row) => kindOf(row) === kind).length;
}

export function countsText(): string {
  const [held, different, silent] = [counted("holds"), counted("differs"), counted("asks for nothing")];
  return `${ROWS.length} rows: ${held} hold, ${different} do not hold as written, ${silent} ask for nothing`;
}

/** The cells of each row of the page. */
export function cells(): string[][] {
  return ROWS.map((row) => [row.sections, row.says, kindOf(row), row.places.map(placeText).join(", "), row.why ?? ""]);
}

function placeText(place: Place): string {
  if (typeof place === "string") return `\`${place}\``;
  const [root, address, path, value] = place;
  return `\`${root}/${address}.${path} = ${value}\``;
}

export function page(): string {
  return `<!-- Generated from __tests__/environments/formula/document. Change it there. -->

# Formula's document against the tree

${countsText()}. [Operations of Formula](systems/formula.md) describes what is built.

Sections are those of the document, without zeros at the end. A place is an argument of a resource, as \`<environment>/<address>.<argument>\`;
a call, as \`<environment>/<call>\`; a file, or a guardrail. \`no:\` stands before what the tree must not have.

${markdownTable(["section", "number or rule", "verdict", "where", "why not"], cells())}
`;
}
