/** Breaks the root of a cluster in one place for each guardrail about clusters: exactly that guardrail fires. */
import { Configurations } from "../../../lib/judgement/configuration";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { CLUSTER_ROWS } from "../../../lib/judgement/guardrails/kubernetes/clusters";
import { NAMESPACE_ROWS } from "../../../lib/judgement/guardrails/kubernetes/namespaces";
import { OBJECT_ROWS } from "../../../lib/judgement/guardrails/kubernetes/objects";
import { PERMISSION_ROWS } from "../../../lib/judgement/guardrails/kubernetes/permissions";
import { POD_ROWS } from "../../../lib/judgement/guardrails/kubernetes/pods";
import { RELEASE_ROWS } from "../../../lib/judgement/guardrails/kubernetes/releases";
import { WORKLOAD_ROWS } from "../../../lib/judgement/guardrails/kubernetes/workloads";
import { ROOT, TREE } from "./cluster-tree";
import { inFile, type Mutant, ofModule } from "./mutant";
import { mutated } from "./mutate";

const POD = "resource.kubernetes_deployment_v1.this.spec.template.spec";
const CONTAINER = `${POD}.container.0`;
const RELEASE = "resource.helm_release.this";
const LEVEL = [
  "resource",
  "kubernetes_namespace_v1",
  "this",
  "metadata",
  "labels",
  "pod-security.kubernetes.io/enforce",
];

const MUTANTS: readonly Mutant[] = [
  ...ofModule("shop", {
    "pod-not-privileged": [`${CONTAINER}.security_context.privileged`, true],
    "pod-not-root": [`${CONTAINER}.security_context.run_as_non_root`],
    "pod-capabilities-dropped": [`${CONTAINER}.security_context.capabilities`],
    "pod-apart-from-host": [`${POD}.host_network`, true],
    "pod-image-pinned": [`${CONTAINER}.image`, "111122223333.dkr.ecr.eu-central-1.amazonaws.com/api:latest"],
    "pod-image-from-ecr": [`${CONTAINER}.image`, "registry.example/api:1.4.2"],
    "pod-resources": [`${CONTAINER}.resources.limits`],
    "pod-service-account-named": [`${POD}.automount_service_account_token`],
    "workload-selector-matches": ["resource.kubernetes_deployment_v1.this.spec.selector.match_labels.app", "web"],
    "pod-probe-one-handler": [`${CONTAINER}.readiness_probe.tcp_socket`, { port: "8080" }],
    "pod-mounts-have-volumes": [`${POD}.volume`],
    "pod-environment-unique": [`${CONTAINER}.env.1.name`, "A"],
    "namespace-pod-security": [LEVEL, "strict"],
    "namespace-network-policy": ["resource.kubernetes_network_policy_v1"],
    "rbac-no-administrators": ["resource.kubernetes_role_binding_v1.this.role_ref.name", "cluster-admin"],
    "rbac-not-for-default-account": ["resource.kubernetes_role_binding_v1.this.subject.0.name", "default"],
    "service-account-token-decided": ["resource.kubernetes_service_account_v1.this.automount_service_account_token"],
    "kubernetes-quantities": [`${POD}.volume.0.empty_dir.size_limit`, "1 GB"],
    "kubernetes-protocols": [`${CONTAINER}.port.0.protocol`, "HTTP"],
    "disruption-budget-one-limit": ["resource.kubernetes_pod_disruption_budget_v1.this.spec.min_available", "1"],
    "kubernetes-no-manifest": ["resource.kubernetes_manifest", { this: { manifest: { kind: "ConfigMap" } } }],
    "helm-chart-pinned": [`${RELEASE}.version`, "~> 18.0"],
    "helm-release-atomic": [`${RELEASE}.atomic`],
    "helm-release-own": [`${RELEASE}.upgrade_install`, true],
    "helm-namespace-managed": [`${RELEASE}.create_namespace`, true],
    "helm-values-readable": [`${RELEASE}.values.0`, "image:\n  tag: ${var.tag}\n"],
  }),
  ...ofModule("shop", {
    "pod-image-pinned": [`${RELEASE}.values.0`, '${jsonencode({ "image" = { "tag" = "latest" } })}'],
    "pod-image-from-ecr": [`${RELEASE}.values.0`, '${jsonencode({ "image" = { "registry" = "docker.io" } })}'],
    "pod-not-privileged": [`${RELEASE}.values.0`, '${jsonencode({ "securityContext" = { "privileged" = true } })}'],
    "no-passwords-in-state": [`${RELEASE}.values.0`, '${jsonencode({ "adminPassword" = "swordfish" })}'],
    "rbac-no-administrators": [
      "resource.kubernetes_role_v1.this.rule.0",
      { api_groups: ["*"], resources: ["*"], verbs: ["*"] },
    ],
    "service-account-token-decided": [
      "resource.kubernetes_default_service_account_v1",
      { this: { metadata: {}, automount_service_account_token: true } },
    ],
  }),
  ...ofModule("shop", {
    "no-passwords-in-state": ["resource.kubernetes_secret_v1", { this: { metadata: {}, data: { user: "x" } } }],
  }),
  ...inFile("<root>/providers.tf.json", {
    "provider-cluster-pinned": ["provider.kubernetes.0.host", "https://other.example"],
    "provider-without-previews": ["provider.helm.0.registries", [{ url: "oci://a", username: "AWS" }]],
    "provider-no-credentials": ["provider.helm.0.kubernetes.token", "swordfish"],
  }),
];

/** The guardrails that do not hold, each once. */
function fired(files = TREE): string[] {
  const { broken, unknown } = judgeRoot(new Configurations(files).root(ROOT), [], "2026-11-22");
  return [...new Set([...broken, ...unknown].map(({ guardrail }) => guardrail.id))].sort();
}

test("the tree keeps every guardrail", () => {
  expect(fired()).toEqual([]);
});

test("each guardrail about clusters has a mutant", () => {
  const rows = [POD_ROWS, WORKLOAD_ROWS, NAMESPACE_ROWS, PERMISSION_ROWS, OBJECT_ROWS, RELEASE_ROWS, CLUSTER_ROWS];
  const mutable = new Set<string>(MUTANTS.map(({ guardrail }) => guardrail));
  expect(rows.flatMap((group) => group.map(({ id }) => id)).filter((id) => !mutable.has(id))).toEqual([]);
});

test.each(MUTANTS.map((mutant) => [mutant.guardrail, mutant.at.join("."), mutant] as const))(
  "%s alone kills the mutant of %s",
  (id, _, mutant) => {
    expect(fired(mutated(TREE, ROOT, [mutant]))).toEqual([id]);
  },
);
