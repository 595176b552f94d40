/** Changes of the permissions and denials in policy documents. */
import { type Principal, type Statement, statementsOf } from "../guardrails/policies";
import { type HclValue, type Mapping, Unknown } from "../hcl";
import type { Change } from "./change";
import type { Names } from "./names";
import type { Sentence } from "./sentence";

interface Document {
  /** The argument that holds the document. */
  readonly argument: string;
  /** The argument that names the owner of the document; without it, the resource itself is the owner. */
  readonly of?: string;
}

/** Arguments that hold policy documents, by type. */
export const DOCUMENTS: Readonly<Record<string, Document>> = {
  aws_ecr_repository_policy: { argument: "policy", of: "repository" },
  aws_efs_file_system_policy: { argument: "policy", of: "file_system_id" },
  aws_iam_group_policy: { argument: "policy", of: "group" },
  aws_iam_policy: { argument: "policy" },
  aws_iam_role: { argument: "assume_role_policy" },
  aws_iam_role_policy: { argument: "policy", of: "role" },
  aws_iam_user_policy: { argument: "policy", of: "user" },
  aws_kms_key: { argument: "policy" },
  aws_kms_key_policy: { argument: "policy", of: "key_id" },
  aws_s3_bucket_policy: { argument: "policy", of: "bucket" },
  aws_secretsmanager_secret_policy: { argument: "policy", of: "secret_arn" },
  aws_sns_topic_policy: { argument: "policy", of: "arn" },
  aws_sqs_queue_policy: { argument: "policy", of: "queue_url" },
  aws_vpc_endpoint: { argument: "policy" },
  aws_vpc_endpoint_policy: { argument: "policy", of: "vpc_endpoint_id" },
};

/** Verbs for a permission of a new document, an added one and a removed one. A denial in a new document takes no access away. */
const VERBS = {
  allows: { first: "may call", added: "may now also call", removed: "may no longer call" },
  denies: { first: undefined, added: "is now denied", removed: "is no longer denied" },
} as const;

/** One caller, one action and one resource. */
interface Permission {
  readonly effect: keyof typeof VERBS;
  readonly who: string;
  readonly action: string;
  readonly on: string;
  readonly when: string;
}

export function permissionsInWords(change: Change, document: Document, names: Names): Sentence[] {
  const before = permissions(change, change.before, document, names);
  const after = permissions(change, change.after, document, names);
  if (after instanceof Unknown) return [unknownPermissions(after, change, document, names)];
  if (before instanceof Unknown) return [unknownPermissions(before, change, document, names)];
  const verb = change.before === undefined ? "first" : "added";
  return [
    ...apart(after, before).flatMap((permission) => sentence(permission, VERBS[permission.effect][verb])),
    ...apart(before, after).flatMap((permission) => sentence(permission, VERBS[permission.effect].removed)),
  ];
}

/** Permissions that are not among the others. */
function apart(permissions: ReadonlyMap<string, Permission>, others: ReadonlyMap<string, Permission>): Permission[] {
  return [...permissions].filter(([key]) => !others.has(key)).map(([, permission]) => permission);
}

function sentence({ who, action, on, when }: Permission, may: string | undefined): Sentence[] {
  return may === undefined ? [] : [{ who: [who], may, what: [action], on: [on], when }];
}

/** A document that is not known is listed, because no sentence would look like no change. */
function unknownPermissions({ references }: Unknown, change: Change, document: Document, names: Names): Sentence {
  return {
    who: [owner(change, document, names)],
    may: "gets permissions that are known after the apply",
    what: [],
    on: references.map((reference) => names.of(reference)),
    when: "",
  };
}

/** Each permission of a document, under a key that is equal for equal permissions. */
function permissions(change: Change, values: Mapping | undefined, document: Document, names: Names) {
  const value = values?.[document.argument] ?? null;
  const statements = value === null ? [] : statementsOf(value);
  if (statements instanceof Unknown) return statements;
  const all = statements.flatMap((statement) => permissionsOf(statement, change, document, names));
  return new Map(all.map((permission) => [JSON.stringify(permission), permission]));
}

function permissionsOf(statement: Statement, change: Change, document: Document, names: Names): Permission[] {
  const effect = statement.effect === "Deny" ? "denies" : "allows";
  const when = conditionInWords(statement, names);
  return whoIn(statement, change, document, names).flatMap((who) =>
    but(statement.actions, statement.notActions, names).flatMap((action) =>
      targetsOf(statement, change, document, names).map((on) => ({ effect, who, action, on, when })),
    ),
  );
}

function whoIn(statement: Statement, change: Change, document: Document, names: Names): string[] {
  const own = owner(change, document, names);
  if (change.type === "aws_iam_policy") return [`holders of the policy ${own}`];
  if (belongsToIdentity(change)) return [own];
  const callers = but(statement.principals.map(idOf), statement.notPrincipals.map(idOf), names).map((who) =>
    who === "*" ? "everybody" : who,
  );
  return change.type.startsWith("aws_vpc_endpoint") ? callers.map((who) => `${who} through ${own}`) : callers;
}

function targetsOf({ resources, notResources }: Statement, change: Change, document: Document, names: Names): string[] {
  const targets = but(resources, notResources, names);
  const isOwn = targets.length === 0 || (targets.includes("*") && change.type !== "aws_vpc_endpoint");
  return isOwn && !belongsToIdentity(change) ? [owner(change, document, names)] : targets;
}

/** Whether the document belongs to an identity, which is its principal. */
function belongsToIdentity({ type }: Change): boolean {
  return type.startsWith("aws_iam_") && type !== "aws_iam_role";
}

function owner(change: Change, { of }: Document, names: Names): string {
  const value = of === undefined ? null : (change.after?.[of] ?? change.before?.[of] ?? null);
  return value === null ? names.ofAddress(change.address) : names.of(value);
}

function but(values: readonly HclValue[], exceptions: readonly HclValue[], names: Names): string[] {
  if (exceptions.length === 0) return values.map((value) => names.of(value));
  return [`everything except ${exceptions.map((value) => names.of(value)).join(", ")}`];
}

/** `aws:SourceAccount = 111111111111 and aws:MultiFactorAuthAge NumericLessThan 3600`. */
function conditionInWords({ conditions, openConditions }: Statement, names: Names): string {
  const tests = conditions.map(
    ({ operator, name, values }) =>
      `${name} ${SIGNS[operator] ?? operator} ${values.map((value) => names.of(value)).join(" or ")}`,
  );
  return [...tests, ...openConditions.map((condition) => names.of(condition))].join(" and ");
}

function idOf({ id }: Principal): HclValue {
  return id;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArnEquals: "=",
  ArnLike: "like",
  Bool: "=",
  StringEquals: "=",
  StringLike: "like",
  StringNotEquals: "≠",
};
