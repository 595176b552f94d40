import { NAMESPACE_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/namespaces";
import { OBJECT_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/objects";
import { PERMISSION_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/permissions";
import { type HclValue, Reference, Unknown } from "../../../../../lib/judgement/hcl";
import { resourceOf } from "../fixture";
import { type Case, proveRows } from "../rows";
import { deployment, release, withContainer } from "./workload";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const namespace = (labels: HclValue) => resourceOf("kubernetes_namespace_v1", { metadata: [{ name: "shop", labels }] });
const enforcing = (level: HclValue, more: Values = {}) => [
  namespace({ "pod-security.kubernetes.io/enforce": level, ...more }),
];
const policy = (of: HclValue, spec: Values = {}) =>
  resourceOf("kubernetes_network_policy_v1", {
    metadata: [{ name: "default-deny", namespace: of }],
    spec: [{ pod_selector: [{}], policy_types: ["Ingress", "Egress"], ...spec }],
  });
const denied = (...args: Parameters<typeof policy>) => [namespace({}), policy(...args)];
const NONE = "broken: no network policy that denies by default";

proveRows(NAMESPACE_ROWS, {
  "namespace-pod-security": [
    ...["privileged", "baseline", "restricted"].map((level): Case => [`holds for ${level}`, enforcing(level), "holds"]),
    ["is broken without a level", [namespace({})], "broken: pod-security.kubernetes.io/enforce = null"],
    ["is broken without labels", [namespace(null)], "broken: pod-security.kubernetes.io/enforce = null"],
    ["is broken by an unknown level", enforcing("strict"), 'broken: pod-security.kubernetes.io/enforce = "strict"'],
    [
      "is broken by an unknown level of a warning",
      enforcing("baseline", { "pod-security.kubernetes.io/warn": "strict" }),
      'broken: pod-security.kubernetes.io/warn = "strict"',
    ],
    ["holds with a version", enforcing("baseline", { "pod-security.kubernetes.io/enforce-version": "v1.36" }), "holds"],
    [
      "is broken by another version",
      enforcing("baseline", { "pod-security.kubernetes.io/enforce-version": "1.36" }),
      'broken: pod-security.kubernetes.io/enforce-version = "1.36"',
    ],
    ["is unknown for labels that are", [namespace(unknown)], "unknown: metadata.labels = (known after apply)"],
  ],
  "namespace-network-policy": [
    ["holds for a policy with its name", denied("shop"), "holds"],
    [
      "holds for a reference",
      denied(new Reference("module.call.kubernetes_namespace_v1.this", "metadata[0].name")),
      "holds",
    ],
    [
      "holds as a plan has it",
      denied("shop", { pod_selector: [{ match_labels: null, match_expressions: [] }], ingress: [], egress: [] }),
      "holds",
    ],
    ["is broken without a policy", [namespace({})], NONE],
    ["is broken by a policy of another namespace", denied("other"), NONE],
    ["is broken by a policy for some pods", denied("shop", { pod_selector: [{ match_labels: { app: "x" } }] }), NONE],
    ["is broken by a policy for one direction", denied("shop", { policy_types: ["Ingress"] }), NONE],
    ["is broken by a policy that allows everything", denied("shop", { egress: [{}] }), NONE],
    [
      "is unknown for a policy of an unknown namespace",
      denied(unknown),
      "unknown: metadata.namespace of module.call.kubernetes_network_policy_v1.this",
    ],
  ],
});

const bound = (role: string, subject: Values) => [
  resourceOf("kubernetes_cluster_role_binding_v1", { role_ref: { name: role }, subject: [subject] }),
];
const account = { kind: "ServiceAccount", name: "loki", namespace: "logging" };
const allowing = (rule: Values) => [resourceOf("kubernetes_cluster_role_v1", { rule: [rule] })];

proveRows(PERMISSION_ROWS, {
  "rbac-no-administrators": [
    ["holds for another role", bound("view", account), "holds"],
    ["is broken by cluster-admin", bound("cluster-admin", account), 'broken: role_ref.name = "cluster-admin"'],
    [
      "is broken by everybody",
      bound("view", { kind: "Group", name: "system:authenticated" }),
      'broken: subject.name = "system:authenticated"',
    ],
    ["holds for a role with names", allowing({ verbs: ["get"], resources: ["*"] }), "holds"],
    [
      "is broken by a role for everything",
      allowing({ verbs: ["*"], resources: ["pods", "*"] }),
      "broken: rule with verbs and resources *",
    ],
    [
      "is broken by an object in the values of a release",
      release({ objects: [{ kind: "ClusterRoleBinding", roleRef: { name: "cluster-admin" } }] }),
      'broken: values[0].objects[0].roleRef.name = "cluster-admin"',
    ],
  ],
  "rbac-not-for-default-account": [
    ["holds for another account", bound("view", account), "holds"],
    ["holds for a group of that name", bound("view", { kind: "Group", name: "default" }), "holds"],
    ["is broken by default", bound("view", { ...account, name: "default" }), 'broken: subject.name = "default"'],
  ],
  "service-account-token-decided": [
    [
      "holds without a token",
      [resourceOf("kubernetes_service_account_v1", { automount_service_account_token: false })],
      "holds",
    ],
    [
      "is broken without a decision",
      [resourceOf("kubernetes_service_account", {})],
      "broken: automount_service_account_token = null",
    ],
    [
      "is broken by a token of default",
      [resourceOf("kubernetes_default_service_account_v1", { automount_service_account_token: true })],
      "broken: automount_service_account_token = true",
    ],
  ],
});

const budget = (spec: Values) => [resourceOf("kubernetes_pod_disruption_budget_v1", { spec: [spec] })];

proveRows(OBJECT_ROWS, {
  "kubernetes-quantities": [
    ["holds in a pod", deployment({}), "holds"],
    [
      "is broken in a container",
      withContainer({ resources: { limits: { memory: "12 GB" } } }),
      'broken: api: resources.limits.memory = "12 GB"',
    ],
    [
      "is broken in a volume",
      deployment({ volume: [{ empty_dir: { size_limit: "1gb" } }] }),
      'broken: volume.empty_dir.size_limit = "1gb"',
    ],
    [
      "is broken in a claim of a stateful set",
      [
        resourceOf("kubernetes_stateful_set_v1", {
          spec: [{ volume_claim_template: [{ spec: [{ resources: [{ requests: { storage: "10GB" } }] }] }] }],
        }),
      ],
      'broken: spec.volume_claim_template.spec.resources.requests.storage = "10GB"',
    ],
    ["holds in a quota", [resourceOf("kubernetes_resource_quota_v1", { spec: { hard: { pods: 10 } } })], "holds"],
    [
      "is broken in a range of limits",
      [resourceOf("kubernetes_limit_range_v1", { spec: { limit: [{ default: { cpu: "1 core" } }] } })],
      'broken: spec.limit.default.cpu = "1 core"',
    ],
    [
      "is unknown if it is unknown",
      [resourceOf("kubernetes_persistent_volume_v1", { spec: { capacity: { storage: unknown } } })],
      "unknown: spec.capacity.storage = (known after apply)",
    ],
  ],
  "kubernetes-protocols": [
    ["holds for TCP", deployment({}), "holds"],
    [
      "is broken by a port of a container",
      withContainer({ port: { protocol: "tcp" } }),
      'broken: api: port.protocol = "tcp"',
    ],
    [
      "is broken by a port of a service",
      [resourceOf("kubernetes_service_v1", { spec: { port: [{ protocol: "HTTP" }] } })],
      'broken: spec.port.protocol = "HTTP"',
    ],
    ["holds for a policy", [policy("shop")], "holds"],
    [
      "is broken by a direction of a policy",
      [policy("shop", { policy_types: ["Ingress", "Outgress"] })],
      'broken: spec.policy_types = "Outgress"',
    ],
    [
      "is broken by a port of a policy",
      [policy("shop", { egress: [{ ports: [{ protocol: "ICMP" }] }] })],
      'broken: spec.egress.ports.protocol = "ICMP"',
    ],
  ],
  "disruption-budget-one-limit": [
    ["holds with one", budget({ max_unavailable: "1", min_available: "" }), "holds"],
    [
      "is broken by both",
      budget({ max_unavailable: 1, min_available: "50%" }),
      "broken: spec with max_unavailable and min_available",
    ],
    ["is broken without", budget({}), "broken: spec with no limit"],
  ],
  "kubernetes-no-manifest": [
    ["holds without one", [], ...[]],
    ["is broken by one", [resourceOf("kubernetes_manifest", {})], "broken: a resource of type kubernetes_manifest"],
  ],
});
