/** Access as single entries: one statement of a policy, one rule, one route, under a key that does not depend on spelling. */

import { blocksIn, peersOf, portsOf } from "../guardrails/network-rules";
import { documentOf, type Principal, type Statement, statementsOf } from "../guardrails/policies";
import { isAbsent, many } from "../guardrails/values";
import { bare, isMapping, type Mapping, show, Unknown, type Value } from "../hcl";

export interface Entry {
  /** The same for the same access, however it is written. */
  readonly key: string;
  /** As an approver reads it: `tcp 22 from 0.0.0.0/0`. */
  readonly words: string;
}

/** Each text of a set: ARNs of policies, ids of route tables. */
export function texts(value: Value): Entry[] {
  return many(value).map((one) => ({ key: show(one), words: bare(one) }));
}

/** JSON text that is no policy document, such as a queue's redrive policy, as one entry. */
export function jsonText(value: Value): Entry[] {
  const document = documentOf(value);
  const members = isMapping(document)
    ? Object.entries(document).map(([name, one]) => `${name} ${alternatives(many(one))}`)
    : [];
  return members.length === 0 ? [] : [{ key: JSON.stringify(members.sort()), words: members.join(", ") }];
}

/** Each statement of a policy document. A document that cannot be read is one entry, which nothing explains. */
export function statements(value: Value): Entry[] {
  const all = statementsOf(value);
  if (all instanceof Unknown) return [{ key: `unreadable ${show(value)}`, words: "a policy that cannot be read" }];
  return all.map(entryOf);
}

/** A role's inline policies: `{ name, policy }`. */
export function inlinePolicies(value: Value): Entry[] {
  return blocksIn(value).flatMap(({ name = "", policy = "" }) =>
    statements(policy).map(({ key, words }) => ({ key: `${show(name)} ${key}`, words: `${show(name)}: ${words}` })),
  );
}

function entryOf(statement: Statement): Entry {
  const actions = sorted(statement.actions);
  // AWS takes actions in any case.
  const anyCase = sorted(actions.map((action) => action.toLowerCase()));
  const words = partsOf(statement, actions).map(([before, values]) => `${before} ${values.join(", ")}`.trim());
  return { key: JSON.stringify(partsOf(statement, anyCase)), words: words.join(" ") };
}

/** The elements that a statement has, each behind the words that introduce it. */
function partsOf(statement: Statement, actions: readonly string[]): (readonly [string, readonly string[]])[] {
  const { effect, notActions, resources, notResources, principals, notPrincipals } = statement;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ["", sorted([effect])],
    ["", actions],
    ["everything but", sorted(notActions)],
    ["on", sorted(resources)],
    ["on everything but", sorted(notResources)],
    ["to", sorted(principals.map(caller))],
    ["to everybody but", sorted(notPrincipals.map(caller))],
    ["where", conditionsIn(statement)],
  ];
  return parts.filter(([, values]) => values.length > 0);
}

function sorted(values: readonly Value[]): string[] {
  return [...new Set(values.map(bare))].sort();
}

/** A principal behind its kind, where it is no AWS principal. AWS shows an account as its root user. */
function caller({ kind, id }: Principal): Value {
  if (kind !== "AWS") return `${kind} ${bare(id)}`;
  const root = typeof id === "string" ? /^arn:[^:]*:iam::(\d{12}):root$/.exec(id) : null;
  return root?.[1] ?? id;
}

function conditionsIn({ conditions, openConditions }: Statement): string[] {
  const tests = conditions.map(({ operator, key, values }) => `${key} ${operator} ${alternatives(values)}`);
  return [...tests, ...openConditions.map((condition) => show(condition))].sort();
}

function alternatives(values: readonly Value[]): string {
  return sorted(values.map(asText)).join(" or ");
}

/** Policies hold booleans and numbers as text or as they are. */
function asText(value: Value): Value {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

/**
 * Rules as a group's attribute, or as the arguments of a rule's own resource, have them: one entry a peer.
 * @param group id of the group itself, which a rule on `self` means
 */
export function groupRules(value: Value, direction: "from" | "to", group: Value): Entry[] {
  return blocksIn(value).flatMap((rule) => {
    const ports = portsOf(rule, bare);
    return peersOf(rule, group).map((peer) => entry(`${ports} ${direction} ${bare(peer)}`));
  });
}

/** Rules of a network ACL, as its attribute or as a rule's own resource has them. */
export function aclRules(value: Value): Entry[] {
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

/** Where a route may lead. A machine is left out, as its network interface stands beside it. */
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

/** Routes as a route table's attribute, or as a route's own resource, have them. */
export function routes(value: Value): Entry[] {
  return blocksIn(value).map((route) =>
    entry(`${bare(firstOf(route, DESTINATIONS))} by ${bare(firstOf(route, TARGETS))}`),
  );
}

function entry(words: string): Entry {
  return { key: words.toLowerCase(), words };
}

function firstOf(values: Mapping, names: readonly string[]): Value {
  return names.map((name) => values[name] ?? null).find((value) => !isAbsent(value)) ?? null;
}
