/** Secrets in values: in texts, in JSON documents, and in arguments that are named like secrets. */
import { EncodedJson, type HclValue, isList, isMapping, type Mapping, Unordered } from "../hcl";
import { worst } from "./attributes";
import type { Verdict } from "./guardrail";
import { documentOf } from "./policies";
import {
  endsLikeSecretName,
  type Found,
  findSecret,
  isPlaceholder,
  looksLikeSecretName,
  verdictOn,
} from "./secret-patterns";
import { isAbsent, itemsOf } from "./values";

/** The worst finding at a place: a known secret, else a place whose secret is known only after the apply. */
export function holdsNoSecret(place: string, value: HclValue): Verdict {
  return worst(secretsIn(value, place).map(({ at, found }) => verdictOn(at, found)));
}

export interface SecretAt {
  /** `environment.0.DB_PASSWORD`. */
  readonly at: string;
  readonly found: Found;
}

/**
 * Each secret with its place, and never the secret itself.
 * @param place of the value; "" for the arguments of a resource
 */
export function secretsIn(value: HclValue, place: string): SecretAt[] {
  const secrets: SecretAt[] = [];
  collect(value, { name: place, depth: 0, hasNames: true }, secrets);
  return secrets;
}

interface Place {
  readonly outer?: Place;
  /** Name within the outer place; "" for the same place. */
  readonly name: string;
  readonly depth: number;
  /** Whether a name marks its value as a secret, rather than as the location of one. */
  readonly hasNames: boolean;
}

/** Computed only for places with findings: most have none. */
function pathOf({ outer, name }: Place): string {
  const path = outer === undefined ? "" : pathOf(outer);
  return path === "" || name === "" ? `${path}${name}` : `${path}.${name}`;
}

function collect(value: HclValue, place: Place, secrets: SecretAt[]): void {
  if (value instanceof EncodedJson) collect(value.value, place, secrets);
  else if (value instanceof Unordered) collect(value.elements, place, secrets);
  else if (place.depth > DEEPEST)
    secrets.push({ at: pathOf(place), found: { form: "a document in documents", isOpen: true } });
  else if (isList(value)) inList(value, place, secrets);
  else if (isMapping(value)) inMapping(value, place, secrets);
  else {
    const found = findSecret(value);
    if (found !== undefined) secrets.push({ at: pathOf(place), found });
    else if (typeof value === "string" && isDocument(value)) collect(documentOf(value), inner(place, ""), secrets);
  }
}

/** No real document is this deep; a deeper one hides something or is meant to exhaust the search. */
const DEEPEST = 100;

function isDocument(text: string): boolean {
  const start = text.slice(0, 64).trimStart()[0];
  return start === "[" || start === "{";
}

function inner(outer: Place, name: string, hasNames = outer.hasNames): Place {
  return { outer, name, depth: outer.depth + 1, hasNames };
}

const LITERAL: Found = { form: "a literal value", isOpen: false };

/** `["--password", "text"]` gives a value to the flag before it. */
function inList(list: readonly HclValue[], place: Place, secrets: SecretAt[]): void {
  for (const [i, item] of list.entries()) {
    const [at, flag = null] = [inner(place, String(i)), list[i - 1]];
    if (typeof flag === "string" && flag.startsWith("-") && endsLikeSecretName(flag) && isLiteral(item)) {
      secrets.push({ at: pathOf(at), found: { form: `a value of ${flag}`, isOpen: false } });
    } else collect(item, at, secrets);
  }
}

function inMapping(mapping: Mapping, place: Place, secrets: SecretAt[]): void {
  const { name = mapping.key ?? null, value = null } = mapping;
  if (typeof name === "string" && isLiteral(value) && !isFromStore(mapping)) {
    const isSecretName = ENVIRONMENT.test(pathOf(place)) ? looksLikeSecretName : endsLikeSecretName;
    if (isSecretName(name)) secrets.push({ at: pathOf(inner(place, name)), found: LITERAL });
  }
  for (const key of Object.keys(mapping)) {
    const member = mapping[key] ?? null;
    if (place.depth < DEEPEST && !mayHold(member)) continue;
    if (NAMES_OF_SECRETS.has(key)) collect(member, inner(place, key, false), secrets);
    else if (place.hasNames && endsLikeSecretName(key) && itemsOf(member).some(isLiteral)) {
      secrets.push({ at: pathOf(inner(place, key)), found: LITERAL });
    } else collect(member, inner(place, key), secrets);
  }
}

/** Most members are null or booleans. */
function mayHold(value: HclValue): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** In these, programs define the names; elsewhere `password_encryption` is a setting. */
const ENVIRONMENT = /environment|variables|override/i;

/**
 * Members whose values are locations of secrets.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html
 */
const NAMES_OF_SECRETS: ReadonlySet<string> = new Set([
  "runtime_environment_secrets",
  "registry_credential",
  "valueFrom",
  "credentialsParameter",
]);

/**
 * CodeBuild fetches the values of these variables.
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
 */
function isFromStore({ type = null }: Mapping): boolean {
  return type === "PARAMETER_STORE" || type === "SECRETS_MANAGER";
}

function isLiteral(value: HclValue): boolean {
  return typeof value === "string" && !isAbsent(value) && !isPlaceholder(value);
}
