import { KubernetesNamespace } from "../../modules/kubernetes-namespace";
import { evaluatedCluster } from "../support/evaluated";

const quota = { pods: 20, cpu: "4", memory: "8Gi", memoryLimit: "12Gi", volumes: 2 };
const cluster = evaluatedCluster((root) => {
  new KubernetesNamespace(root, "shop", {
    name: "shop",
    podReadinessGates: true,
    quota,
    portForwardGroups: ["shop-tools"],
    flows: {
      "from-load-balancer": {
        direction: "ingress",
        ports: [8080, 8081],
        pods: { app: "api" },
        peerCidr: "10.0.0.0/16",
      },
      "to-pooler": { direction: "egress", ports: [6432], peerNamespace: "pgbouncer", peerPods: { app: "pgbouncer" } },
    },
  });
  new KubernetesNamespace(root, "nodes", { name: "node-exporter", podSecurity: "privileged", quota });
});
const policy = (name: string) => cluster.values(`module.shop.kubernetes_network_policy_v1.${name}`);

test("a namespace enforces the level restricted unless it is told another, and warns of the same", () => {
  const labels = (call: string) => cluster.values(`module.${call}.kubernetes_namespace_v1.this`).metadata;
  const levels = (level: string) => ({
    "pod-security.kubernetes.io/enforce": level,
    "pod-security.kubernetes.io/warn": level,
    "pod-security.kubernetes.io/audit": level,
  });
  expect(labels("shop")).toMatchObject({
    labels: { ...levels("restricted"), "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
  });
  expect(labels("nodes")).toMatchObject({
    labels: { ...levels("privileged"), "elbv2.k8s.aws/pod-readiness-gate-inject": "disabled" },
  });
});

test("no pod sends or receives anything, except for DNS", () => {
  expect(policy("default_deny")).toMatchObject({
    spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
  });
  expect(policy("default_deny").spec).not.toHaveProperty("egress");
  expect(policy("dns")).toMatchObject({
    spec: {
      policy_types: ["Egress"],
      egress: [
        {
          to: [
            {
              namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
              pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { port: "53", protocol: "UDP" },
            { port: "53", protocol: "TCP" },
          ],
        },
      ],
    },
  });
});

test("a flow opens its ports in its direction, for its pods and its peer alone", () => {
  expect(policy('flow["from-load-balancer"]').spec).toEqual({
    pod_selector: { match_labels: { app: "api" } },
    policy_types: ["Ingress"],
    ingress: [
      {
        from: [{ ip_block: [{ cidr: "10.0.0.0/16" }], namespace_selector: [], pod_selector: [] }],
        ports: [
          { port: "8080", protocol: "TCP" },
          { port: "8081", protocol: "TCP" },
        ],
      },
    ],
    egress: [],
  });
  expect(policy('flow["to-pooler"]').spec).toEqual({
    pod_selector: { match_labels: {} },
    policy_types: ["Egress"],
    ingress: [],
    egress: [
      {
        to: [
          {
            ip_block: [],
            namespace_selector: [{ match_labels: { "kubernetes.io/metadata.name": "pgbouncer" } }],
            pod_selector: [{ match_labels: { app: "pgbouncer" } }],
          },
        ],
        ports: [{ port: "6432", protocol: "TCP" }],
      },
    ],
  });
});

test("pods have a quota, and containers without requests get some, so that the quota does not refuse them", () => {
  expect(cluster.values("module.shop.kubernetes_resource_quota_v1.this")).toMatchObject({
    spec: {
      hard: {
        pods: "20",
        "requests.cpu": "4",
        "requests.memory": "8Gi",
        "limits.memory": "12Gi",
        persistentvolumeclaims: "2",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    },
  });
  expect(cluster.values("module.shop.kubernetes_limit_range_v1.this")).toMatchObject({
    spec: {
      limit: [{ type: "Container", default: { memory: "256Mi" }, default_request: { cpu: "50m", memory: "64Mi" } }],
    },
  });
});

test("the default service account gives no pod a token", () => {
  expect(cluster.values("module.shop.kubernetes_default_service_account_v1.this")).toMatchObject({
    automount_service_account_token: false,
  });
});

test("the members of a group forward ports, and neither read Secrets nor change objects", () => {
  const [role, binding] = ["role", "role_binding"].map((type) =>
    cluster.values(`module.shop.kubernetes_${type}_v1.port_forward[0]`),
  );
  expect(role?.rule).toEqual([
    { api_groups: [""], resources: ["pods", "services"], verbs: ["get", "list"] },
    { api_groups: [""], resources: ["pods/portforward"], verbs: ["create", "get"] },
  ]);
  expect(binding).toMatchObject({
    role_ref: { kind: "Role", name: "port-forward" },
    subject: [{ kind: "Group", name: "shop-tools" }],
  });
  const groupless = cluster.addresses.filter((address) => /^module\.nodes\.kubernetes_role/.test(address));
  expect(groupless).toEqual([]);
});
