/** A state backend other than S3, as a block of Terraform. */
import { snakeCase } from "../expression/names";
import { terraformKeys } from "../inputs/terraform-keys";
import { type TerraformType, terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import { credentialProblems } from "./backend-credentials";
import { BACKEND_TYPES, type BackendArguments, type OtherBackend } from "./backend-types";
import { stateName } from "./state-name";

/** One line for each problem. No line shows a credential. */
export function otherProblems({ type, ...given }: OtherBackend): string[] {
  if (!Object.hasOwn(BACKEND_TYPES, type)) return [typeProblem(String(type))];
  const { schema, credentials } = rowOf(type);
  return withoutSecrets(given, credentials, problemsOf(schema, fieldsOf(schema), [], given));
}

/** Credentials of S3, and the variables from which Terraform reads them. */
export const OF_S3 = {
  access_key: "AWS_ACCESS_KEY_ID",
  secret_key: "AWS_SECRET_ACCESS_KEY",
  token: "AWS_SESSION_TOKEN",
};

/** The problems of the arguments, or only those of credentials, because the others show values. */
export function withoutSecrets(
  given: object,
  credentials: Readonly<Record<string, string>>,
  problems: readonly string[],
): string[] {
  const secrets = credentialProblems(given, credentials);
  return secrets.length > 0 ? secrets : problems.map((problem) => `backend.${problem}`);
}

/** The `backend` block, in a block of its type. */
export function otherBlock(path: string, { type, ...given }: OtherBackend): Readonly<Record<string, object>> {
  const { schema, fixed, state } = rowOf(type);
  const values: object = Object(terraformKeys(given, terraformType(schema, "backend")));
  const name = state && stateName(path, type, state);
  return {
    [type]: { ...values, ...fixed, ...(state && { [state.argument]: type === "remote" ? { name } : name }) },
  };
}

/** The place of the state, for a comparison with those of other roots. */
export function otherPlace(path: string, backend: OtherBackend): string {
  const { place, state } = rowOf(backend.type);
  const given = new Map(Object.entries(backend).map(([name, value]) => [snakeCase(name), String(value)]));
  const names = place.flatMap((name) => given.get(name) ?? []);
  return [`${backend.type}:`, ...names, ...(state ? [stateName(path, backend.type, state)] : [])].join(" ");
}

function rowOf(type: OtherBackend["type"]): BackendArguments {
  return BACKEND_TYPES[type];
}

function fieldsOf(schema: BackendArguments["schema"]): Readonly<Record<string, TerraformType>> {
  const type = terraformType(schema, "backend");
  return type.kind === "object" ? type.fields : {};
}

function typeProblem(type: string): string {
  const reason = Object.hasOwn(REFUSED, type) ? `; ${REFUSED[type]}` : "";
  const allowed = Object.keys(BACKEND_TYPES).join(", ");
  return `backend.type: got "${type}"; allowed: ${allowed}, or nothing for s3${reason}`;
}

const REFUSED: Readonly<Record<string, string>> = {
  cloud: "the block cloud plans and applies in HCP Terraform, past the gate; remote stores only the state there",
  inmem: "the state would end with the process",
  local: "the state would be on the disk of one machine, where no other run finds it and no lock protects it",
};
