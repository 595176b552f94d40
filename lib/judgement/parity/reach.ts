/** Rules of security groups as edges of a graph: source, target and ports. */

import type { ResourceInstance } from "../configuration";
import { peersOf, portsOf } from "../guardrails/network-rules";
import { many } from "../guardrails/values";
import { type HclValue, isMapping, type Mapping, Reference } from "../hcl";
import { canonicalText } from "./text";

/** `true` under each edge: `ingress: 0.0.0.0/0 to security_groups["web"], tcp 443`. Names of rules do not matter. */
export function reachOf(resources: readonly ResourceInstance[]): Mapping {
  return Object.fromEntries(resources.flatMap(edgesOf).map((edge) => [edge, true]));
}

function edgesOf(resource: ResourceInstance): string[] {
  const { type, address, values } = resource;
  const own = values.security_group_id ?? null;
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
      return edges("ingress", own, values);
    case "aws_vpc_security_group_egress_rule":
      return edges("egress", own, values);
    case "aws_security_group_rule":
      return edges(typeof values.type === "string" ? values.type : "rule", own, values);
    case "aws_security_group":
    case "aws_default_security_group":
      return (["ingress", "egress"] as const).flatMap((direction) =>
        many(values[direction]).flatMap((rule) => edges(direction, new Reference(address), rule)),
      );
    default:
      return [];
  }
}

function edges(direction: string, group: HclValue, rule: HclValue): string[] {
  if (!isMapping(rule)) return [`${direction}: ${nameOf(group)}, ${nameOf(rule)}`];
  const ports = portsOf(rule, nameOf);
  return peersOf(rule, group).map((peer) => {
    const [from, to] = direction === "egress" ? [group, peer] : [peer, group];
    return `${direction}: ${nameOf(from)} to ${nameOf(to)}, ${ports}`;
  });
}

/** A group as its call and key: `security_groups["web"]`. */
function nameOf(value: HclValue): string {
  if (typeof value === "string") return value;
  if (!(value instanceof Reference)) return canonicalText(value);
  const address = value.address.replace(/^module\./, "").replace(/\.aws_security_group(\.this(?=\[|$))?/, "");
  return value.path === "" || value.path === "id" ? address : `${address}.${value.path}`;
}
