/** The rules of security groups as the edges of a graph: who may reach whom, on which ports. */

import type { ResourceInstance } from "../configuration";
import { SECURITY_GROUP_PEERS } from "../configuration/security-group-peers";
import { isList, isMapping, type Mapping, Reference, type Value } from "../hcl";
import { textOf } from "./text";

/** `true` under each edge: `ingress: 0.0.0.0/0 to security_groups["web"], tcp 443`. The rules' own names do not matter. */
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

function edges(direction: string, group: Value, rule: Value): string[] {
  if (!isMapping(rule)) return [`${direction}: ${nameOf(group)}, ${nameOf(rule)}`];
  const peers = [...SECURITY_GROUP_PEERS.flatMap((name) => many(rule[name])), ...(rule.self === true ? [group] : [])];
  const ports = portsOf(rule);
  return peers.map((peer) => {
    const [from, to] = direction === "egress" ? [group, peer] : [peer, group];
    return `${direction}: ${nameOf(from)} to ${nameOf(to)}, ${ports}`;
  });
}

function portsOf(rule: Mapping): string {
  const protocol = rule.ip_protocol ?? rule.protocol ?? null;
  if (protocol === "-1" || protocol === "all") return "everything";
  const [first, last] = [rule.from_port ?? null, rule.to_port ?? null].map(nameOf);
  return `${nameOf(protocol)} ${first === last ? first : `${first} to ${last}`}`;
}

function many(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

/** A group by its call and key: `security_groups["web"]`. */
function nameOf(value: Value): string {
  if (typeof value === "string") return value;
  if (!(value instanceof Reference)) return textOf(value);
  const address = value.address.replace(/^module\./, "").replace(/\.aws_security_group(\.this(?=\[|$))?/, "");
  return value.path === "" || value.path === "id" ? address : `${address}.${value.path}`;
}
