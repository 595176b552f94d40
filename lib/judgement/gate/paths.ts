/** Rules of security groups as the network paths that they open. */
import { peersOf, portsOf } from "../guardrails/network-rules";
import type { Mapping } from "../hcl";
import type { Change } from "./change";
import type { Names } from "./names";
import type { Sentence } from "./sentence";

/** A path that is opened, closed or replaced. The rules at both ends of a path give the same sentence. */
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
  const peers = peersOf(rule, own).map((peer) => names.of(peer));
  const isOutwards = type.includes("egress") || rule.type === "egress";
  return {
    who: isOutwards ? [own] : peers,
    what: isOutwards ? peers : [own],
    on: [portsOf(rule, (value) => names.of(value))],
    when: "",
  };
}
