/** Edits of a root that stands, from which ordinary changes are put together. */
import type { Approval } from "../../lib/judgement/gate/context";
import { type HclValue, isList } from "../../lib/judgement/hcl";
import type { Values } from "../lib/judgement/gate/applied";

export const CREDENTIALMATE = "environments/credentialmate/prod";
export const ORDERS = "environments/orders/prod";
export const ACCOUNT = "accounts/credentialmate-prod";

/** The value of an argument, or that which an edit makes of it. */
type NewValue = HclValue | ((value: HclValue) => HclValue);

export type Edit =
  /** @param path names and places in lists: `health_check.path`, `rule.0.status` */
  | { readonly kind: "update" | "replace"; readonly address: string; readonly path: string; readonly value: NewValue }
  | { readonly kind: "add"; readonly address: string; readonly values: Values }
  | { readonly kind: "remove"; readonly address: string };

export const set = (address: string, path: string, value: NewValue): Edit => ({ kind: "update", address, path, value });
export const renew = (address: string, path: string, value: NewValue): Edit => ({
  kind: "replace",
  address,
  path,
  value,
});
export const add = (address: string, values: Values): Edit => ({ kind: "add", address, values });
export const remove = (address: string): Edit => ({ kind: "remove", address });

/** Approvals are exactly those that the gate asks. */
export interface OrdinaryChange {
  readonly what: string;
  readonly root: string;
  readonly approvals: readonly Approval[];
  readonly edits: readonly Edit[];
}

export type OrdinaryRow = readonly [what: string, root: string, approvals: readonly Approval[], ...edits: Edit[]];

export function changesOf(rows: readonly OrdinaryRow[]): OrdinaryChange[] {
  return rows.map(([what, root, approvals, ...edits]) => ({ what, root, approvals, edits }));
}

export function arn(account: string, address: string): string {
  const kind = address.includes(".aws_kms_key.") ? ["kms", "key/"] : ["service", ""];
  return `arn:aws:${kind[0]}:us-east-1:${account}:${kind[1]}${address}.arn`;
}

/** Edits a text. */
export function inText(from: string | RegExp, to: string): (value: HclValue) => HclValue {
  return (value) => String(value).replace(from, to);
}

/** Adds an item to a list. */
export function more(item: HclValue): (value: HclValue) => HclValue {
  return (value) => (isList(value) ? [...value, item] : [item]);
}
