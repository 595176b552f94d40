/** The contents of a resource's arguments: texts, and statements of policies. */
import type { ResourceInstance } from "../configuration";
import { documentOf, member, type Statement, statementsOf } from "../guardrails/policies";
import { argumentsWith } from "../guardrails/types";
import { isAbsent, many, textWithHoles } from "../guardrails/values";
import { EncodedJson, type HclValue, isList, isMapping, isUnknown, type Mapping, Unknown } from "../hcl";

/** A part of an argument. `open` is a policy whose statements are unknown. */
export type Content =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "statement"; readonly path: string; readonly statement: Statement }
  | { readonly kind: "open"; readonly path: string };

/** Texts and statements at any depth, in JSON texts too. References to resources of the root are left out. */
export function contentsOf({ type, values }: Pick<ResourceInstance, "type" | "values">): Content[] {
  const policies = new Set(argumentsWith(type, "policy").filter((name) => POLICIES.has(name)));
  return Object.entries(values).flatMap(([name, value]) => contentsAt(name, value, policies));
}

/** Arguments with the policy of a resource. Others that have the mark contain names and settings of policies. */
export const POLICIES: ReadonlySet<string> = new Set([
  "access_policies",
  "access_policy",
  "assume_role_policy",
  "policy",
  "policy_document",
  "resource_policy",
]);

/** @param policies arguments that contain a policy, also if their values do not look like one */
function contentsAt(path: string, value: HclValue, policies: ReadonlySet<string>): Content[] {
  if (isList(value) || many(value).length > 1) return many(value).flatMap((one) => contentsAt(path, one, policies));
  if (policies.has(path.split(".").at(-1) ?? "")) return policyAt(path, value);
  if (value instanceof EncodedJson) return documentAt(path, value.value);
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return jsonAt(path, value);
  if (isMapping(value)) return membersAt(path, value, policies);
  const text = typeof value === "string" || isUnknown(value) ? textWithHoles(value) : undefined;
  return text === undefined || text === "" ? [] : [{ kind: "text", path, text }];
}

function membersAt(path: string, values: Mapping, policies: ReadonlySet<string>): Content[] {
  return Object.entries(values).flatMap(([name, one]) => contentsAt(`${path}.${name}`, one, policies));
}

function policyAt(path: string, value: HclValue): Content[] {
  if (isAbsent(value)) return [];
  const document = documentOf(value);
  return isMapping(document) ? documentAt(path, document) : [{ kind: "open", path }];
}

/** Text that begins like JSON and is none stays a text. */
function jsonAt(path: string, text: string): Content[] {
  try {
    return documentAt(path, JSON.parse(text));
  } catch {
    return [{ kind: "text", path, text }];
  }
}

const NO_POLICIES: ReadonlySet<string> = new Set();

function documentAt(path: string, document: HclValue): Content[] {
  if (!isMapping(document) || member(document, "Statement") === undefined) {
    return contentsAt(path, document, NO_POLICIES);
  }
  const statements = statementsOf(document);
  if (statements instanceof Unknown) return [{ kind: "open", path }];
  return statements.map((statement) => ({ kind: "statement", path, statement }));
}
