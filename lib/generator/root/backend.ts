/** The state backend of a root: S3 with DynamoDB in a short form, or another one in its own arguments. */
import { z } from "zod";
import { arnOf, BUCKET_NAME, REGION } from "../inputs/identifiers";
import { terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import type { OtherBackend } from "./backend-types";
import { FILE, stateName } from "./state-name";

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

interface Rooted {
  readonly path: string;
  readonly backend: Backend;
  /** Of roots with a state for each sandbox. */
  readonly sandboxes?: { readonly states: string } | undefined;
  readonly ending?: boolean | undefined;
}

export function isS3(backend: Backend): backend is StateBackend {
  return backend?.type === undefined;
}

/** One line for each problem. No line shows a credential. */
export function backendProblems(backend: Backend): string[] {
  if (!isS3(backend)) return others().otherProblems(backend);
  const { type: _, ...given } = { type: undefined, ...backend };
  const problems = problemsOf(S3, TYPES, [], given);
  return problems.length === 0 ? [] : others().withoutSecrets(given, others().OF_S3, problems);
}

/** The `backend` block, in a block of its type. */
export function backendBlock({ path, backend, sandboxes }: Rooted): Readonly<Record<string, object>> {
  if (!isS3(backend)) return others().otherBlock(path, backend);
  const { lock = "both", bucket, region, kmsKeyArn, dynamodbTable } = backend;
  return {
    s3: {
      bucket,
      region,
      ...(sandboxes === undefined && { key: stateName(path, "s3", FILE) }),
      encrypt: true,
      kms_key_id: kmsKeyArn,
      ...(lock !== "s3" && { dynamodb_table: dynamodbTable }),
      ...(lock !== "dynamodb" && { use_lockfile: true }),
    },
  };
}

/** Two roots with one place share their state. The states of sandboxes have two roots: one makes them, the other ends them. */
export function placeOfState({ path, backend, sandboxes, ending }: Rooted): string {
  if (sandboxes !== undefined && isS3(backend))
    return `${backend.bucket}/${sandboxes.states}/${ending ? "<ending>" : "<name>"}`;
  return isS3(backend) ? `${backend.bucket}/${stateName(path, "s3", FILE)}` : others().otherPlace(path, backend);
}

/** The arguments of the other backends are loaded here, because most projects have none. */
function others(): typeof import("./other-backend") {
  return require("./other-backend");
}

const SHAPE: Readonly<Record<string, z.core.$ZodType>> = S3.shape;

const TYPES = Object.fromEntries(Object.entries(SHAPE).map(([name, type]) => [name, terraformType(type, name)]));
