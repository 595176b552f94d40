/** The gate on plans of a cluster's objects. */
import { driftIn, isRefreshOnly } from "../../../../lib/judgement/gate/drift";
import { readPlan } from "../../../../lib/terraform";
import { EMPTY_PLAN } from "../../terraform/empty-plan";
import { resourceOf, rootOf } from "../guardrails/fixture";
import { approvals, entry, gate } from "./second-day-plan";

const RELEASE = { name: "loki", namespace: "logging", chart: "loki", version: "18.11.0", values: ['{"a":1}'] };
const NAMESPACE = {
  id: "shop",
  metadata: [{ name: "shop", annotations: null, labels: { a: "1" }, generation: 0, resource_version: "5" }],
};

const release = (change: object) => entry(change, {}, "helm_release");
const namespace = (change: object) => entry(change, {}, "kubernetes_namespace_v1");
const gone = (before: object) => ({ actions: ["delete"], before, after: null });
const created = (after: object) => ({ actions: ["create"], before: null, after });
const same = (values: object) => ({ actions: ["no-op"], before: values, after: values });
const updated = (before: object, after: object) => ({ actions: ["update"], before, after });

/** The state after the refresh, with these objects. */
function standing(...objects: readonly { readonly address: string; readonly type: string }[]) {
  const resources = objects.map((one) => ({ ...one, values: {} }));
  return { values: { root_module: { child_modules: [{ address: "module.shop", resources }] } } };
}

const refused = (sections: object) =>
  gate(sections, { production: false }).refused.map(({ guardrail, got }) => `${guardrail.id}: ${got}`);

const UNREADABLE = "cluster-readable: read as deleted: the cluster was not reachable, or not readable";

test.each([
  ["is to be created again", [release(created(RELEASE)), namespace(same(NAMESPACE))]],
  ["is forgotten by a destroy", [namespace(same(NAMESPACE))]],
  ["is forgotten by a refresh-only plan", []],
])("a release that the provider did not find and that %s was not readable", (_, changes) => {
  const plan = {
    prior_state: standing(namespace({})),
    resource_drift: [release(gone(RELEASE))],
    resource_changes: changes,
  };
  expect(refused(plan)).toEqual([UNREADABLE]);
});

test("a new release passes, and so does one that is removed on purpose with an approval", () => {
  expect(refused({ resource_changes: [release(created(RELEASE))] })).toEqual([]);
  const removed = gate({ prior_state: standing(release({})), resource_changes: [release(gone(RELEASE))] });
  expect(removed.refused).toEqual([]);
  expect(approvals(removed)).toEqual(["removal module.shop.helm_release.this: deleted resource"]);
  expect(removed.effects).toMatchObject([{ effect: expect.stringContaining("claims of its stateful sets stay") }]);
});

describe("a plan in which every object of the state is missing", () => {
  const missing = { resource_drift: [namespace(gone(NAMESPACE))], resource_changes: [namespace(created(NAMESPACE))] };
  const ANOTHER = "cluster-unchanged: none of the 1 objects of the state in the cluster";

  test("is of another cluster", () => {
    expect(refused(missing)).toEqual([ANOTHER]);
    expect(refused({ ...missing, resource_changes: [] })).toEqual([ANOTHER]);
  });

  test("is of the same cluster if another object is there, and then the drift needs an approval", () => {
    const decision = gate({ ...missing, prior_state: standing(release({})) });
    expect(decision.refused).toEqual([]);
    expect(approvals(decision)).toContain("drift module.shop.kubernetes_namespace_v1.this: deleted without Terraform");
  });

  test("is no matter of objects outside of clusters", () => {
    const dashboard = { resource_drift: [entry(gone({}))], resource_changes: [entry(created({}))] };
    expect(refused(dashboard)).toEqual([]);
  });
});

test("the drift that every plan of a cluster shows needs no approval", () => {
  const [metadata] = NAMESPACE.metadata;
  const read = { ...NAMESPACE, metadata: [{ ...metadata, annotations: {}, generation: 3, resource_version: "99" }] };
  const sections = { prior_state: standing(namespace({})), resource_drift: [namespace(updated(NAMESPACE, read))] };
  const relabelled = { ...read, metadata: [{ ...read.metadata[0], annotations: {}, labels: { a: "2" } }] };
  for (const change of [same(read), updated(read, relabelled)]) {
    const decision = gate({ ...sections, resource_changes: [namespace(change)] });
    expect(decision.drift).toEqual([]);
  }
  const source = resourceOf(
    "kubernetes_namespace_v1",
    { metadata: { name: "shop", labels: { a: "1" } } },
    { call: "shop" },
  );
  const refreshOnly = readPlan("plan.json", JSON.stringify({ ...EMPTY_PLAN, ...sections, applyable: true }));
  expect(isRefreshOnly(refreshOnly)).toBe(true);
  expect(driftIn(refreshOnly, rootOf([source]))).toEqual([]);
});

test("a label that somebody removed by hand is drift", () => {
  const [metadata] = NAMESPACE.metadata;
  const read = { ...NAMESPACE, metadata: [{ ...metadata, labels: {}, resource_version: "99" }] };
  const decision = gate({
    prior_state: standing(namespace({})),
    resource_drift: [namespace(updated(NAMESPACE, read))],
    resource_changes: [namespace(updated(read, { ...read, metadata: [{ ...read.metadata[0], labels: { a: "1" } }] }))],
  });
  expect(approvals(decision)).toEqual([
    "drift module.shop.kubernetes_namespace_v1.this: changed without Terraform: metadata",
    "security module.shop.kubernetes_namespace_v1.this: changed metadata.labels.a (protection)",
  ]);
});

test("a deleted namespace loses its objects, and in production needs a backup", () => {
  const plan = { prior_state: standing(namespace({})), resource_changes: [namespace(gone(NAMESPACE))] };
  expect(refused(plan)).toEqual([]);
  expect(gate(plan).refused).toMatchObject([
    { got: expect.stringContaining("every object in the namespace, also those of other people, and the data of its") },
  ]);
});

describe("a change of a release", () => {
  const changed = (more: object) =>
    approvals(gate({ resource_changes: [release(updated(RELEASE, { ...RELEASE, ...more }))] }));

  test("needs the approval of security for another chart, whose permissions no plan shows", () => {
    expect(changed({ version: "18.12.0" })).toEqual([
      "security module.shop.helm_release.this: changed version (policy)",
    ]);
  });

  test("is judged by the names of values", () => {
    expect(changed({ values: ['{"a":2,"image":{"tag":"1.2"}}'] })).toEqual([]);
    expect(changed({ values: ['{"a":1,"rbac":{"rules":[{"verbs":["*"]}]}}'] })).toEqual([
      "security module.shop.helm_release.this: changed values.rbac.rules.verbs (policy)",
    ]);
  });
});

test("a changed deployment says that a failed rollout does not show in the next plan", () => {
  const deployment = { spec: [{ template: [{ spec: [{ container: [{ name: "a", image: "a:1" }] }] }] }] };
  const next = { spec: [{ template: [{ spec: [{ container: [{ name: "a", image: "a:2" }] }] }] }] };
  const { effects } = gate({ resource_changes: [entry(updated(deployment, next), {}, "kubernetes_deployment_v1")] });
  expect(effects).toMatchObject([{ effect: expect.stringContaining("the next plan is empty although the pods fail") }]);
});
