import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { z } from "zod";
import { BYTES, CPU, defineModule, hcl, OBJECT_NAME, readyAfter, resource, set, sizing, text } from "../../lib";
import { closeNetwork, FLOWS } from "./network";
import { portForwarding } from "./port-forwarding";

const POD_SECURITY = "pod-security.kubernetes.io";

export const KubernetesNamespace = defineModule({
  name: "kubernetes-namespace",
  description:
    "A namespace with a Pod Security level, a quota, defaults for containers, and a network that is closed except for DNS and the given flows. Its deletion deletes everything in it, with the data of its volume claims.",
  providers: ["kubernetes"],
  inputs: {
    name: OBJECT_NAME.describe("Name of the namespace. A new name replaces the namespace with everything in it."),
    podSecurity: z
      .enum(["restricted", "baseline", "privileged"])
      .default("restricted")
      .describe("Pod Security level that is enforced: pods below it are refused."),
    podReadinessGates: z
      .boolean()
      .default(false)
      .describe("Whether a new pod is ready only after the load balancer sends it requests."),
    quota: sizing(
      z.object({
        pods: z.int().min(1).max(5000),
        cpu: CPU,
        memory: BYTES,
        memoryLimit: BYTES,
        volumes: z.int().min(0),
      }),
    ).describe(
      "Sum of what the pods may request, of their memory limits, and number of volume claims. A rolling update needs room for the additional pods.",
    ),
    containerDefaults: sizing(z.object({ cpu: CPU, memory: BYTES, memoryLimit: BYTES }))
      .default({ cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" })
      .describe("Requests and memory limit of a container that has none. The quota refuses pods without them."),
    flows: FLOWS,
    portForwardGroups: set(text(/^[a-z][a-z0-9-]*$/, "names of groups without a colon", "system:masters"))
      .default([])
      .describe(
        "Groups of access entries whose members may forward ports to the pods, such as those of dashboards. Network policies do not apply to these connections.",
      ),
  },
  rules: [
    {
      inputs: ["flows"],
      allowed: "flows with either a namespace or a CIDR block as peer",
      holds: ({ flows }) => Object.values(flows).every(({ peerNamespace, peerCidr }) => !peerNamespace !== !peerCidr),
      condition: "alltrue([for flow in var.flows : (flow.peer_namespace == null) != (flow.peer_cidr == null)])",
      counterexample: {
        flows: {
          nobody: { direction: "egress", ports: [443], pods: {}, peerNamespace: null, peerPods: {}, peerCidr: null },
        },
      },
    },
  ],
  outputs: { name: z.string().describe("Name of the namespace, available after its network is closed.") },
  example: {
    name: "shop",
    quota: { pods: 20, cpu: "4", memory: "8Gi", memoryLimit: "12Gi", volumes: 0 },
    flows: {
      "from-load-balancer": { direction: "ingress", ports: [8080], pods: { app: "shop" }, peerCidr: "10.0.0.0/16" },
      "to-pgbouncer": {
        direction: "egress",
        ports: [6432],
        peerNamespace: "pgbouncer",
        peerPods: { app: "pgbouncer" },
      },
    },
    portForwardGroups: ["operators"],
  },
  build(scope, input) {
    const namespace = resource(scope, NamespaceV1, "this", {
      metadata: {
        name: input.name,
        labels: {
          [`${POD_SECURITY}/enforce`]: input.podSecurity,
          [`${POD_SECURITY}/warn`]: input.podSecurity,
          [`${POD_SECURITY}/audit`]: input.podSecurity,
          "elbv2.k8s.aws/pod-readiness-gate-inject": input.podReadinessGates("enabled", "disabled"),
        },
      },
    });
    const name = namespace.metadata.name;
    const metadata = { name: "default", namespace: name };
    const quota = resource(scope, ResourceQuotaV1, "this", {
      metadata,
      spec: {
        hard: {
          pods: hcl<string>`tostring(${input.quota.pods})`,
          "requests.cpu": input.quota.cpu,
          "requests.memory": input.quota.memory,
          "limits.memory": input.quota.memoryLimit,
          persistentvolumeclaims: hcl<string>`tostring(${input.quota.volumes})`,
          "services.nodeports": "0",
          "services.loadbalancers": "0",
        },
      },
    });
    const limits = resource(scope, LimitRangeV1, "this", {
      metadata,
      spec: {
        limit: [
          {
            type: "Container",
            defaultRequest: { cpu: input.containerDefaults.cpu, memory: input.containerDefaults.memory },
            default: { memory: input.containerDefaults.memoryLimit },
          },
        ],
      },
    });
    resource(scope, DefaultServiceAccountV1, "this", {
      metadata: { namespace: name },
      automountServiceAccountToken: false,
    });
    portForwarding(scope, name, input.portForwardGroups);
    return { name: readyAfter(input.name, namespace, quota, limits, ...closeNetwork(scope, name, input.flows)) };
  },
});
