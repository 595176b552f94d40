/** The page about Vitality's security: its table of SOC 2, and what it says of the accounts. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { account } from "../../environments/accounts/account";
import { accountRoots } from "../../environments/accounts/roots";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { CRITERIA } from "../../lib/judgement/assessment/criteria";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { TREE } from "./committed-tree";
import { codesIn, pageOf } from "./system-page";

const file = path.join(__dirname, "../../docs/systems/vitality/security.md");
const text = readFileSync(file, "utf8");
const page = pageOf([file]);
const tree = new Configurations(readTree(TREE));
const accounts = accountRoots.flatMap(({ account, findings }) =>
  findings === undefined ? [] : [{ root: tree.root(`accounts/${account.name}`), account, findings }],
);

test("the table of criteria is that of the assessment", () => {
  const rows = page.rows("Criteria").map(([id, subject, controls, byPeople]) => ({
    id: id?.text,
    subject: subject?.text,
    controls: codesIn(controls?.text),
    byPeople: byPeople?.text,
  }));
  expect(rows).toEqual(CRITERIA);
});

test("the modules of the page are those that the accounts call", () => {
  const named = page.rows("Findings").flatMap(([, module]) => codesIn(module?.text));
  expect(accounts.map(({ account }) => account.name)).toEqual(["vitality-dev", "vitality-prod"]);
  for (const { root, findings } of accounts) {
    const called = root.calls.map(({ module }) => module.replace("modules/", ""));
    const missing = named.filter((module) => !called.includes(module));
    expect(missing).toEqual(findings.export === null ? ["findings-export"] : []);
  }
});

test("the retention, the bucket and the alarms of the page are in the tree", () => {
  for (const { root, account, findings } of accounts) {
    expect(text).toContain(`locked for ${findings.archiveDays} days`);
    const buckets = root.of("aws_s3_bucket").map(({ values }) => values.bucket);
    expect(buckets).toContain(`${account.name}-records-findings-${account.id}`);
    const alarms = root.of("aws_cloudwatch_metric_alarm").map(({ values }) => values.alarm_name);
    expect(alarms).toEqual(expect.arrayContaining(["account-events-dead-letters", "account-findings-not-delivered"]));
  }
});

test("a tool outside of AWS is one call more, with a role that environments may not change", () => {
  const connectionArn =
    "arn:aws:events:eu-west-1:121212121212:connection/findings/1234abcd-12ab-34cd-56ef-1234567890ab";
  for (const one of accountRoots.filter(({ account: { name } }) => name === "vitality-prod")) {
    if (one.findings === undefined) throw new Error("vitality-prod handles no findings");
    const endpoint = "https://tool.example.com/findings";
    const root = account({ ...one, findings: { ...one.findings, export: { connectionArn, endpoint } } });
    const files = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
    const exporting = new Configurations(files).root(root.address);
    const before = tree.root(root.address);
    expect(exporting.calls.length).toBe(before.calls.length + 1);
    const { broken, excused } = judgeRoot(exporting, [], "2026-11-30");
    expect([...broken, ...excused]).toEqual([]);
    expect(exporting.of("aws_cloudwatch_event_api_destination")).toMatchObject([
      { values: { connection_arn: connectionArn, invocation_endpoint: endpoint } },
    ]);
    const guarded = exporting.calls.find(({ module }) => module === "modules/delivery-boundaries")?.inputs;
    expect(isGuarded(guarded, "account-findings-export")).toBe(true);
  }
});

test("environments may not change what handles findings", () => {
  for (const { root } of accounts) {
    const roles = root.of("aws_iam_role").map(({ values }) => String(values.name));
    const guarded = root.calls.find(({ module }) => module === "modules/delivery-boundaries")?.inputs;
    const handling = roles.filter((name) => /^account-(findings|security-review)/.test(name));
    expect(handling.length).toBeGreaterThan(3);
    expect(handling.filter((name) => !isGuarded(guarded, name))).toEqual([]);
  }
});

/** @param boundaries inputs of the module, with names and patterns of roles */
function isGuarded(boundaries: unknown, role: string): boolean {
  const patterns = z.array(z.string()).parse(Object(boundaries).guarded_role_names);
  return patterns.some(
    (pattern) => role === pattern || (pattern.endsWith("*") && role.startsWith(pattern.slice(0, -1))),
  );
}
