/** Rules of security groups as the network paths that they open. */
import { SECURITY_GROUP_PEERS } from "../configuration/security-group-peers";
import type { Mapping, Value } from "../hcl";
import type { Change } from "./change";
import type { Names } from "./names";
import type { Sentence } from "./sentence";

/** A path that is opened, closed, or exchanged for another. A path has a rule at either end, and both say the same. */
export function pathInWords(change: Change, names: Names): Sentence[] {
  const before = change.before === undefined ? undefined : path(change, change.before, names);
  const after = change.after === undefined ? undefined : path(change, change.after, names);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    ...(after === undefined ? [] : [{ ...after, may: before === undefined ? "may reach" : "may now reach" }]),
    ...(before === undefined ? [] : [{ ...before, may: "may no longer reach" }]),
  ];
}

function path({ type, address }: Change, rule: Mapping, names: Names): Omit<Sentence, "may"> {
  const own = names.of(rule.security_group_id ?? names.ofAddress(address));
  const peer =
    rule.self === true ? own : names.of(SECURITY_GROUP_PEERS.map((name) => rule[name] ?? null).find(isGiven) ?? null);
  const isOutwards = type.includes("egress") || rule.type === "egress";
  return {
    who: [isOutwards ? own : peer],
    what: [isOutwards ? peer : own],
    on: [portsOf(rule, names)],
    when: "",
  };
}

function isGiven(value: Value): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

/** `tcp 443`, `udp 1024 to 2048`. */
function portsOf({ ip_protocol, protocol, from_port: from = null, to_port: to = null }: Mapping, names: Names): string {
  const name = names.of(ip_protocol ?? protocol ?? null);
  if (name === "-1") return "every port";
  return from === to ? `${name} ${names.of(from)}` : `${name} ${names.of(from)} to ${names.of(to)}`;
}
