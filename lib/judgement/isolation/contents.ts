/** The contents of a resource's arguments: texts, and statements of policies. */
import { member, type Statement, statementsOf } from "../guardrails/policies";
import { many, textWithHoles } from "../guardrails/values";
import { EncodedJson, type HclValue, isList, isMapping, isUnknown, type Mapping, Unknown } from "../hcl";

/** A part of an argument. `open` is a policy whose statements are unknown. */
export type Content =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "statement"; readonly path: string; readonly statement: Statement }
  | { readonly kind: "open"; readonly path: string };

/** Texts and statements at any depth, in JSON texts too. References to resources of the root are left out. */
export function contentsOf(values: Mapping): Content[] {
  return Object.entries(values).flatMap(([name, value]) => contentsAt(name, value));
}

function contentsAt(path: string, value: HclValue): Content[] {
  if (value instanceof EncodedJson) return documentAt(path, value.value);
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return jsonAt(path, value);
  if (isMapping(value)) return Object.entries(value).flatMap(([name, one]) => contentsAt(`${path}.${name}`, one));
  if (isList(value) || many(value).length > 1) return many(value).flatMap((one) => contentsAt(path, one));
  const text = typeof value === "string" || isUnknown(value) ? textWithHoles(value) : undefined;
  return text === undefined || text === "" ? [] : [{ kind: "text", path, text }];
}

/** Text that begins like JSON and is none stays a text. */
function jsonAt(path: string, text: string): Content[] {
  try {
    return documentAt(path, JSON.parse(text));
  } catch {
    return [{ kind: "text", path, text }];
  }
}

function documentAt(path: string, document: HclValue): Content[] {
  if (!isMapping(document) || member(document, "Statement") === undefined) return contentsAt(path, document);
  const statements = statementsOf(document);
  if (statements instanceof Unknown) return [{ kind: "open", path }];
  return statements.map((statement) => ({ kind: "statement", path, statement }));
}
