/** The gate on what only a plan of an applied root has: moves, imports, deposed objects, outputs, checks, refresh-only. */
import { DECISION_JSON, json } from "../../../../lib/judgement/gate/json";
import { NOTHING } from "../../../../lib/judgement/gate/summary";
import { ADDRESS, approvals, entry, gate, NO_OP, STANDING, shown } from "./second-day-plan";

test("a plan that does not even change the state says that there is nothing to change", () => {
  const empty = { resource_changes: [entry(NO_OP)], applyable: false };
  expect(shown(gate(empty))).toBe(`## shop/dev ✅ passes\n\n${NOTHING}\n`);
  expect(shown(gate({ ...empty, applyable: true }))).toBe("## shop/dev ✅ passes\n\nNo resource changes.\n");
  expect(shown(gate({ ...empty, errored: true }))).not.toContain(NOTHING);
  const failing = { checks: [{ address: CHECK, status: "fail", instances: [] }] };
  expect(shown(gate({ ...empty, ...failing }))).not.toContain(NOTHING);
});

test("a move passes, and is listed with both addresses", () => {
  const decision = gate({ resource_changes: [entry(NO_OP, { previous_address: `${ADDRESS}_old` })] });
  expect(decision).toMatchObject({
    decision: "pass",
    changes: [{ action: "move", previousAddress: `${ADDRESS}_old` }],
  });
  expect(shown(decision)).toBe(
    `## shop/dev ✅ passes\n\n1 to move.\n\n### Moved\n\n- \`${ADDRESS}_old\` to \`${ADDRESS}\`\n`,
  );
});

test("a moved policy changes no permissions", () => {
  const role = { actions: ["no-op"], before: { name: "r" }, after: { name: "r" } };
  const decision = gate({ resource_changes: [entry(role, { previous_address: "module.old.x.y" }, "aws_iam_group")] });
  expect(decision).toMatchObject({ toApprove: [], access: [] });
});

test("an import needs the approvals of a creation, and is listed with its id", () => {
  const change = { ...NO_OP, importing: { id: "shop" } };
  const harmless = gate({ resource_changes: [entry(change)] });
  expect(harmless).toMatchObject({ decision: "pass", changes: [{ action: "import", importId: "shop" }] });
  expect(shown(harmless)).toContain(`1 to import.\n\n### Imported\n\n- \`shop\` as \`${ADDRESS}\`\n`);
  const group = gate({ resource_changes: [entry({ ...change, actions: ["update"] }, {}, "aws_iam_group")] });
  expect(approvals(group)).toEqual(["security module.shop.aws_iam_group.this: imported permissions"]);
});

test("an import from another account is refused", () => {
  const foreign = { ...STANDING, arn: "arn:aws:cloudwatch::999999999999:dashboard/shop" };
  const change = { actions: ["no-op"], before: foreign, after: foreign, importing: { id: "shop" } };
  expect(gate({ resource_changes: [entry(change)] }).refused).toMatchObject([
    { got: "a resource of account 999999999999" },
  ]);
});

test.each([
  "aws_eks_cluster",
  "aws_elasticsearch_domain",
  "aws_fsx_windows_file_system",
  "aws_kms_external_key",
  "aws_redshiftserverless_namespace",
  "kubernetes_persistent_volume_v1",
])("a deleted %s loses data", (type) => {
  const deleted = entry({ actions: ["delete"], before: STANDING, after: null }, {}, type);
  expect(gate({ resource_changes: [deleted] }).refused).toMatchObject([{ guardrail: { id: "stateful-kept" } }]);
});

test("an imported object of another account is refused even if the plan replaces it", () => {
  const before = { ...STANDING, arn: "arn:aws:cloudwatch::999999999999:dashboard/shop" };
  const change = { before, after: STANDING, after_unknown: { arn: true }, importing: { id: "shop" } };
  expect(gate({ resource_changes: [entry({ ...change, actions: ["delete", "create"] })] }).refused).toMatchObject([
    { got: "a resource of account 999999999999" },
  ]);
});

test.each([
  ["forgotten", { actions: ["forget"], before: STANDING, after: null }, {}, "forgotten"],
  ["deposed", { actions: ["delete"], before: STANDING, after: null }, { deposed: "d1" }, "deposed and deleted"],
])("a %s object needs the approvals of a deletion", (_, change, more, word) => {
  const queue = gate({ resource_changes: [entry(change, more, "aws_sfn_activity")] });
  expect(approvals(queue)).toEqual([`removal module.shop.aws_sfn_activity.this: ${word} resource`]);
});

