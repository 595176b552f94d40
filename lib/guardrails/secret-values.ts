/** Secrets in values: in texts, in documents of JSON, and in arguments whose name says that they are secrets. */
import { EncodedJson, isList, isMapping, isUnknown, type Mapping, Unordered, type Value } from "../hcl";
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
import { isAbsent } from "./values";

/** The worst of what is found at a place: a known secret, else the place of one that only an apply tells. */
export function holdsNoSecret(place: string, value: Value): Verdict {
  return worst([...secretsIn(value, [place])].map(([at, found]) => verdictOn(at, found)));
}

type Place = readonly string[];

/** Each secret with its place: `environment.0.DB_PASSWORD`; nowhere the secret itself. */
export function* secretsIn(value: Value, place: Place): Generator<readonly [string, Found]> {
  if (value instanceof EncodedJson) yield* secretsIn(value.value, place);
  else if (value instanceof Unordered) yield* secretsIn(value.elements, place);
  else if (isList(value)) yield* inList(value, place);
  else if (isMapping(value)) yield* inMapping(value, place);
  else {
    const found = findSecret(value);
    if (found !== undefined) yield [place.join("."), found];
    else if (typeof value === "string" && JSON_DOCUMENT.test(value) && place.length < DEEPEST) {
      const document = documentOf(value);
      if (!isUnknown(document)) yield* secretsIn(document, place);
    }
  }
}

const JSON_DOCUMENT = /^\s{0,64}[[{]/;

/** Documents in documents in documents are somebody's attempt to hide something, or to keep us busy. */
const DEEPEST = 100;

/** `["--password", "text"]` gives a value to the flag before it. */
function* inList(list: readonly Value[], place: Place): Generator<readonly [string, Found]> {
  if (place.length > DEEPEST) return;
  for (const [i, item] of list.entries()) {
    const flag = list[i - 1] ?? null;
    if (typeof flag === "string" && /^--?[A-Za-z]/.test(flag) && endsLikeSecretName(flag) && isLiteral(item)) {
      yield [[...place, String(i)].join("."), { form: `a value of ${flag}`, isOpen: false }];
    } else yield* secretsIn(item, [...place, String(i)]);
  }
}

function* inMapping(mapping: Mapping, place: Place): Generator<readonly [string, Found]> {
  if (place.length > DEEPEST) return;
  const { name = mapping.key ?? null, value = null } = mapping;
  const isSecretName = place.some((step) => ENVIRONMENT.test(step)) ? looksLikeSecretName : endsLikeSecretName;
  if (typeof name === "string" && isSecretName(name) && isLiteral(value) && !isFromStore(mapping)) {
    yield [[...place, name].join("."), { form: "a literal value", isOpen: false }];
  }
  for (const [key, member] of Object.entries(mapping)) {
    if (NAMES_OF_SECRETS.has(key)) continue;
    const at = [...place, key];
    if (endsLikeSecretName(key) && many(member).some(isLiteral))
      yield [at.join("."), { form: "a literal value", isOpen: false }];
    else yield* secretsIn(member, at);
  }
}

/** There programs read names that nobody else defines; elsewhere `password_encryption` is a setting. */
const ENVIRONMENT = /environment|variables|override/i;

/** Members whose values say where a secret is. @see https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html */
const NAMES_OF_SECRETS: ReadonlySet<string> = new Set([
  "runtime_environment_secrets",
  "registry_credential",
  "valueFrom",
  "credentialsParameter",
]);

/** CodeBuild fetches these. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html */
function isFromStore({ type = null }: Mapping): boolean {
  return type === "PARAMETER_STORE" || type === "SECRETS_MANAGER";
}

function isLiteral(value: Value): boolean {
  return typeof value === "string" && !isAbsent(value) && !isPlaceholder(value);
}

function many(value: Value): readonly Value[] {
  return isList(value) ? value : [value];
}
