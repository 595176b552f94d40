/** The page about Vitality's security: its table of SOC 2, and what it says of the accounts. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { account } from "../../environments/accounts/account";
import { accountRoots } from "../../environments/accounts/roots";
import type { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { writeTree } from "../../lib/generator/synth/write";
import { CRITERIA } from "../../lib/judgement/assessment/criteria";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { describePlanNightly } from "../support/nightly";
import { PLAN_TIMEOUT, plannedRoot } from "../support/planned";
import { committedPlan } from "./committed-plan";
import { TREE } from "./committed-tree";
import { differences } from "./plan-differences";
import { codesIn, pageOf } from "./system-page";

const file = path.join(__dirname, "../../docs/systems/vitality/security.md");
const text = readFileSync(file, "utf8");
const page = pageOf([file]);
const tree = new Configurations(readTree(TREE));
const accounts = accountRoots.flatMap(({ account, costCenter, findings }) =>
  findings === undefined || costCenter !== "vitality"
    ? []
    : [{ root: tree.root(`accounts/${account.name}`), account, findings }],
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

const TOOL = {
  connectionArn: "arn:aws:events:eu-west-1:121212121212:connection/findings/1234abcd-12ab-34cd-56ef-1234567890ab",
  endpoint: "https://tool.example.com/findings",
};

/** The root of the account that collects the findings, with these switches in its data. */
function administrator(organization: boolean, tool: typeof TOOL): Root {
  const one = accountRoots.find(({ account: { name } }) => name === "vitality-prod");
  const compliance = one?.detectors.compliance;
  if (one?.findings === undefined || compliance === undefined || !("members" in compliance.findings)) {
    throw new Error("vitality-prod collects no findings");
  }
  const findings = { ...compliance.findings, organization };
  return account({
    ...one,
    findings: { ...one.findings, export: tool },
    detectors: { ...one.detectors, compliance: { ...compliance, findings } },
  });
}

test("a tool outside of AWS is one call more, with a role that environments may not change", () => {
  const root = administrator(false, TOOL);
  const files = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
  const exporting = new Configurations(files).root(root.address);
  expect(exporting.calls.length).toBe(tree.root(root.address).calls.length + 1);
  const { broken, excused } = judgeRoot(exporting, [], "2026-11-30");
  expect([...broken, ...excused]).toEqual([]);
  const guarded = exporting.calls.find(({ module }) => module === "modules/delivery-boundaries")?.inputs;
  expect(isGuarded(guarded, "account-findings-export")).toBe(true);
});

describePlanNightly("the plan of the administrator's account", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-account-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    "with an organization and a tool outside of AWS adds both, and replaces nothing",
    async () => {
      const root = administrator(true, TOOL);
      writeTree(folder, renderTree([root]));
      const planned = await plannedRoot(folder, root.address);
      // A member that exists ignores a change of its argument `invite`: only a new one is not invited.
      const hubs = ["hub", "us_east_1_hub"].flatMap((hub) => [
        `~ module.${hub}.aws_securityhub_member.this["dev"]`,
        `+ module.${hub}.aws_securityhub_organization_configuration.this[0]`,
      ]);
      const tool = ["event_api_destination", "event_rule", "event_target"].map(
        (part) => `+ module.findings_export.aws_cloudwatch_${part}.this`,
      );
      const role = ["role", "role_policy"].map((part) => `+ module.findings_export.aws_iam_${part}.this`);
      expect(differences(await committedPlan(root.address), planned)).toEqual([...tool, ...role, ...hubs]);
      expect(planned.values("module.findings_export.aws_cloudwatch_event_api_destination.this")).toMatchObject({
        connection_arn: TOOL.connectionArn,
        invocation_endpoint: TOOL.endpoint,
      });
    },
    PLAN_TIMEOUT,
  );
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
