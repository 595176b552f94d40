/** Access as entries: statements of policies, rules and routes, each with a key that does not depend on the notation. */

import { blocksIn, peersOf, portsOf } from "../guardrails/network-rules";
import { documentOf, type Principal, type Statement, statementsOf } from "../guardrails/policies";
import { isAbsent, many } from "../guardrails/values";
import { bare, type HclValue, isMapping, type Mapping, show, Unknown } from "../hcl";

export interface Entry {
  /** Equal for equal access in different notations. */
  readonly key: string;
  /** The entry for an approver: `tcp 22 from 0.0.0.0/0`. */
  readonly words: string;
}

/** Each element of a set of texts: ARNs of policies, ids of route tables. */
export function texts(value: HclValue): Entry[] {
  return many(value).map((one) => ({ key: show(one), words: bare(one) }));
}

/** One entry for JSON text that is no policy document, such as the redrive policy of a queue. */
export function jsonText(value: HclValue): Entry[] {
  const document = documentOf(value);
  const members = isMapping(document)
    ? Object.entries(document).map(([name, one]) => `${name} ${alternatives(many(one))}`)
    : [];
  return members.length === 0 ? [] : [{ key: JSON.stringify(members.sort()), words: members.join(", ") }];
}

/** Each statement of a policy document. An unreadable document is one entry, which no resource explains. */
export function statements(value: HclValue): Entry[] {
  const all = statementsOf(value);
  if (all instanceof Unknown) return [{ key: `unreadable ${show(value)}`, words: "a policy that cannot be read" }];
  return all.map(entryOf);
}

/** A role's inline policies: `{ name, policy }`. */
export function inlinePolicies(value: HclValue): Entry[] {
  return blocksIn(value).flatMap(({ name = "", policy = "" }) =>
    statements(policy).map(({ key, words }) => ({ key: `${show(name)} ${key}`, words: `${show(name)}: ${words}` })),
  );
}

function entryOf(statement: Statement): Entry {
  const actions = sorted(statement.actions);
  // Actions are case-insensitive.
  const anyCase = sorted(actions.map((action) => action.toLowerCase()));
  const words = partsOf(statement, actions).map(([before, values]) => `${before} ${values.join(", ")}`.trim());
  return { key: JSON.stringify(partsOf(statement, anyCase)), words: words.join(" ") };
}

/** The elements of a statement, each with the words that introduce it. */
function partsOf(statement: Statement, actions: readonly string[]): (readonly [string, readonly string[]])[] {
  const { effect, notActions, resources, notResources, principals, notPrincipals } = statement;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ["", sorted([effect])],
    ["", actions],
    ["everything except", sorted(notActions)],
    ["on", sorted(resources)],
    ["on everything except", sorted(notResources)],
    ["to", sorted(principals.map(caller))],
    ["to everybody except", sorted(notPrincipals.map(caller))],
    ["where", conditionsIn(statement)],
  ];
  return parts.filter(([, values]) => values.length > 0);
}

function sorted(values: readonly HclValue[]): string[] {
  return [...new Set(values.map(bare))].sort();
}

/** A principal with its kind, unless the kind is AWS. An account may be written as its root user. */
function caller({ kind, id }: Principal): HclValue {
  if (kind !== "AWS") return `${kind} ${bare(id)}`;
  const root = typeof id === "string" ? /^arn:[^:]*:iam::(\d{12}):root$/.exec(id) : null;
  return root?.[1] ?? id;
}

function conditionsIn({ conditions, openConditions }: Statement): string[] {
  const tests = conditions.map(({ operator, key, values }) => `${key} ${operator} ${alternatives(values)}`);
  return [...tests, ...openConditions.map((condition) => show(condition))].sort();
}

function alternatives(values: readonly HclValue[]): string {
  return sorted(values.map(asText)).join(" or ");
}

/** Policies hold booleans and numbers as such, or as text. */
function asText(value: HclValue): HclValue {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

/**
 * One entry for each peer of a security group's rules, from an attribute of the group or from the resource of a rule.
 * @param group id of the group, which `self` means
 */
export function groupRules(value: HclValue, direction: "from" | "to", group: HclValue): Entry[] {
  return blocksIn(value).flatMap((rule) => {
    const ports = portsOf(rule, bare);
    return peersOf(rule, group).map((peer) => entry(`${ports} ${direction} ${bare(peer)}`));
  });
}

/** Rules of a network ACL, from an attribute of the ACL or from the resource of a rule. */
export function aclRules(value: HclValue): Entry[] {
  return blocksIn(value).map((rule) => {
    const number = bare(rule.rule_no ?? rule.rule_number ?? null);
    const action = bare(rule.action ?? rule.rule_action ?? null);
    const range = bare(firstOf(rule, ["cidr_block", "ipv6_cidr_block"]));
    return entry(`${number} ${action} ${portsOf(rule, bare)} ${range}`);
  });
}

const DESTINATIONS = [
  "cidr_block",
  "destination_cidr_block",
  "ipv6_cidr_block",
  "destination_ipv6_cidr_block",
  "destination_prefix_list_id",
];

/** Arguments that name the target of a route. An instance is omitted, because its network interface is listed too. */
const TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
];

/** Routes, from an attribute of the route table or from the resource of a route. */
export function routes(value: HclValue): Entry[] {
  return blocksIn(value).map((route) =>
    entry(`${bare(firstOf(route, DESTINATIONS))} by ${bare(firstOf(route, TARGETS))}`),
  );
}

function entry(words: string): Entry {
  return { key: words.toLowerCase(), words };
}

function firstOf(values: Mapping, names: readonly string[]): HclValue {
  return names.map((name) => values[name] ?? null).find((value) => !isAbsent(value)) ?? null;
}
