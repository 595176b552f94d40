import fc from "fast-check";
import { DRIFT_REPORT, type DriftReport, driftReport, failedReport } from "../../../../lib/pipeline/github/drift";
import { resourceOf, rootOf } from "../../judgement/guardrails/fixture";
import { EMPTY_PLAN } from "../../terraform/empty-plan";

const address = "module.call.aws_sns_topic.this";
const root = rootOf([resourceOf("aws_sns_topic", { name: "alarms", display_name: "Alarms", policy: "a" })], {
  path: "environments/shop/dev",
});

type Values = Readonly<Record<string, unknown>>;

interface Change {
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  readonly after_unknown?: Values;
}

const entry = (change: Change, mode = "managed") => ({
  address,
  mode,
  type: "aws_sns_topic",
  name: "this",
  module_address: "module.call",
  change,
});

/** The report of a plan with this drift and these planned changes. */
function report(noticed: readonly object[], planned: readonly object[], outputs: object = {}): DriftReport {
  const plan = {
    ...EMPTY_PLAN,
    resource_drift: noticed,
    resource_changes: planned,
    output_changes: outputs,
  };
  return driftReport(root, JSON.stringify(plan));
}

const standing = { name: "alarms", display_name: "Alarms", policy: "a", arn: "arn:1" };
const update = (before: Values, after: Values, after_unknown: Values = {}) =>
  entry({ actions: ["update"], before, after, after_unknown });
const told = ({ outcome, changes }: DriftReport) => [
  outcome,
  ...changes.map(({ kind, attributes }) => [kind, ...attributes]),
];

test("a change that the next apply reverts is drift", () => {
  const byHand = { ...standing, display_name: "By hand" };
  expect(report([update(standing, byHand)], [update(byHand, standing)])).toEqual({
    format: 1,
    root: "environments/shop/dev",
    outcome: "drift",
    changes: [{ address, kind: "drift", actions: ["update"], attributes: ["display_name"] }],
  });
});

test("a plan without changes has no drift", () => {
  expect(report([], [])).toEqual({ format: 1, root: "environments/shop/dev", outcome: "none", changes: [] });
});

test("an attribute that AWS computes or the source ignores is not drift", () => {
  const noticed = update(standing, { ...standing, arn: "arn:2" });
  expect(told(report([noticed], []))).toEqual(["none"]);
  expect(told(report([noticed], [entry({ actions: ["no-op"], before: standing, after: standing })]))).toEqual(["none"]);
});

test("a data source that is read again is not drift", () => {
  const read = entry({ actions: ["read"], before: null, after: standing }, "data");
  expect(told(report([], [read]))).toEqual(["none"]);
});

test("a merged change is not reported as drift of another argument of the same resource", () => {
  const noticed = { ...standing, arn: "arn:2" };
  const planned = update(noticed, { ...standing, policy: "b" }, { arn: true });
  expect(told(report([update(standing, noticed)], [planned]))).toEqual(["unapplied", ["unapplied", "policy"]]);
});

test("an argument that was changed by hand and by a merge is both drift and unapplied", () => {
  const byHand = { ...standing, policy: "by hand" };
  expect(told(report([update(standing, byHand)], [update(byHand, { ...standing, policy: "merged" })]))).toEqual([
    "both",
    ["drift", "policy"],
    ["unapplied", "policy"],
  ]);
});

test("a deleted resource is drift as a whole, and a resource that was never created is unapplied", () => {
  const create = entry({ actions: ["create"], before: null, after: standing });
  const gone = entry({ actions: ["delete"], before: standing, after: null });
  expect(told(report([gone], [create]))).toEqual(["drift", ["drift"]]);
  expect(told(report([], [create]))).toEqual(["unapplied", ["unapplied"]]);
});

test("changes of outputs are unapplied changes", () => {
  const outputs = { a: { actions: ["update"], before: 1, after: 2 }, b: { actions: ["no-op"], before: 1, after: 1 } };
  expect(report([], [], outputs)).toMatchObject({
    outcome: "unapplied",
    changes: [{ address: "output.a", kind: "unapplied", actions: ["update"], attributes: [] }],
  });
});

test("a report contains no values of resources", () => {
  const values = fc.dictionary(
    fc.constantFrom("name", "display_name", "policy"),
    fc.stringMatching(/^value-[0-9]{6}$/),
  );
  fc.assert(
    fc.property(values, values, values, (applied, noticed, wanted) => {
      const made = report([update(applied, noticed)], [update(noticed, wanted)]);
      expect(DRIFT_REPORT.parse(made)).toEqual(made);
      expect(JSON.stringify(made)).not.toContain("value-");
    }),
  );
});

test("a failed plan is reported with the first line of Terraform's error, without secrets", () => {
  const told = (message: string) => failedReport("environments/shop/dev", message).error;
  expect(told("shop/dev: terraform plan failed (exit code 1)\n\nError: no credentials\n\n  with provider")).toBe(
    "Error: no credentials",
  );
  expect(told("shop/dev: terraform init failed\n╷\n│ Error: Invalid\n│\n╵")).toBe("Error: Invalid");
  expect(told("shop/dev: terraform plan failed (exit code 1)\nSIGKILL")).toBe(
    "shop/dev: terraform plan failed (exit code 1)",
  );
  expect(told(`Error: refused xoxb-${"1".repeat(12)}-abc`)).toBe("(not shown, as it holds a Slack token)");
});
