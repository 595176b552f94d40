/** Each number and rule of Formula's document: where the tree fulfils it, or why it does not. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { marked, type Tokens } from "marked";
import { GUARDRAIL_IDS } from "../../../lib/common/guardrail-ids";
import { show } from "../../../lib/judgement/configuration";
import { valuesAt } from "../../../lib/judgement/guardrails/values";
import { type HclValue, isUnknown } from "../../../lib/judgement/hcl";
import { roots } from "../../../main";
import { cells, counted, countsText, ROWS } from "./document";
import { kindOf, type Place, sectionsOf, type Value } from "./document/row";
import { SECTIONS } from "./document/sections";
import { configurationOf } from "./roots";

const PROJECT = path.join(__dirname, "../../..");
const PAGE = readFileSync(path.join(PROJECT, "docs/formula-document.md"), "utf8");
const addresses = new Set(roots.map(({ address }) => address));

/** `dev` is `environments/formula/dev`. */
function rootOf(name: string): string {
  return name.includes("/") ? name : `environments/formula/${name}`;
}

/** What is wrong with a place; undefined if it is as the row says. */
function problemOf(place: Place): string | undefined {
  if (typeof place !== "string") return problemOfValue(place);
  if (place.startsWith("no:")) return problemOfAbsence(place.slice("no:".length));
  const guardrails: readonly string[] = GUARDRAIL_IDS;
  if (guardrails.includes(place) || existsSync(path.join(PROJECT, place.split("#")[0] ?? "")))
    return anchorProblem(place);
  const [root, call] = [rootOf(path.dirname(place)), path.basename(place)];
  const isCalled = addresses.has(root) && configurationOf(root).calls.some(({ id }) => id === call);
  return isCalled ? undefined : `${place}: neither a guardrail, a file nor a call`;
}

function anchorProblem(place: string): string | undefined {
  const [file = "", anchor] = place.split("#");
  if (anchor === undefined) return undefined;
  const headings = readFileSync(path.join(PROJECT, file), "utf8").matchAll(/^#+ (.+)$/gm);
  const slugs = Array.from(headings, ([, text = ""]) => text.toLowerCase().replaceAll(" ", "-"));
  return slugs.includes(anchor) ? undefined : `${place}: no such heading`;
}

function problemOfValue([root, address, argument, value]: Value): string | undefined {
  const configuration = configurationOf(rootOf(root));
  const values =
    configuration.at(`module.${address}`)?.values ?? configuration.calls.find(({ id }) => id === address)?.inputs;
  if (values === undefined) return `${root}/${address}: neither a resource nor a call`;
  const found = valuesAt(values, argument);
  const isAll = found.every((one) => written(one) === value);
  return isAll
    ? undefined
    : `${root}/${address}.${argument}: got ${found.map((one) => show(one)).join(", ")}; said: ${value}`;
}

/** A value as the rows write it: references of resources by their addresses. */
function written(value: HclValue): HclValue {
  if (!isUnknown(value)) return value;
  const names = value.references.map(
    ({ address, path: attribute }) => `${address.replace("module.", "")}.${attribute}`,
  );
  return names.length > 0 ? names.join(", ") : value;
}

function problemOfAbsence(text: string): string | undefined {
  const [root = "", start] = text.split(" ");
  if (start === undefined) return addresses.has(root) ? `${root} is there: say what it fulfils` : undefined;
  const found = configurationOf(rootOf(root)).resources.find(({ address }) => address.startsWith(`module.${start}`));
  return found === undefined ? undefined : `${root}: has ${found.address}`;
}

test("each section of the document has a row, and no row has another section", () => {
  const covered = new Set(ROWS.flatMap(({ sections }) => sectionsOf(sections)));
  expect(SECTIONS.filter((section) => !covered.has(section))).toEqual([]);
  expect([...covered].filter((section) => !SECTIONS.includes(section))).toEqual([]);
  expect(SECTIONS).toHaveLength(334);
});

test("each place is as the table says", () => {
  expect(ROWS.flatMap(({ places }) => places.flatMap((place) => problemOf(place) ?? []))).toEqual([]);
});

test("a row that does not hold says why, and what is built", () => {
  const different = ROWS.filter((row) => kindOf(row) === "differs");
  expect(different.filter(({ why = "" }) => why.length < 10)).toEqual([]);
  expect(different.filter(({ places }) => places.length === 0)).toEqual([]);
});

test("the page is the one that the rows make", () => {
  const table = marked.lexer(PAGE).find((token): token is Tokens.Table => token.type === "table");
  expect(table?.rows.map((row) => row.map(({ text }) => text))).toEqual(cells());
  expect(PAGE).toContain(countsText());
  console.log(countsText());
  expect(counted("holds")).toBeGreaterThan(100);
});

test.each<[string, Place]>([
  ["another value", ["prod", "database.aws_db_instance.this", "iops", 3001]],
  ["a missing argument", ["prod", "database.aws_db_instance.this", "none", 1]],
  [
    "a reference to another resource",
    ["prod", "scan_alerts.aws_cloudwatch_event_target.this", "arn", "pages.aws_sns_topic.this.arn"],
  ],
  ["a missing resource", ["prod", "database.aws_db_instance.none", "iops", 3000]],
  ["a missing call", "prod/none"],
  ["a call of another environment", "dev/shield"],
  ["a missing file", "docs/none.md"],
  ["a missing heading", "docs/systems/formula.md#none"],
  ["a root that is there", "no:environments/formula/prod"],
  ["a resource that is there", "no:prod alarms.aws_cloudwatch_metric_alarm"],
])("%s would be reported", (_what, place) => {
  expect(problemOf(place)).toBeDefined();
});