test("a deposed object that holds data needs the approvals of a deletion", () => {
  const deposed = entry(
    { actions: ["delete"], before: STANDING, after: null },
    { deposed: "d1" },
    "aws_dynamodb_table",
  );
  expect(gate({ resource_changes: [deposed] }).refused).toMatchObject([
    { got: "deposed and deleted, with a table; no backup is named", guardrail: { id: "stateful-kept" } },
  ]);
});

test.each([
  ["aws_dynamodb_table", "a table"],
  ["aws_kms_key", "the key to all data that it encrypted"],
])("a forgotten %s keeps its data: it needs an approval, and no backup", (type, holds) => {
  const forgotten = entry({ actions: ["forget"], before: STANDING, after: null }, {}, type);
  const decision = gate({ resource_changes: [forgotten] });
  expect(decision.refused).toEqual([]);
  expect(approvals(decision)).toContain(
    `data module.shop.${type}.this: forgotten, with ${holds}: it stays in the account, and Terraform no longer manages it`,
  );
});

test("nobody loses permissions of a forgotten resource", () => {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
  });
  const change = (action: string) => ({ actions: [action], before: { bucket: "shop", policy }, after: null });
  const decisionOn = (action: string) =>
    gate({ resource_changes: [entry(change(action), {}, "aws_s3_bucket_policy")] });
  expect(decisionOn("delete").access).not.toEqual([]);
  expect(decisionOn("forget")).toMatchObject({ access: [], missing: ["security"] });
});

test("a deposed object does not hide its replacement, and is listed with its key", () => {
  const deposed = entry({ actions: ["delete"], before: STANDING, after: null }, { deposed: "d1" });
  const decision = gate({ resource_changes: [entry(NO_OP), deposed] });
  expect(decision.changes).toMatchObject([{ action: "delete", deposed: "d1" }]);
  expect(shown(decision)).toContain(`- delete \`${ADDRESS}\` (deposed object \`d1\`)`);
});

test.each([
  ["replace_because_tainted", "an earlier apply left it tainted"],
  ["replace_by_request", "-replace requests it"],
  ["replace_because_of_the_moon", "replace_because_of_the_moon"],
])("a replacement is listed with Terraform's reason: %s", (action_reason, words) => {
  const change = { actions: ["delete", "create"], before: STANDING, after: STANDING };
  const decision = gate({ resource_changes: [entry(change, { action_reason })] });
  expect(decision.changes).toMatchObject([{ action: "replace", reason: words }]);
  expect(shown(decision).replaceAll("`", "")).toContain(`- replace ${ADDRESS}: ${words}`);
});

test("changes of outputs pass, and are listed without values", () => {
  const output = { before: "old-value", after: "new-value" };
  const decision = gate({
    output_changes: { url: { actions: ["update"], ...output }, arn: { actions: ["no-op"], ...output } },
  });
  expect(decision).toMatchObject({ decision: "pass", outputs: [{ name: "url", action: "update" }] });
  expect(shown(decision)).toBe("## shop/dev ✅ passes\n\nNo resource changes.\n\n### Outputs\n\n- change `url`\n");
});

const CHECK = { kind: "resource", to_display: "module.shop.aws_instance.this" };

test("a failed check is listed, and needs an approval in production", () => {
  const checks = [{ address: CHECK, status: "fail", instances: [{ problems: [{ message: "No answer." }] }] }];
  expect(approvals(gate({ checks }))).toEqual(["drift module.shop.aws_instance.this: failed: No answer."]);
  const elsewhere = gate({ checks }, { production: false });
  expect(elsewhere.decision).toBe("pass");
  expect(shown(elsewhere)).toContain(
    "### Failed or unknown checks\n\n- `module.shop.aws_instance.this` fails: No answer.",
  );
  const errored = [{ address: CHECK, status: "error", instances: [] }];
  expect(approvals(gate({ checks: errored }))).toEqual([
    "drift module.shop.aws_instance.this: failed: Terraform could not evaluate it",
  ]);
});

test("a check whose result is known after the apply is listed, and passes", () => {
  const decision = gate({ checks: [{ address: CHECK, status: "unknown", instances: [] }] });
  expect(decision.decision).toBe("pass");
  expect(shown(decision)).toContain("- known after the apply: `module.shop.aws_instance.this`");
});

