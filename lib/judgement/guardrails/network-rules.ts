/** Rules of security groups and network ACLs, as inline blocks or as resources. */
import { type HclValue, isMapping, type Mapping } from "../hcl";
import { isAbsent, itemsOf, many } from "./values";

/**
 * Arguments that name the peer of a security group's rule, in resources of single rules and in blocks of a group. `self`
 * is a boolean, and none of them.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_ingress_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group
 */
const PEERS = [
  "cidr_ipv4",
  "cidr_ipv6",
  "prefix_list_id",
  "referenced_security_group_id",
  "source_security_group_id",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "prefix_list_ids",
  "security_groups",
];

/** Every peer of a rule. @param group the group that has the rule, which `self` means */
export function peersOf(rule: Mapping, group: HclValue): HclValue[] {
  const peers = PEERS.flatMap((name) => many(rule[name])).filter((peer) => !isAbsent(peer));
  return rule.self === true ? [...peers, group] : peers;
}

/** The blocks of an argument that has a list of them, or a single one. */
export function blocksIn(value: HclValue): Mapping[] {
  return itemsOf(value).filter(isMapping);
}

/** Names of protocols by the numbers that AWS accepts for them. */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", all: "-1" };

/** Protocols for which EC2 distinguishes ports, or types and codes. */
const WITH_PORTS = new Set(["tcp", "udp", "icmp", "icmpv6"]);

/** `tcp 443`, `udp 1024 to 2048`, `every port`, `protocol 47`. @param name a value in words */
export function portsOf(rule: Mapping, name: (value: HclValue) => string): string {
  const { from_port: from = null, to_port: to = null } = rule;
  const written = name(rule.ip_protocol ?? rule.protocol ?? null).toLowerCase();
  const protocol = PROTOCOLS[written] ?? written;
  if (protocol === "-1") return "every port";
  if (!WITH_PORTS.has(protocol)) return `protocol ${protocol}`;
  return from === to ? `${protocol} ${name(from)}` : `${protocol} ${name(from)} to ${name(to)}`;
}
