/** Statements of policies: whom they let read something, and what they let somebody read. */
import { CALLER, type ConditionSubject, SOURCE } from "../guardrails/condition-keys";
import { restricts } from "../guardrails/conditions";
import { hasWildcard } from "../guardrails/patterns";
import type { Principal, Statement } from "../guardrails/policies";
import { stemsFromNothing, textWithHoles } from "../guardrails/values";
import { type HclValue, isUnknown } from "../hcl";

/**
 * Actions with which a caller of another account gives data, and gets none.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const GIVING: ReadonlySet<string> = new Set([
  "events:PutEvents",
  "firehose:PutRecord",
  "firehose:PutRecordBatch",
  "kms:Encrypt",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "oam:CreateLink",
  "oam:UpdateLink",
  "s3:PutObject",
  "sns:Publish",
  "sqs:SendMessage",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

/** A statement that denies, or lets others only give data, lets nobody read. A statement with an unknown effect counts. */
export function letsRead({ effect, actions, notActions }: Statement): boolean {
  const gives = (action: HclValue) => typeof action === "string" && GIVING.has(action);
  return effect !== "Deny" && !(notActions.length === 0 && actions.length > 0 && actions.every(gives));
}

/** Every text of a statement that can name somebody or something. */
export function namedIn(statement: Statement): string[] {
  const { principals, notPrincipals, conditions } = statement;
  return texts([
    ...[...principals, ...notPrincipals].map(({ id }) => id),
    ...conditions.flatMap(({ values }) => values),
    ...statement.resources,
    ...statement.notResources,
  ]);
}

/** The texts that name what may be read: resources, and conditions that are not about the caller. */
export function targetsOf({ resources, conditions }: Statement): string[] {
  const aboutTargets = conditions.filter(({ key }) => CALLER(key) === undefined);
  return texts([...resources, ...aboutTargets.flatMap(({ values }) => values)]);
}

function texts(values: readonly HclValue[]): string[] {
  return values.flatMap((value) => textWithHoles(value) ?? []);
}

/**
 * The principals of a statement that can be of any account, unless a condition restricts them to accounts. An organization, a
 * range of addresses and the id of an endpoint are no accounts. A service that acts for the accounts of an organization acts for
 * all of them. Identity providers are left to the guardrails of trust.
 */
export function openPrincipals(statement: Statement): Principal[] {
  const { principals, notPrincipals } = statement;
  if (restricts(statement, ACCOUNT) === true) return [];
  const forOrganization = statement.conditions.some(({ key }) => SOURCE(key) !== undefined);
  return [
    ...notPrincipals,
    ...principals.filter(({ kind, id }) => {
      if (kind === "Service") return forOrganization;
      if (kind === "Federated") return false;
      return isUnknown(id) ? stemsFromNothing(id) : kind !== "AWS" || hasWildcard(id);
    }),
  ];
}

const ACCOUNT: ConditionSubject = (key) => {
  const form = CALLER(key);
  return form === "account" || form === "arn" || form === "session" ? form : undefined;
};