test("a target group is not replaced to change its port, which would close the port of running tasks", () => {
  const replaced = (actions: string[], argument = "port") =>
    gate({
      resource_changes: [
        entry(
          { actions, before: { port: 8000 }, after: { port: 9000 }, replace_paths: [[argument]] },
          {},
          "aws_lb_target_group",
        ),
      ],
    }).refused.filter(({ guardrail }) => guardrail.id === "target-groups-kept");
  expect(replaced(["delete", "create"])).toMatchObject([
    { address: "module.shop.aws_lb_target_group.this", got: "replaced to change the port" },
  ]);
  expect(replaced(["create", "delete"])).toHaveLength(1);
  expect(replaced(["update"])).toEqual([]);
  expect(replaced(["create", "delete"], "name")).toEqual([]);
});

describe("a refresh-only plan", () => {
  const state = (values: object) => ({
    values: { root_module: { child_modules: [{ address: "module.shop", resources: [stateEntry(values)] }] } },
  });
  const stateEntry = (values: object) => ({ ...entry({}), values, sensitive_values: {} });
  const byHand = { ...STANDING, dashboard_body: "[]" };

  test("needs the approval drift if it accepts a change by hand", () => {
    const decision = gate({
      prior_state: state(byHand),
      resource_drift: [entry({ actions: ["update"], before: STANDING, after: byHand })],
    });
    expect(decision).toMatchObject({ decision: "approval needed", missing: ["drift"], isRefreshOnly: true });
    expect(approvals(decision)).toEqual([
      `drift ${ADDRESS}: changed without Terraform: dashboard_body; this refresh-only plan accepts it`,
    ]);
    expect(shown(decision)).toContain(
      "A refresh-only plan: it updates the state to match the account, and changes no resource.",
    );
  });

  test("lists the moves that it saves in the state", () => {
    const moved = { previous_address: `${ADDRESS}_old` };
    const decision = gate({ prior_state: state(STANDING), resource_drift: [entry(NO_OP, moved)] });
    expect(decision).toMatchObject({
      decision: "pass",
      isRefreshOnly: true,
      changes: [{ action: "move", changed: [] }],
    });
    expect(shown(decision)).toContain(`### Moved\n\n- \`${ADDRESS}_old\` to \`${ADDRESS}\``);
    const changed = entry({ actions: ["update"], before: STANDING, after: byHand }, moved);
    expect(gate({ prior_state: state(byHand), resource_drift: [changed] })).toMatchObject({
      missing: ["drift"],
      changes: [{ action: "move", changed: [] }],
    });
  });

  test("passes if it only saves attributes that AWS reports", () => {
    const before = { ...STANDING, tags: null };
    const decision = gate({
      prior_state: state({ ...STANDING, tags: {} }),
      resource_drift: [entry({ actions: ["update"], before, after: { ...STANDING, tags: {} } })],
    });
    expect(decision).toMatchObject({ decision: "pass", drift: [], isRefreshOnly: true });
  });
});

test("the JSON has the documented form", () => {
  const decision = gate({
    resource_changes: [
      entry(NO_OP, { previous_address: "module.old.aws_cloudwatch_dashboard.this" }),
      entry({ actions: ["delete"], before: STANDING, after: null }, { deposed: "d1", action_reason: "x" }),
    ],
    output_changes: { url: { actions: ["create"], after: "v" } },
    checks: [{ address: CHECK, status: "unknown", instances: [] }],
  });
  expect(DECISION_JSON.parse(JSON.parse(json(decision)))).toMatchObject({
    changes: [{ previousAddress: "module.old.aws_cloudwatch_dashboard.this" }, { deposed: "d1", reason: "x" }],
    outputs: [{ name: "url", action: "create" }],
    checks: [{ status: "unknown" }],
    refreshOnly: false,
  });
});

describe("an unjudged type", () => {
  const create = { actions: ["create"], before: null, after: { name: "x" } };
  const change = { actions: ["update"], before: { name: "x", tags: {} }, after: { name: "x", tags: { a: "b" } } };
  const judged = [{ type: "aws_synthetics_group", reason: "Ours.", owner: "platform", day: "2026-11-01" }];

  test("needs the approval security to be created or removed, and not for a changed tag", () => {
    const address = "module.shop.aws_synthetics_group.this";
    expect(approvals(gate({ resource_changes: [entry(create, {}, "aws_synthetics_group")] }))).toContain(
      `security ${address}: new resource of the unjudged type aws_synthetics_group`,
    );
    expect(gate({ resource_changes: [entry(change, {}, "aws_synthetics_group")] }).decision).toBe("pass");
  });

  test("needs no approval if the project has judged it, and is counted", () => {
    const decision = gate({ resource_changes: [entry(create, {}, "aws_synthetics_group")] }, { judged });
    expect(approvals(decision)).toEqual([]);
    expect(shown(decision)).toContain("### Types judged by the project\n\n- `aws_synthetics_group`: 1");
  });
});
