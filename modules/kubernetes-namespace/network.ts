/**
 * Network policies of a namespace. They take effect on EKS only if the VPC CNI add-on has network policies enabled.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  blockForEach,
  blockIf,
  condition,
  type Expression,
  hcl,
  isSet,
  OBJECT_NAME,
  type Ref,
  resource,
  resourceForEach,
  set,
  soleBlockIf,
  text,
} from "../../lib";

const LABELS = z.record(z.string().min(1), z.string());

const FLOW = z.object({
  direction: z.enum(["ingress", "egress"]),
  ports: set(z.int().min(1).max(65535)),
  pods: LABELS.default({}),
  peerNamespace: OBJECT_NAME.nullable().default(null),
  peerPods: LABELS.default({}),
  peerCidr: text(/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/, "a CIDR block such as 10.0.0.0/16", "10.0.0.0")
    .nullable()
    .default(null),
});

export const FLOWS = z
  .record(OBJECT_NAME, FLOW)
  .default({})
  .describe(
    "Allowed connections by name, over TCP to the given ports, or to every port if there are none: `ingress` to or `egress` from the pods with all labels of `pods` (every pod if it is empty). The peer is either the pods with the labels `peerPods` in `peerNamespace`, or the addresses of `peerCidr`.",
  );

type Flow = z.output<typeof FLOW>;

export function closeNetwork(
  scope: Construct,
  namespace: Expression<string>,
  flows: Ref<Readonly<Record<string, Flow>>>,
): Expression<unknown>[] {
  const closed = resource(scope, NetworkPolicyV1, "default_deny", {
    metadata: { name: "default-deny", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  const dns = resource(scope, NetworkPolicyV1, "dns", {
    metadata: { name: "allow-dns", namespace },
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: ["UDP", "TCP"].map((protocol) => ({ port: "53", protocol })),
        },
      ],
    },
  });
  const allowed = resourceForEach(scope, NetworkPolicyV1, "flow", flows, (flow, name) => {
    const isIngress = condition`${flow.direction} == "ingress"`;
    const isEgress = condition`${flow.direction} == "egress"`;
    return {
      metadata: { name, namespace },
      spec: {
        podSelector: { matchLabels: flow.pods },
        policyTypes: [isIngress("Ingress", "Egress")],
        ingress: blockIf(isIngress, { from: [peerOf(flow)], ports: portsOf(flow) }),
        egress: blockIf(isEgress, { to: [peerOf(flow)], ports: portsOf(flow) }),
      },
    };
  });
  return [closed, dns, allowed];
}

function peerOf(flow: Ref<Flow>) {
  const isNamespace = isSet(flow.peerNamespace);
  return {
    namespaceSelector: soleBlockIf(isNamespace, (name) => ({ matchLabels: { "kubernetes.io/metadata.name": name } })),
    podSelector: soleBlockIf(isNamespace, { matchLabels: flow.peerPods }),
    ipBlock: soleBlockIf(isSet(flow.peerCidr), (cidr) => ({ cidr })),
  };
}

/** Only texts can be the keys of blocks. */
function portsOf(flow: Ref<Flow>) {
  const ports = hcl<Record<string, number>>`{ for port in ${flow.ports} : tostring(port) => port }`;
  return blockForEach(ports, (_, port) => ({ port, protocol: "TCP" }));
}
