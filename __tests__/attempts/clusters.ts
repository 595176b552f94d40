/** Attempts on a cluster: unsafe pods, permissions and releases in modules, and changes of what stands. */
import type { ChangeRow, SynthRow } from "./attempt";

const SECURED = { run_as_non_root: true, allow_privilege_escalation: false };
const pod = (spec: object, container: object = {}) => ({
  spec: [{ ...spec, container: [{ name: "a", image: "a:1", security_context: [SECURED], ...container }] }],
});
const job = (spec: object) => ({ spec: [{ job_template: [{ spec: [{ template: [pod(spec)] }] }] }] });
const values = (content: object) => ({ values: [JSON.stringify(content)] });

export const CLUSTERS_AT_SYNTH: readonly SynthRow[] = [
  [
    "CKV_K8S_16",
    "control the node from a container",
    "pod-not-privileged",
    "kubernetes_pod_v1",
    pod({}, { security_context: { privileged: true } }),
  ],
  ["CKV_K8S_20", "gain privileges", "pod-not-privileged", "kubernetes_pod", pod({}, { security_context: [] })],
  [
    "CKV_K8S_23",
    "run as root, because the container overrides the pod",
    "pod-not-root",
    "kubernetes_pod_v1",
    pod({ security_context: [SECURED] }, { security_context: [{ allow_privilege_escalation: false }] }),
  ],
  [
    "CKV_K8S_17",
    "see the processes of the node",
    "pod-apart-from-host",
    "kubernetes_cron_job",
    job({ host_pid: true }),
  ],
  ["CKV_K8S_19", "listen on the node", "pod-apart-from-host", "kubernetes_cron_job_v1", job({ host_network: "true" })],
  [
    "AVD-KSV-0023",
    "mount the root of the node",
    "pod-apart-from-host",
    "kubernetes_pod_v1",
    pod({ volume: { name: "a", host_path: { path: "/" } } }),
  ],
  [
    "CKV_K8S_14",
    "take whatever is latest",
    "pod-image-pinned",
    "kubernetes_pod_v1",
    pod({}, { image: "registry.example:5000/api" }),
  ],
  [
    "own",
    "run an image that nobody has scanned",
    "pod-image-from-ecr",
    "helm_release",
    values({ image: { registry: "registry.example" } }),
  ],
  ["CKV_K8S_41", "use the account of everybody", "pod-service-account-named", "kubernetes_pod_v1", pod({})],
  [
    "CKV_K8S_155",
    "make everybody an administrator",
    "rbac-no-administrators",
    "kubernetes_cluster_role_binding",
    { role_ref: [{ name: "cluster-admin" }], subject: [{ kind: "Group", name: "developers" }] },
  ],
  [
    "AVD-KSV-0046",
    "an administrator under another name",
    "rbac-no-administrators",
    "kubernetes_cluster_role_v1",
    { rule: [{ api_groups: ["*"], resources: ["*"], verbs: ["*"] }] },
  ],
  [
    "own",
    "an administrator in the values of a chart",
    "rbac-no-administrators",
    "helm_release",
    values({ extraObjects: [{ kind: "ClusterRoleBinding", roleRef: { name: "cluster-admin" } }] }),
  ],
  [
    "own",
    "hide values from the rules in YAML",
    "helm-values-readable",
    "helm_release",
    { values: ["privileged: yes"] },
  ],
  [
    "own",
    "a secret in the values of a chart",
    "no-passwords-in-state",
    "helm_release",
    values({ adminPassword: "hunter22" }),
  ],
  ["own", "a chart of tomorrow", "helm-chart-pinned", "helm_release", { chart: "loki", version: ">= 1.0.0" }],
  ["own", "take over a release", "helm-release-own", "helm_release", { take_ownership: true }],
  [
    "own",
    "an object that no rule judges",
    "kubernetes-no-manifest",
    "kubernetes_manifest",
    { manifest: { kind: "Pod" } },
  ],
  [
    "own",
    "a namespace without walls",
    "namespace-network-policy",
    "kubernetes_namespace_v1",
    { metadata: [{ name: "a" }] },
  ],
];

const namespace = (level: string) => ({
  metadata: [{ name: "a", labels: { "pod-security.kubernetes.io/enforce": level } }],
});

export const CLUSTERS: readonly ChangeRow[] = [
  [
    "own",
    "lower the level of a namespace",
    "kubernetes_namespace_v1",
    namespace("restricted"),
    namespace("privileged"),
  ],
  [
    "own",
    "delete a namespace with everything in it",
    "kubernetes_namespace_v1",
    namespace("baseline"),
    null,
    "refused",
  ],
  ["own", "delete a volume", "kubernetes_persistent_volume_claim_v1", { metadata: [{ name: "a" }] }, null, "refused"],
  [
    "own",
    "open a service",
    "kubernetes_service_v1",
    { spec: [{ type: "ClusterIP" }] },
    { spec: [{ type: "LoadBalancer" }] },
  ],
  [
    "own",
    "load foreign code by a variable",
    "kubernetes_deployment_v1",
    { spec: [{ template: [pod({}, { env: [{ name: "NODE_OPTIONS", value: "" }] })] }] },
    { spec: [{ template: [pod({}, { env: [{ name: "NODE_OPTIONS", value: "--require /tmp/x" }] })] }] },
  ],
  ["own", "another chart", "helm_release", { chart: "loki", version: "1.0.0" }, { chart: "evil", version: "1.0.0" }],
  [
    "own",
    "more permissions by values",
    "helm_release",
    values({ rbac: { rules: [{ verbs: ["get"] }] } }),
    values({ rbac: { rules: [{ verbs: ["*"] }] } }),
  ],
  ["own", "remove a network policy", "kubernetes_network_policy_v1", { spec: [{ pod_selector: [{}] }] }, null],
  ["own", "delete a release", "helm_release", { chart: "loki", version: "1.0.0" }, null, "removal"],
];
