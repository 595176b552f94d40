/** The example manifests of the API: what their namespace admits, and what the objects of the cluster root select. */
import path from "node:path";
import { Configurations, readTree, rootConfiguration } from "../../../lib/judgement/configuration";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { quantityOf } from "../../../lib/judgement/guardrails/kubernetes/quantities";
import { itemsAt } from "../../../lib/judgement/guardrails/values";
import { type HclValue, isMapping } from "../../../lib/judgement/hcl";
import { deploymentIn, jobIn } from "../../../lib/pipeline/service/kubernetes/manifests";
import { resourceOf } from "../../lib/judgement/guardrails/fixture";
import { TREE } from "../committed-tree";
import { asResource } from "./manifest";

const EXAMPLES = path.join(__dirname, "../../../docs/examples/wardmitra-api");
const configurations = new Configurations(readTree(TREE));
const ENVIRONMENTS = ["dev", "staging", "prod"];
const rootOf = (environment: string) => configurations.root(`environments/wardmitra/${environment}/cluster`);

type Values = Readonly<Record<string, HclValue>>;
const mapping = (value: HclValue | undefined): Values => (value !== undefined && isMapping(value) ? value : {});

function read(name: "deployment" | "migration"): Values {
  const file = path.join(EXAMPLES, `${name}.yaml`);
  const image = `777777777777.dkr.ecr.ap-south-1.amazonaws.com/wardmitra-dev/api@sha256:${"a".repeat(64)}`;
  return mapping(asResource(name === "deployment" ? deploymentIn(file, image, "commit") : jobIn(file, image, 15)));
}
const deployment = read("deployment");
const migration = read("migration");

/** Guardrails that the object breaks in the root, which has the namespaces, policies and service accounts around it. */
function brokenBy(values: Values, type: string, environment = "prod"): string[] {
  const root = rootOf(environment);
  const resource = resourceOf(type, values, { call: "application" });
  const { broken, unknown } = judgeRoot(
    rootConfiguration({ ...root, resources: [...root.resources, resource] }),
    [],
    "2026-11-30",
  );
  return [...broken, ...unknown]
    .filter(({ address }) => address === resource.address)
    .map(({ guardrail, got }) => `${guardrail.id}: ${got}`);
}

const ofApi = (environment: string, type: string) =>
  rootOf(environment)
    .of(type)
    .filter(({ address }) => address.startsWith("module.api."))
    .map(({ values }) => values);
const inNamespace = (environment: string, type: string) =>
  rootOf(environment)
    .of(type)
    .filter(({ address }) => address.startsWith("module.application_namespace."))
    .map(({ values }) => values);

const at = (values: Values, place: string) => itemsAt(values, place);
const podLabels = (values: Values) => mapping(at(values, "spec.template.metadata.labels")[0]);
const selects = (labels: HclValue | undefined, pod: Values) =>
  Object.entries(mapping(labels)).every(([name, value]) => pod[name] === value);

describe.each([
  ["deployment", "kubernetes_deployment_v1", deployment],
  ["migration", "kubernetes_job_v1", migration],
] as const)("the pods of the %s", (_what, type, values) => {
  test.each(ENVIRONMENTS)("keep every guardrail in %s", (environment) => {
    expect(brokenBy(values, type, environment)).toEqual([]);
  });

  test("have only volumes that the level restricted admits", () => {
    const admitted = ["name", "config_map", "csi", "downward_api", "empty_dir", "ephemeral", "projected", "secret"];
    const kinds = at(values, "spec.template.spec.volume").flatMap((volume) => Object.keys(mapping(volume)));
    expect(kinds.filter((kind) => !admitted.includes(kind))).toEqual([]);
    expect(inNamespace("prod", "kubernetes_namespace_v1").flatMap((one) => at(one, "metadata.labels"))).toEqual([
      expect.objectContaining({ "pod-security.kubernetes.io/enforce": "restricted" }),
    ]);
  });

  test.each([
    ["pod-not-privileged", "security_context", { allow_privilege_escalation: null }],
    ["pod-not-root", "security_context", { run_as_non_root: null, allow_privilege_escalation: false }],
    ["pod-resources", "resources", {}],
    ["pod-image-pinned", "image", "api:latest"],
    ["pod-image-from-ecr", "image", "docker.io/wardmitra/api:1.4.2"],
  ])("would break %s with another %s", (guardrail, argument, value) => {
    const spec = mapping(at(values, "spec.template.spec")[0]);
    const containers = at(spec, "container").map((one) => ({ ...mapping(one), [argument]: value }));
    const changed = {
      ...values,
      spec: {
        ...mapping(values.spec),
        template: { ...mapping(mapping(values.spec).template), spec: { ...spec, container: containers } },
      },
    };
    expect(brokenBy(changed, type).join("\n")).toContain(guardrail);
  });
});

