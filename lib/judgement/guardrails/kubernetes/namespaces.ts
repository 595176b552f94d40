/** Namespaces: which pods they admit, and whom their pods reach. */
import { type ResourceInstance, type RootConfiguration, show } from "../../configuration";
import { type HclValue, isMapping, isUnknown } from "../../hcl";
import { worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "../guardrail";
import { isEmpty, itemsAt, stemsFromNothing, valuesAt } from "../values";
import { bothNames } from "./type-names";

const NAMESPACES = bothNames("kubernetes_namespace");
const POLICIES = bothNames("kubernetes_network_policy");

export const NAMESPACE_ROWS = [
  {
    id: "namespace-pod-security",
    title: "A namespace enforces a Pod Security level",
    why: "Without a level, anybody who may create a pod in the namespace can take over its node. Terraform does not compare the level with those that Kubernetes knows.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.8"], gdpr: ["32(1)(b)"] },
    allowed:
      "the label pod-security.kubernetes.io/enforce with privileged, baseline or restricted; its version is latest or v1.<minor>",
    types: NAMESPACES,
    judge: ({ values }) => worst(itemsAt(values, "metadata.labels").map(judgeLabels)),
  },
  {
    id: "namespace-network-policy",
    title: "A namespace denies the traffic that no network policy allows",
    why: "Without a policy that selects all pods, each pod of the cluster reaches each pod of the namespace, and these reach everything.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6"], gdpr: ["32(1)(b)"] },
    allowed:
      "a network policy of the same namespace with an empty pod_selector, both policy_types and no rule that allows everything",
    types: NAMESPACES,
    judge: deniesByDefault,
  },
] as const satisfies readonly ResourceGuardrail[];

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const LEVELS: readonly HclValue[] = ["privileged", "baseline", "restricted"];
const LABEL = "pod-security.kubernetes.io/";

function judgeLabels(labels: HclValue): Verdict {
  if (isUnknown(labels)) return undecided(`metadata.labels = ${show(labels)}`);
  const all = isMapping(labels) ? labels : {};
  return worst(
    ["enforce", "warn", "audit"].flatMap((mode) => {
      const level = all[LABEL + mode] ?? null;
      const version = all[`${LABEL}${mode}-version`] ?? null;
      const isLevel = LEVELS.includes(level) || (level === null && mode !== "enforce");
      const isVersion = version === null || /^(latest|v1\.\d+)$/.test(String(version));
      return [judge(LABEL + mode, level, isLevel), judge(`${LABEL}${mode}-version`, version, isVersion)];
    }),
  );
}

function judge(label: string, value: HclValue, isRight: boolean): Verdict {
  if (isUnknown(value)) return undecided(`${label} = ${show(value)}`);
  return isRight ? HOLDS : broken(`${label} = ${show(value)}`);
}

function deniesByDefault(namespace: ResourceInstance, root: RootConfiguration): Verdict {
  const policies = POLICIES.flatMap((type) => root.of(type)).filter(({ values }) => deniesAll(values));
  const places = policies.map(({ address, values }) => ({ address, names: valuesAt(values, "metadata.namespace") }));
  if (places.some(({ names }) => names.some((name) => isNameOf(name, namespace)))) return HOLDS;
  const open = places.find(({ names }) => names.some(stemsFromNothing));
  return open === undefined
    ? broken("no network policy that denies by default")
    : undecided(`metadata.namespace of ${open.address}`);
}

/** Names the namespace: by a reference, or by the same name. */
function isNameOf(name: HclValue, namespace: ResourceInstance): boolean {
  if (isUnknown(name)) return name.references.some(({ address }) => address === namespace.address);
  return name !== null && valuesAt(namespace.values, "metadata.name").includes(name);
}

/** Whether the policy selects all pods, for both directions, without a rule that allows everything. */
function deniesAll(values: ResourceInstance["values"]): boolean {
  const selectors = itemsAt(values, "spec.pod_selector");
  const types = itemsAt(values, "spec.policy_types");
  const rules = ["ingress", "egress"].flatMap((direction) => itemsAt(values, `spec.${direction}`));
  return (
    selectors.every(isEmptyBlock) &&
    types.includes("Ingress") &&
    types.includes("Egress") &&
    rules.every((rule) => rule === null || !isEmptyBlock(rule))
  );
}

/** An empty block selects everything. A plan has null or an empty map at each of its arguments. */
function isEmptyBlock(block: HclValue): boolean {
  return (
    block === null || (isMapping(block) && Object.values(block).every((value) => isEmpty(value) || isEmptyMap(value)))
  );
}

function isEmptyMap(value: HclValue): boolean {
  return isMapping(value) && Object.keys(value).length === 0;
}
