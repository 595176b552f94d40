/** Mutants of objects in clusters, of Helm releases, and of their providers. */
import { inFile, type Mutant, ofModule } from "./mutant";

const POD = "resource.kubernetes_deployment_v1.this.spec.template.spec";
const CONTAINER = `${POD}.container.0`;
const RELEASE = "resource.helm_release.this";
const LABEL = "pod-security.kubernetes.io/enforce";

export const KUBERNETES_MUTANTS: readonly Mutant[] = [
  ...ofModule("pgbouncer", {
    "no-passwords-in-state": [
      "resource.kubernetes_config_map_v1.this.data.userlist",
      "postgres://app:swordfish@db.example:5432/app",
    ],
    "pod-not-privileged": [`${CONTAINER}.security_context.privileged`, true],
    "pod-not-root": [`${CONTAINER}.security_context.run_as_non_root`],
    "pod-capabilities-dropped": [`${CONTAINER}.security_context.capabilities`],
    "pod-apart-from-host": [`${POD}.host_network`, true],
    "pod-image-pinned": [`${CONTAINER}.image`, "111122223333.dkr.ecr.eu-central-1.amazonaws.com/pgbouncer:latest"],
    "pod-image-from-ecr": [`${CONTAINER}.image`, "docker.io/edoburu/pgbouncer:v1.25.2-p0"],
    "pod-resources": [`${CONTAINER}.resources.limits`],
    "pod-service-account-named": [`${POD}.automount_service_account_token`],
    "workload-selector-matches": ["resource.kubernetes_deployment_v1.this.spec.selector.match_labels.app", "web"],
    "pod-probe-one-handler": [`${CONTAINER}.readiness_probe.exec`, [{ command: ["true"] }]],
    "pod-mounts-have-volumes": [`${CONTAINER}.volume_mount.0.name`, "gone"],
    "pod-environment-unique": [
      `${CONTAINER}.env`,
      [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    ],
    "kubernetes-protocols": [`${CONTAINER}.port.0.protocol`, "HTTP"],
    "disruption-budget-one-limit": ["resource.kubernetes_pod_disruption_budget_v1.this.spec.min_available", "1"],
  }),
  ...ofModule("pgbouncer", { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] }, "versions"),
  ...ofModule(
    "pgbouncer",
    { "no-secret-defaults": ["variable.extra", { type: "string", sensitive: true, default: "x" }] },
    "variables",
  ),
  ...Object.entries({
    alloy: { image: { registry: "docker.io" } },
    "blackbox-exporter": { image: { registry: "quay.io" } },
    "cloudwatch-exporter": { image: { registry: "quay.io" } },
    "cluster-autoscaler": { image: { repository: "registry.k8s.io/autoscaling/cluster-autoscaler" } },
    "external-secrets": { webhook: { image: { repository: "ghcr.io/external-secrets/external-secrets" } } },
    "kube-prometheus-stack": { grafana: { image: { registry: "docker.io" } } },
    loki: { global: { imageRegistry: "docker.io" } },
  }).flatMap(([module, values]) =>
    ofModule(module, { "pod-image-from-ecr": [`${RELEASE}.values.0`, `\${jsonencode(${JSON.stringify(values)})}`] }),
  ),
  ...ofModule("kubernetes-namespace", {
    "namespace-pod-security": [["resource", "kubernetes_namespace_v1", "this", "metadata", "labels", LABEL], "strict"],
    "namespace-network-policy": ["resource.kubernetes_network_policy_v1.default_deny"],
    "kubernetes-quantities": ["resource.kubernetes_limit_range_v1.this.spec.limit.0.default.memory", "1 GB"],
    "rbac-not-for-default-account": [
      "resource.kubernetes_role_binding_v1",
      { extra: { role_ref: { name: "view" }, subject: [{ kind: "ServiceAccount", name: "default" }] } },
    ],
    "no-secrets-read-into-state": ["data", { kubernetes_secret_v1: { extra: { metadata: { name: "extra" } } } }],
  }),
  ...ofModule("kubernetes-service-account", {
    "service-account-token-decided": ["resource.kubernetes_service_account_v1.this.automount_service_account_token"],
  }),
  ...ofModule("load-balancer-controller", {
    "rbac-no-administrators": [
      `${RELEASE}.values.0`,
      '${jsonencode({ "objects" = [{ "roleRef" = { "name" = "cluster-admin" } }] })}',
    ],
    "helm-chart-pinned": [`${RELEASE}.version`, "~> 3.5"],
    "helm-release-atomic": [`${RELEASE}.atomic`],
    "helm-release-own": [`${RELEASE}.upgrade_install`, true],
    "helm-namespace-managed": [`${RELEASE}.create_namespace`, true],
    "helm-values-readable": [`${RELEASE}.values.0`, "region: ${var.region}\n"],
    "kubernetes-no-manifest": ["resource.kubernetes_manifest", { extra: { manifest: { kind: "ConfigMap" } } }],
  }),
  ...inFile("<root>/versions.tf.json", {
    "provider-version-exact": ["terraform.required_providers.helm.version", "~> 3.1"],
  }),
  ...inFile("<root>/providers.tf.json", {
    "provider-no-credentials": ["provider.helm.0.kubernetes.token", "example"],
    "provider-cluster-pinned": ["provider.kubernetes.0.host", "https://other.example"],
    "provider-without-previews": ["provider.helm.0.registries", [{ url: "oci://registry.example", username: "AWS" }]],
  }),
  ...inFile("<root>/main.tf.json", {
    "root-only-calls": ["resource", { terraform_data: { extra: { input: "extra" } } }],
  }),
];
