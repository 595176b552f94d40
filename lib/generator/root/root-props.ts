/** Properties of a root: backend, account, tags, environment data and delivery. */
import { z } from "zod";
import { ACCOUNT_ID, arnOf, BUCKET_NAME, REGION } from "../inputs/identifiers";
import { text } from "../inputs/schema";
import { terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import { projectSettings } from "../project-settings";
import { MODES } from "./approval-modes";
import { type Backend, backendProblems } from "./backend";
import { EXCEPTION } from "./exception";
import { MIGRATION } from "./migration";
import { PERFORMANCE } from "./performance";
import { TRUSTED_SUBJECTS } from "./repository";
import { SANDBOXES, sandboxesProblems } from "./sandbox";
import { settingsProblems } from "./settings-problems";

const TAG = z.string().min(1).max(256);

const DIFFERENCE = z.object({
  /** A call (`web_acl`), an input of a call (`documents.cors_origins`) or a path below it, or `output.<name>`. */
  at: z.string().min(1),
  /** Reason for the difference. */
  reason: z.string().min(1),
});

const GITHUB_ENVIRONMENT = text(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens", "No Environment");

const DELIVERY = z.object({
  /** Mode of approval for an apply. It is part of the source, so that a change of it is reviewed. */
  approval: z.enum(MODES),
  /** GitHub environment whose reviewers approve the root's applies. */
  environment: GITHUB_ENVIRONMENT,
  /**
   * Roots of a system are applied wave by wave: those of one once all before are. An account's are before all. The project
   * has a number of waves.
   */
  wave: z.int().min(1),
  /** Role with read access, for the plan of a pull request. */
  pullRequestRoleArn: arnOf("iam"),
  /** Role with read access, for the plan that is applied. It uploads this plan to the bucket. */
  planRoleArn: arnOf("iam"),
  applyRoleArn: arnOf("iam"),
  /**
   * Label of the self-hosted runner that plans and applies the root, if only a network of the environment reaches its
   * resources. Default: a runner of GitHub.
   */
  runner: text(/^[a-z0-9-]+$/, "a label of lower-case letters, digits and hyphens", "My Runner").optional(),
  /**
   * GitHub environments whose reviewers sign off a commit, each by a person of its own, before the root is applied: testers and the
   * owner of the product, who have seen the commit in the environment of an earlier wave. Only with `approval: "environment"`.
   */
  signOffs: z.array(GITHUB_ENVIRONMENT).min(1).optional(),
  /** Bucket of saved plans that wait for approval. */
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
  /** Id of the root's account. A plan with credentials of another account fails. */
  accountId: ACCOUNT_ID,
  region: REGION,
  /** Tags of every resource that supports tags. */
  tags: z.object({ CostCenter: TAG, App: TAG, Owner: TAG, Env: TAG }).catchall(TAG),
  /**
   * Exact versions of providers, by local name, that replace the project's pins in this root: `{ aws: "6.25.0" }`. The
   * modules must accept them. Default: the project's pins.
   */
  providerVersions: z.record(z.string(), text(/^\d+\.\d+\.\d+$/, "a version such as 5.100.0", "5.100")).optional(),
  /** Whether people depend on the environment. If true, the gate requires a backup before data is destroyed. Default: true. */
  production: z.boolean().optional(),
  /**
   * Whether the environment ends. Its root then destroys its resources, except those that must outlive it, which Terraform
   * forgets. Parity ignores the environment. Default: false.
   */
  ending: z.boolean().optional(),
  /**
   * Whether the root is no environment like the others of its system, such as the root of an organization. Parity compares it
   * with none. Default: false.
   */
  singular: z.boolean().optional(),
  /**
   * Identity values of this environment, by name: its domain, its addresses, its people. Parity normalizes them. A CIDR block
   * includes the addresses in it. Parity compares neither the values of one name with each other nor their number.
   */
  identity: z.record(z.string(), z.array(z.string().min(1))).optional(),
  /** Declared differences from the other environments of the system, beyond sizing and identity. */
  differences: z.array(DIFFERENCE).optional(),
  /** Approval of applies, and roles of the pipeline. The pipeline ignores a root without `delivery`. */
  delivery: DELIVERY.optional(),
  /**
   * GitHub repositories whose jobs assume roles of this root, each as `trustedSubjects` returns it. `groundplan protection`
   * compares them with what GitHub sends.
   */
  repositories: z.array(TRUSTED_SUBJECTS).optional(),
  /** Makes the root one of sandboxes: it has no state of its own, and each sandbox that is made of it has one. */
  sandboxes: SANDBOXES.optional(),
  /** Targets of the environment's performance tests, for `groundplan performance`. */
  performance: PERFORMANCE.optional(),
  /** The migration of a database, if the root is one. The tree contains it as the local value `migration`. */
  migration: MIGRATION.optional(),
  /** Exceptions from guardrails, each for one address and until a day. */
  exceptions: z.array(EXCEPTION).optional(),
});

/** A declared difference from the other environments of a system, with its reason. */
export type Difference = Readonly<z.infer<typeof DIFFERENCE>>;

/** How the pipeline plans and applies a root. */
export type Delivery = Frozen<z.infer<typeof DELIVERY>>;

type Frozen<T> = T extends (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

export type RootProps = Frozen<z.input<typeof ROOT_PROPS>> & {
  /** Where Terraform stores the state: S3 and DynamoDB, or another backend by its `type`. */
  readonly backend: Backend;
};

/** The migration of a database: its criteria, and what has passed. */
export type DatabaseMigration = NonNullable<RootProps["migration"]>;

/** A separate type, because comparing the fields' types with each other takes the compiler a quarter of a second. */
const SHAPE: Readonly<Record<string, z.core.$ZodType>> = ROOT_PROPS.shape;

const TYPES = Object.fromEntries(Object.entries(SHAPE).map(([name, type]) => [name, terraformType(type, name)]));

/** One line for each problem. */
export function rootProblems(props: RootProps): string[] {
  const { CostCenter, App, Owner, Env, ...more } = { ...props.tags };
  const { backend, ...others } = { ...props, tags: { CostCenter, App, Owner, Env } };
  const problems = [
    ...problemsOf(ROOT_PROPS, TYPES, [], others),
    ...backendProblems(backend),
    ...(props.delivery?.signOffs === undefined || props.delivery.approval === "environment"
      ? []
      : [
          'delivery.signOffs: got sign-offs in another mode; allowed: with approval: "environment", whose reviewers sign',
        ]),
    ...(props.sandboxes === undefined ? [] : sandboxesProblems(backend, props.production)),
  ];
  return problems.length > 0 ? problems : settingsProblems({ ...props, tags: more }, projectSettings());
}
