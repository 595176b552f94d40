/** Secrets in values: in texts, in JSON documents, and in arguments that are named like secrets. */
import { EncodedJson, type HclValue, isList, isMapping, type Mapping, Unordered } from "../hcl";
import { worst } from "./attributes";
import type { Verdict } from "./guardrail";
import { documentOf } from "./policies";
import { namesSecret, withoutLocations } from "./secret-locations";
import {
  endsLikeSecretName,
  type Found,
  findSecret,
  isPlaceholder,
  looksLikeSecretName,
  verdictOn,
} from "./secret-patterns";
import { isAbsent, itemsOf, valuesAt } from "./values";

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
  const search = new Search(place);
  collect(value, search, true);
  return search.secrets;
}

/** A search holds one path and changes it at each step, because a tree has many places and few findings. */
class Search {
  readonly secrets: SecretAt[] = [];
  readonly #names: string[];

  constructor(place: string) {
    this.#names = [place];
  }

  /** Without the names of the outermost value and of documents within text, which are empty. */
  get path(): string {
    return this.#names.filter((name) => name !== "").join(".");
  }

  get depth(): number {
    return this.#names.length - 1;
  }

  /** @param name within the outer place; "" for the same place */
  enter(name: string): void {
    this.#names.push(name);
  }

  leave(): void {
    this.#names.pop();
  }

  found(found: Found): void {
    this.secrets.push({ at: this.path, found });
  }

  foundAt(name: string, found: Found): void {
    this.enter(name);
    this.found(found);
    this.leave();
  }
}

/** @param hasNames whether a name marks its value as a secret, rather than as the location of one */
function collect(value: HclValue, search: Search, hasNames: boolean): void {
  if (value instanceof EncodedJson) collect(value.value, search, hasNames);
  else if (value instanceof Unordered) collect(value.elements, search, hasNames);
  else if (search.depth > DEEPEST) search.found({ form: "a document in documents", isOpen: true });
  else if (isList(value)) inList(value, search, hasNames);
  else if (isMapping(value)) inMapping(value, search, hasNames);
  else {
    const found = findSecret(typeof value === "string" ? withoutLocations(value) : value);
    if (found !== undefined) search.found(found);
    else if (typeof value === "string" && isDocument(value)) collectAt("", documentOf(value), search, hasNames);
  }
}

function collectAt(name: string, value: HclValue, search: Search, hasNames: boolean): void {
  search.enter(name);
  collect(value, search, hasNames);
  search.leave();
}

/** No real document is this deep; a deeper one hides something or is meant to exhaust the search. */
const DEEPEST = 100;

function isDocument(text: string): boolean {
  const start = text.slice(0, 64).trimStart()[0];
  return start === "[" || start === "{";
}

const LITERAL: Found = { form: "a literal value", isOpen: false };

/** `["--password", "text"]` gives a value to the flag before it. */
function inList(list: readonly HclValue[], search: Search, hasNames: boolean): void {
  for (const [i, item] of list.entries()) {
    const flag = list[i - 1] ?? null;
    if (typeof flag === "string" && flag.startsWith("-") && endsLikeSecretName(flag) && isLiteral(item)) {
      search.foundAt(String(i), { form: `a value of ${flag}`, isOpen: false });
    } else collectAt(String(i), item, search, hasNames);
  }
}

function inMapping(mapping: Mapping, search: Search, hasNames: boolean): void {
  for (const key of Object.keys(mapping)) {
    const member = mapping[key] ?? null;
    if (search.depth < DEEPEST && !mayHold(member)) continue;
    const { namedBy, isSecret } = traitsOf(key);
    if (namedBy.length > 0) byNames(mapping, namedBy, member, search);
    if (namesSecret(key, mapping)) collectAt(key, member, search, false);
    else if (hasNames && isSecret && holdsLiteral(member)) search.foundAt(key, LITERAL);
    else collectAt(key, member, search, hasNames);
  }
}

/** @param names of the arguments that may give a name to the value */
function byNames(mapping: Mapping, names: readonly string[], value: HclValue, search: Search): void {
  if (isFromStore(mapping)) return;
  const isSecretName = ENVIRONMENT.test(search.path) ? looksLikeSecretName : endsLikeSecretName;
  for (const path of names) {
    const name = valuesAt(mapping, path).find((one) => typeof one === "string" && isSecretName(one));
    if (name !== undefined && itemsOf(value).some(isLiteral)) search.foundAt(String(name), LITERAL);
  }
}

interface Traits {
  /** The arguments that may give a name to this argument. */
  readonly namedBy: readonly string[];
  readonly isSecret: boolean;
}

/** All resources have the same arguments. */
const knownTraits = new Map<string, Traits>();

function traitsOf(key: string): Traits {
  const known = knownTraits.get(key);
  if (known !== undefined) return known;
  const namedBy = PAIRS.flatMap(([name, value]) => (value === key ? [name] : []));
  const traits = { namedBy, isSecret: endsLikeSecretName(key) };
  if (knownTraits.size < MOST_REMEMBERED) knownTraits.set(key, traits);
  return traits;
}

const MOST_REMEMBERED = 10_000;

/** Arguments that give a name to the value of another argument. */
const PAIRS = [
  ["name", "value"],
  ["key", "value"],
  ["name", "static_value"],
  ["name", "static_values"],
  ["parameter_name", "parameter_value"],
  ["http_header_name", "values"],
  ["field_to_match.single_header.name", "search_string"],
] as const;

/** A literal, the default of a parameter of a document, or the text of an item of a table: `{"S": "text"}`. */
function holdsLiteral(member: HclValue): boolean {
  const values = isMapping(member) ? [member.default ?? null, member.S ?? null] : itemsOf(member);
  return values.some(isLiteral);
}

/** Most members are null or booleans. */
function mayHold(value: HclValue): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** In these, programs define the names; elsewhere `password_encryption` is a setting. */
const ENVIRONMENT = /environment|variables|override/i;

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
