/**
 * What the corrections of AWS Config set is what every root declares: otherwise a correction and an apply would undo each
 * other without an end.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { unusedServices } from "../../environments/accounts/controls";
import { CONFIG_REMEDIATIONS, type ConfigRemediation, type ConfigRemediationId } from "../../lib";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { statementsOf } from "../../lib/judgement/guardrails/policies";
import { valuesAt } from "../../lib/judgement/guardrails/values";
import { type HclValue, Unknown } from "../../lib/judgement/hcl";
import { roots } from "../../main";
import { RULES } from "../../modules/config-rules/rules";
import { TREE } from "./committed-tree";

const tree = new Configurations(readTree(TREE));

const BLOCKED = {
  block_public_acls: [true],
  block_public_policy: [true],
  ignore_public_acls: [true],
  restrict_public_buckets: [true],
};

/** The arguments that a correction sets, with the values that it leaves behind. Null is the provider's default. */
const DECLARED: { readonly [rule in ConfigRemediationId]: readonly [type: string, Record<string, HclValue[]>] } = {
  default_security_group_closed: ["aws_default_security_group", { ingress: [[], null], egress: [[], null] }],
  key_rotated: ["aws_kms_key", { enable_key_rotation: [true], rotation_period_in_days: [365, null] }],
  rds_cluster_deletion_protected: ["aws_rds_cluster", { deletion_protection: [true] }],
  s3_account_public_access: ["aws_s3_account_public_access_block", BLOCKED],
  s3_bucket_public_access: ["aws_s3_bucket_public_access_block", BLOCKED],
  s3_bucket_versioned: ["aws_s3_bucket_versioning", { "versioning_configuration.status": ["Enabled"] }],
  subnet_without_public_addresses: ["aws_subnet", { map_public_ip_on_launch: [false, null] }],
};

test.each(Object.entries(DECLARED))("the correction %s leaves what every root declares", (_rule, [type, values]) => {
  const declared = roots.flatMap(({ address }) => tree.root(address).of(type));
  expect(declared.length).toBeGreaterThan(0);
  for (const [argument, allowed] of Object.entries(values)) {
    const others = declared.filter((one) => !valuesAt(one.values, argument).every((value) => isAmong(value, allowed)));
    expect([argument, others.map(({ address }) => address)]).toEqual([argument, []]);
  }
});

/** Security groups and buckets that an account has, and Terraform does not manage, are corrected as well. */
test("each correction has a test of what it sets", () => {
  expect(Object.keys(DECLARED)).toEqual(Object.keys(CONFIG_REMEDIATIONS));
});

const page = readFileSync(path.join(__dirname, "../../docs/systems/vitality/security-checks.md"), "utf8");

test("the page lists each rule with its severity and its correction, and each control that is not checked", () => {
  const corrections: Readonly<Record<string, ConfigRemediation | undefined>> = CONFIG_REMEDIATIONS;
  const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const listed = rows.flatMap(([, rule = "", severity, correction]) =>
    rule.startsWith("`account-") ? [[/`(.+?)`/.exec(rule)?.[1], severity, correction]] : [],
  );
  expect(listed).toEqual(
    Object.entries(RULES).map(([rule, { severity }]) => {
      const correction = corrections[rule];
      const document = correction === undefined ? "none" : `\`${correction.document}\``;
      return [`account-${rule.replaceAll("_", "-")}`, severity.toLowerCase(), document];
    }),
  );
  for (const control of Object.keys(unusedServices("…"))) expect(page).toContain(`\`${control}\``);
});

/** Actions that write logs and traces. */
const TELEMETRY = /^(?:logs:(?:CreateLogStream|PutLogEvents)|xray:Put\w+)$/;

test("the reasons for functions that nothing monitors are true", () => {
  const functions = roots.flatMap(({ address, props: { accountId } }) =>
    tree
      .root(address)
      .of("aws_lambda_function")
      .map(() => accountId),
  );
  const reasons = roots.flatMap(({ address, props: { accountId } }) =>
    tree
      .root(address)
      .of("aws_securityhub_standards_control_association")
      .filter(({ values }) => values.security_control_id === "GuardDuty.6")
      .map(({ values }) => [String(values.updated_reason), functions.includes(accountId)] as const),
  );
  const withFunctions = reasons.filter(([, hasFunctions]) => hasFunctions).map(([reason]) => reason);
  expect([...new Set(withFunctions)]).toEqual([expect.stringMatching(/^Functions read no data of the account/)]);
  const actions = roots
    .flatMap(({ address }) => tree.root(address).of("aws_iam_role_policy"))
    .filter(({ module }) => module === "modules/lambda-function")
    .map(({ values: { policy = null } }) => statementsOf(policy))
    .flatMap((statements) => (statements instanceof Unknown ? [statements] : statements.flatMap((one) => one.actions)));
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !TELEMETRY.test(String(action)))).toEqual([]);
});

function isAmong(value: HclValue, allowed: readonly HclValue[]): boolean {
  return allowed.some((one) => JSON.stringify(one) === JSON.stringify(value));
}
