/** What a root is told: where its state lies, whose account it is for, and what its resources are tagged with. */
import { z } from "zod";
import { ACCOUNT_ID, arnOf, BUCKET_NAME, REGION } from "../inputs/identifiers";
import { text } from "../inputs/schema";
import { terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import { projectSettings } from "../project-settings";
import { MODES } from "./approval-modes";
import { EXCEPTION } from "./exception";
import { TRUSTED_SUBJECTS } from "./repository";
import { settingsProblems } from "./settings-problems";

const STATE_BACKEND = z.object({
  bucket: BUCKET_NAME,
  region: REGION,
  /** Key that the state is encrypted with, by id or alias. */
  kmsKeyArn: arnOf("kms"),
  dynamodbTable: z.string().min(3),
  /**
   * What locks the state. Terraform deprecates DynamoDB locking and supports both during a migration,
   * so `both` is the default.
   * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
   */
  lock: z.enum(["dynamodb", "s3", "both"]).default("both"),
});

const TAG = z.string().min(1).max(256);

const DIFFERENCE = z.object({
  /** A call, `web_acl`, an input of one, `documents.cors_origins`, or a place below; or `output.<name>`. */
  at: z.string().min(1),
  /** Why this environment has to differ there. */
  reason: z.string().min(1),
});

const DELIVERY = z.object({
  /** Who approves an apply: it stands in the source, where a change of it is reviewed. */
  approval: z.enum(MODES),
  /** GitHub environment whose reviewers approve what is applied to the root. */
  environment: text(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens", "No Environment"),
  /**
   * Roots of a system are applied wave by wave: those of one once all before are. An account's are before all. The project
   * has a number of waves.
   */
  wave: z.int().min(1),
  /** Reads for the plan of a pull request. */
  pullRequestRoleArn: arnOf("iam"),
  /** Reads for the plan that is applied, and puts it into the bucket. */
  planRoleArn: arnOf("iam"),
  applyRoleArn: arnOf("iam"),
  /** Where a saved plan waits for its approval. */
  plansBucket: BUCKET_NAME,
});

const ROOT_PROPS = z.object({
  /** Folder below the output folder: `environments/shop/dev`. */
  path: text(
    /^(?:environments\/[a-z0-9-]+|accounts)(?:\/[a-z0-9-]+)+$/,
    "environments/<system>/<environment> or accounts/<account>",
  ),
  /** File that describes the root, for its header. */
  source: z.string().min(1),
  /** Account that the root is for; a plan with the credentials of another one fails. */
  accountId: ACCOUNT_ID,
  region: REGION,
  backend: STATE_BACKEND,
  /** On everything that can carry tags. */
  tags: z.object({ CostCenter: TAG, App: TAG, Owner: TAG, Env: TAG }).catchall(TAG),
  /**
   * Exact versions of providers, by local name, where the root pins others than the project: `{ aws: "6.25.0" }`. Modules
   * have to accept them.
   */
  providerVersions: z.record(z.string(), text(/^\d+\.\d+\.\d+$/, "a version such as 5.100.0", "5.100")).optional(),
  /** Whether people depend on it: then what holds data is destroyed only with a backup. True unless said otherwise. */
  production: z.boolean().optional(),
  /**
   * Whether the environment ends: its root then destroys what its calls made, and forgets what has to outlive it. Parity
   * leaves it out. False unless said otherwise.
   */
  ending: z.boolean().optional(),
  /**
   * What makes this environment itself, by name: its domain, its addresses, its people. Parity puts it aside. A CIDR block
   * covers the addresses in it; the values of one name are not told apart, nor is how many there are.
   */
  identity: z.record(z.string(), z.array(z.string().min(1))).optional(),
  /** Where this environment differs from the others of its system in more than sizing and identity. */
  differences: z.array(DIFFERENCE).optional(),
  /** Who approves an apply, and which roles the pipeline has. The pipeline leaves a root without it alone. */
  delivery: DELIVERY.optional(),
  /**
   * GitHub repositories whose jobs assume roles of this root, each as `trustedSubjects` returns it. `groundplan protection`
   * compares them with what GitHub sends.
   */
  repositories: z.array(TRUSTED_SUBJECTS).optional(),
  /** Guardrails that something in this root may break for a while. */
  exceptions: z.array(EXCEPTION).optional(),
});

/** Where the state of an account's roots lies. */
export type StateBackend = Readonly<z.input<typeof STATE_BACKEND>>;

/** A difference from the other environments of a system that has a reason. */
export type Difference = Readonly<z.infer<typeof DIFFERENCE>>;

/** How the pipeline plans and applies a root. */
export type Delivery = Readonly<z.infer<typeof DELIVERY>>;

type Frozen<T> = T extends (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

export type RootProps = Frozen<z.input<typeof ROOT_PROPS>>;

/** As its own type, since the compiler takes a quarter of a second to compare the fields' types with each other. */
const SHAPE: Readonly<Record<string, z.core.$ZodType>> = ROOT_PROPS.shape;

const TYPES = Object.fromEntries(Object.entries(SHAPE).map(([name, type]) => [name, terraformType(type, name)]));

/** One line for each problem. */
export function rootProblems(props: RootProps): string[] {
  const { CostCenter, App, Owner, Env, ...more } = { ...props.tags };
  const tags = { CostCenter, App, Owner, Env };
  const problems = problemsOf(ROOT_PROPS, TYPES, [], { ...props, tags });
  return problems.length > 0 ? problems : settingsProblems({ ...props, tags: more }, projectSettings());
}
