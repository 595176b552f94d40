/** Members of documents whose values are the locations of secrets. */
import { type HclValue, isList, isMapping, type Mapping } from "../hcl";
import { documentOf } from "./policies";

/** @see https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html */
const NAMES_OF_SECRETS: ReadonlySet<string> = new Set([
  "runtime_environment_secrets",
  "registry_credential",
  "valueFrom",
  "credentialsParameter",
]);

/** Convention of Helm charts: the name of a Secret that exists already, instead of a value. */
const EXISTING_SECRET = /^(existing([A-Z]\w*)?|config)Secret$/;

/**
 * Whether the member of the object names a secret or a key in one.
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function namesSecret(name: string, siblings: Mapping): boolean {
  if (NAMES_OF_SECRETS.has(name) || EXISTING_SECRET.test(name)) return true;
  return name === "secretKey" && isMapping(siblings.remoteRef ?? null);
}

const LOCATION_HINT = /"(existing\w*|config)Secret":|"secretKey":/;

/**
 * A JSON text without these members: a search of the text cannot distinguish them from secrets. A text that JSON would
 * write differently stays as it is, because a member that occurs twice could hide a secret.
 */
export function withoutLocations(text: string): string {
  if (!LOCATION_HINT.test(text)) return text;
  const document = documentOf(text);
  const written = JSON.stringify(document);
  return written === text || asTerraformWrites(written) === text ? JSON.stringify(others(document)) : text;
}

/** @see https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function asTerraformWrites(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function others(value: HclValue): HclValue {
  if (isList(value)) return value.map(others);
  if (!isMapping(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, member]) => typeof member !== "string" || !namesSecret(name, value),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, others(member)]));
}