/** Sum over the containers of a pod. */
const needs = (values: Values, what: string) =>
  at(values, `spec.template.spec.container.resources.${what}`).reduce<number>(
    (sum, quantity) => sum + (quantityOf(quantity) ?? Number.NaN),
    0,
  );

test.each(ENVIRONMENTS)("the quota of %s has room for a rollout under load, and for a migration", (environment) => {
  const most = Number(
    ofApi(environment, "kubernetes_horizontal_pod_autoscaler_v2").flatMap((one) => at(one, "spec.max_replicas"))[0],
  );
  const pods = most + Number(at(deployment, "spec.strategy.rolling_update.max_surge")[0]);
  const [quota = {}] = inNamespace(environment, "kubernetes_resource_quota_v1");
  const hard = mapping(at(quota, "spec.hard")[0]);
  const needed = (what: string) => pods * needs(deployment, what) + needs(migration, what);
  expect(pods + 1).toBeLessThanOrEqual(Number(hard.pods));
  for (const [name, what] of [
    ["requests.cpu", "requests.cpu"],
    ["requests.memory", "requests.memory"],
    ["limits.memory", "limits.memory"],
  ] as const) {
    expect([name, needed(what) <= (quantityOf(hard[name] ?? null) ?? 0)]).toEqual([name, true]);
  }
});

test("service, disruption budget and autoscaler are those of the Deployment", () => {
  const pod = podLabels(deployment);
  const [service = {}] = ofApi("prod", "kubernetes_service_v1");
  const [budget = {}] = ofApi("prod", "kubernetes_pod_disruption_budget_v1");
  const [scaler = {}] = ofApi("prod", "kubernetes_horizontal_pod_autoscaler_v2");
  for (const selector of [at(service, "spec.selector"), at(budget, "spec.selector.match_labels")]) {
    expect([Object.keys(mapping(selector[0])).length, selects(selector[0], pod)]).toEqual([1, true]);
  }
  expect(at(deployment, "spec.template.spec.container.port.name")).toContain(at(service, "spec.port.target_port")[0]);
  expect(at(scaler, "spec.scale_target_ref.name")).toEqual(at(deployment, "metadata.name"));
  // A migration must not receive requests.
  expect(selects(at(service, "spec.selector")[0], podLabels(migration))).toBe(false);
});

/** Ports that the policies of the namespace allow for the pod, by direction. */
function allowed(direction: "ingress" | "egress", values: Values): HclValue[] {
  return inNamespace("prod", "kubernetes_network_policy_v1")
    .filter((policy) => selects(at(policy, "spec.pod_selector.match_labels")[0], podLabels(values)))
    .flatMap((policy) => at(policy, `spec.${direction}.ports.port`))
    .filter((port) => port !== null);
}

test("the policies let the load balancer reach the API, and only a migration the database", () => {
  const ports = at(deployment, "spec.template.spec.container.port.container_port").map(String);
  expect(allowed("ingress", deployment)).toEqual(ports);
  const target = configurations
    .root("environments/wardmitra/prod/aws")
    .of("aws_lb_target_group")
    .map(({ values }) => String(values.port));
  expect(target).toEqual(ports);
  expect(allowed("egress", deployment).map(String).sort()).toEqual(["443", "53", "53", "6432"]);
  expect(allowed("egress", migration).map(String).sort()).toEqual(["443", "53", "53", "5432", "6432"]);
  expect(allowed("ingress", migration)).toEqual([]);
});

test("both run as service accounts of the namespace", () => {
  const accounts = rootOf("prod")
    .of("kubernetes_service_account_v1")
    .flatMap(({ values }) => at(values, "metadata.name"));
  for (const values of [deployment, migration]) {
    expect(accounts).toContain(at(values, "spec.template.spec.service_account_name")[0]);
  }
});
