/** The gate on ordinary changes of the roots that stand: an approval that is asked too often is not read. */
import type { HclValue } from "../../lib/judgement/hcl";
import { isList, isMapping } from "../../lib/judgement/hcl";
import type { Planned } from "../lib/judgement/gate/applied";
import { applied, gateOn } from "./committed-tree";
import { ACCOUNT, CREDENTIALMATE, changesOf, type Edit, ORDERS } from "./edits";
import { CREDENTIALMATE_CHANGES } from "./ordinary-credentialmate";
import { ORDERS_CHANGES } from "./ordinary-orders";

const ORDINARY = changesOf([...CREDENTIALMATE_CHANGES, ...ORDERS_CHANGES]);

const standing = new Map([CREDENTIALMATE, ORDERS, ACCOUNT].map((root) => [root, applied(root)]));

function edited(resources: readonly Planned[], edit: Edit): Planned[] {
  if (edit.kind === "add") {
    const type = /\.(aws_\w+)\./.exec(edit.address)?.[1] ?? "";
    return [...resources, { address: edit.address, type, before: null, after: edit.values }];
  }
  const found = resources.find(({ address }) => address === edit.address);
  if (found?.before == null) throw new Error(`no ${edit.address}`);
  const after = edit.kind === "remove" ? null : withValue(found.before, edit.path.split("."), edit.value);
  if (JSON.stringify(after) === JSON.stringify(found.before)) throw new Error(`${edit.address} stays as it is`);
  const actions = edit.kind === "replace" ? ["delete", "create"] : [after === null ? "delete" : "update"];
  const change = { ...found, after: isMapping(after) ? after : null, actions };
  return resources.map((one) => (one === found ? change : one));
}

function withValue(
  value: HclValue,
  [name, ...rest]: readonly string[],
  change: HclValue | ((value: HclValue) => HclValue),
): HclValue {
  if (name === undefined) return typeof change === "function" ? change(value) : change;
  if (isList(value)) return value.map((item, i) => (String(i) === name ? withValue(item, rest, change) : item));
  const members = isMapping(value) ? value : {};
  return { ...members, [name]: withValue(members[name] ?? null, rest, change) };
}

test.each(ORDINARY)("$what", ({ root, approvals, edits }) => {
  const changes = edits.reduce(edited, standing.get(root) ?? []);
  const { refused, guardrails, toApprove, missing } = gateOn(root, changes);
  const stops = [...refused, ...guardrails.broken, ...guardrails.unknown].map((one) => `${one.address}: ${one.got}`);
  expect(stops).toEqual([]);
  expect({ missing, for: missing.length === approvals.length ? [] : toApprove }).toEqual({
    missing: approvals,
    for: [],
  });
});

test("at least 60 changes need nobody's approval but the reviewers'", () => {
  expect(ORDINARY.filter(({ approvals }) => approvals.length === 0).length).toBeGreaterThanOrEqual(60);
});
