/** The state backend of a root: S3 with DynamoDB in a short form, or another one in its own arguments. */
import { z } from "zod";
import { snakeCase } from "../expression/names";
import { arnOf, BUCKET_NAME, REGION } from "../inputs/identifiers";
import { terraformKeys } from "../inputs/terraform-keys";
import { type TerraformType, terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import { BACKEND_TYPES, type BackendArguments, type OtherBackend } from "./backend-types";
import { type BackendType, stateName } from "./state-name";

const S3 = z.object({
  bucket: BUCKET_NAME,
  region: REGION,
  /** ARN of the KMS key that encrypts the state. */
  kmsKeyArn: arnOf("kms"),
  dynamodbTable: z.string().min(3),
  /**
   * Locking of the state. Default: `both`, because Terraform deprecates DynamoDB locking and supports
   * both during a migration.
   * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
   */
  lock: z.enum(["dynamodb", "s3", "both"]).default("both"),
});

/** State in S3. */
export type StateBackend = Readonly<z.input<typeof S3>> & { readonly type?: never };

export type Backend = StateBackend | OtherBackend;

type Rooted = { readonly path: string; readonly backend: Backend };

export function isS3(backend: Backend): backend is StateBackend {
  return backend.type === undefined;
}

export function backendType(backend: Backend): BackendType {
  return isS3(backend) ? "s3" : backend.type;
}

/** One line for each problem. No line shows a credential. */
export function backendProblems(backend: Backend): string[] {
  const { type, ...given } = { type: undefined, ...backend };
  if (type !== undefined && !Object.hasOwn(BACKEND_TYPES, type)) return [typeProblem(String(type))];
  const { schema, credentials } = rowOf(backend);
  const secrets = Object.entries(given).flatMap(([name, value]) => credentialProblems(name, value, credentials));
  return secrets.length > 0
    ? secrets
    : problemsOf(schema, fieldsOf(schema), [], given).map((problem) => `backend.${problem}`);
}

/** The `backend` block, in a block of its type. */
export function backendBlock({ path, backend }: Rooted): Readonly<Record<string, object>> {
  if (isS3(backend)) return { s3: s3Block(path, backend) };
  const { type, ...given } = backend;
  const { schema, fixed } = rowOf(backend);
  const block = Object.entries({ ...Object(terraformKeys(given, terraformType(schema, "backend"))), ...fixed });
  return { [type]: { ...Object.fromEntries(block), ...stateArgument(path, type) } };
}

/** Two roots with one place share their state. */
export function placeOfState({ path, backend }: Rooted): string {
  if (isS3(backend)) return `${backend.bucket}/${stateName(path, "s3").name}`;
  const { type } = backend;
  const block = new Map(Object.entries(backend).map(([name, value]) => [snakeCase(name), String(value)]));
  const place = rowOf(backend).place.flatMap((name) => block.get(name) ?? []);
  return [`${type}:`, ...place, ...(type === "http" ? [] : [stateName(path, type).name])].join(" ");
}

function s3Block(path: string, { lock = "both", ...backend }: StateBackend): object {
  return {
    bucket: backend.bucket,
    region: backend.region,
    key: stateName(path, "s3").name,
    encrypt: true,
    kms_key_id: backend.kmsKeyArn,
    ...(lock !== "s3" && { dynamodb_table: backend.dynamodbTable }),
    ...(lock !== "dynamodb" && { use_lockfile: true }),
  };
}

function stateArgument(path: string, type: OtherBackend["type"]): object {
  if (type === "http") return {};
  const { argument, name } = stateName(path, type);
  return { [argument]: type === "remote" ? { name } : name };
}

function rowOf(backend: Backend): BackendArguments {
  return isS3(backend) ? { schema: S3, place: ["bucket"], credentials: OF_S3 } : BACKEND_TYPES[backend.type];
}

const OF_S3 = { access_key: "AWS_ACCESS_KEY_ID", secret_key: "AWS_SECRET_ACCESS_KEY", token: "AWS_SESSION_TOKEN" };

const known = new Map<z.ZodObject, Readonly<Record<string, TerraformType>>>();

function fieldsOf(schema: z.ZodObject): Readonly<Record<string, TerraformType>> {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const fields =
    known.get(schema) ??
    Object.fromEntries(Object.entries(shape).map(([name, type]) => [name, terraformType(type, `backend.${name}`)]));
  known.set(schema, fields);
  return fields;
}

function credentialProblems(name: string, value: unknown, credentials: Readonly<Record<string, string>>): string[] {
  const argument = snakeCase(name);
  const variable = Object.hasOwn(credentials, argument) ? credentials[argument] : undefined;
  if (variable !== undefined)
    return [
      `backend.${name}: got a credential, which would be in the tree; allowed: the environment variable ${variable} of Terraform`,
    ];
  if (typeof value !== "string" || !PASSWORD.test(value)) return [];
  return [
    `backend.${name}: got a value with a password, which would be in the tree; allowed: the value without it; Terraform reads the password from its environment`,
  ];
}

/** In a URL, in the query of a URL, or in a connection string. */
const PASSWORD = /:\/\/[^/\s@]*:[^/\s@]*@|password\s*=/i;

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
