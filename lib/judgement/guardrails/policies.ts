/** Parses policy documents, of IAM and of resources, into statements with typed parts. */
import { EncodedJson, type HclValue, isMapping, isUnknown, type Mapping, Unknown } from "../hcl";
import { many } from "./values";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  readonly sid: string;
  readonly effect: HclValue;
  readonly actions: readonly HclValue[];
  /** The statement covers all actions except these. */
  readonly notActions: readonly HclValue[];
  readonly resources: readonly HclValue[];
  readonly notResources: readonly HclValue[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  /** All of them must be met. */
  readonly conditions: readonly KeyComparison[];
  /** The Condition element as written, for messages; an empty mapping if there is none. */
  readonly condition: HclValue;
  /** Parts of the Condition element whose keys are unknown. */
  readonly openConditions: readonly Unknown[];
}

export interface Principal {
  readonly kind: PrincipalKind;
  /** ARN, account, name of a service; `*` for everybody. */
  readonly id: HclValue;
}

/** `unknown` where only an apply shows the kind. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export type PrincipalKind = "AWS" | "CanonicalUser" | "Federated" | "Service" | "unknown";

const PRINCIPAL_KINDS = ["AWS", "CanonicalUser", "Federated", "Service"] as const;

/** One key of a Condition element. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface KeyComparison {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** The operator in lower case without its prefix and `IfExists`: `stringlike`. */
  readonly test: string;
  /** `all` also matches a request without the key. */
  readonly quantifier: "all" | "any" | undefined;
  /** Matches a request without the key. */
  readonly ifExists: boolean;
  /** In lower case, because AWS compares keys without case: `aws:sourceaccount`. */
  readonly key: string;
  /** The key as written. */
  readonly name: string;
  /** One of them must match. */
  readonly values: readonly HclValue[];
}

/**
 * The decoded value of a JSON text, with its unknown parts in place. Unknown if the text cannot be parsed; null for "".
 */
export function documentOf(value: HclValue): HclValue {
  if (value instanceof EncodedJson) return value.value;
  if (typeof value !== "string") return value;
  if (value === "") return null;
  if (!mayBeJson(value)) return new Unknown();
  const known = documents.get(value);
  if (known !== undefined) return known.document;
  if (documents.size >= MOST_DOCUMENTS) documents.clear();
  const document = parsed(value);
  documents.set(value, { document });
  return document;
}

/** Most texts are names. A parser that refuses each of them takes longer than all rules. */
function mayBeJson(text: string): boolean {
  return /^[ \t\r\n]*(?:[[{"]|(?:true|false|null|-?\d[\d.eE+-]*)[ \t\r\n]*$)/.test(text);
}

/** Several rules read each document, one rule after the other. */
const documents = new Map<string, { readonly document: HclValue }>();
const MOST_DOCUMENTS = 1000;

function parsed(text: string): HclValue {
  try {
    const document: HclValue = JSON.parse(text);
    return document;
  } catch {
    return new Unknown();
  }
}

/** The statements of a document. Unknown if one of them is unknown. */
export function statementsOf(value: HclValue): readonly Statement[] | Unknown {
  const document = documentOf(value);
  if (isUnknown(document)) return document;
  if (!isMapping(document)) return [];
  const known = statements.get(document) ?? statementsIn(document);
  statements.set(document, known);
  return known;
}

const statements = new WeakMap<Mapping, readonly Statement[] | Unknown>();

function statementsIn(document: Mapping): readonly Statement[] | Unknown {
  const all = many(member(document, "Statement"));
  return all.find(isUnknown) ?? all.filter(isMapping).map(statementOf);
}

function statementOf(statement: Mapping, position: number): Statement {
  const sid = member(statement, "Sid");
  const condition = member(statement, "Condition") ?? {};
  return {
    sid: typeof sid === "string" ? sid : `statement ${position + 1}`,
    effect: member(statement, "Effect") ?? null,
    actions: many(member(statement, "Action")),
    notActions: many(member(statement, "NotAction")),
    resources: many(member(statement, "Resource")),
    notResources: many(member(statement, "NotResource")),
    principals: principalsOf(member(statement, "Principal")),
    notPrincipals: principalsOf(member(statement, "NotPrincipal")),
    conditions: comparisonsOf(condition),
    condition,
    openConditions: [condition, ...(isMapping(condition) ? Object.values(condition) : [])].filter(isUnknown),
  };
}

/** AWS accepts the names of elements in any case. */
export function member(mapping: Mapping, name: string): HclValue | undefined {
  const known = mapping[name];
  if (known !== undefined && known !== null) return known;
  const isName = (other: string) => other.length === name.length && other.toLowerCase() === name.toLowerCase();
  const found = Object.keys(mapping).find(isName);
  return found === undefined ? undefined : mapping[found];
}

function principalsOf(value: HclValue | undefined): readonly Principal[] {
  if (value === undefined || !isMapping(value)) {
    return many(value).map((id) => ({ kind: isUnknown(id) ? "unknown" : "AWS", id }));
  }
  return Object.entries(value).flatMap(([name, ids]) => {
    const kind = PRINCIPAL_KINDS.find((one) => one.toLowerCase() === name.toLowerCase()) ?? "unknown";
    return many(ids).map((id) => ({ kind, id }));
  });
}

function comparisonsOf(condition: HclValue): readonly KeyComparison[] {
  if (!isMapping(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    const [, quantifier = "", test = "", ifExists] = OPERATOR.exec(operator) ?? [];
    if (!isMapping(keys)) return [];
    return Object.entries(keys).map(([name, value]) => ({
      operator,
      test: test.toLowerCase(),
      quantifier: QUANTIFIERS[quantifier.toLowerCase()],
      ifExists: ifExists !== undefined,
      key: name.toLowerCase(),
      name,
      values: many(value),
    }));
  });
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i;

const QUANTIFIERS: Readonly<Record<string, "all" | "any">> = { forallvalues: "all", foranyvalue: "any" };
