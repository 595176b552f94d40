/**
 * Condition keys: the property of a request that each describes, and the form of the values that a policy compares it
 * with.
 */
import { resourceKeysOf } from "./iam-data";
import { coveredBy } from "./patterns";

/**
 * - `account`, `id`: text without wildcards.
 * - `path`: a path of an organization; its first part is the id of the organization.
 * - `arn`: an ARN of one account, or without any wildcard.
 * - `name`: a DNS name or an email address, with a fixed end.
 * - `range`: IP addresses.
 * - `session`: `AROA…:session`; the part before the colon is the id of the role.
 * - `claim`, `text`: text with a fixed beginning.
 * - `true`: the text `true`.
 */
export type Form = "account" | "arn" | "claim" | "id" | "name" | "path" | "range" | "session" | "text" | "true";

/**
 * The form of a condition key's values; undefined for a key that does not describe the subject. Keys are in lower case.
 */
export type ConditionSubject = (key: string) => Form | undefined;

/**
 * Keys that identify the caller, or the account a service acts for, and that a caller cannot choose.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CALLERS: Readonly<Record<string, Form>> = {
  "aws:principalaccount": "account",
  "aws:principalarn": "arn",
  "aws:principalorgid": "id",
  "aws:principalorgpaths": "path",
  "aws:sourceaccount": "account",
  "aws:sourcearn": "arn",
  "aws:sourceip": "range",
  "aws:sourceorgid": "id",
  "aws:sourceorgpaths": "path",
  "aws:sourceowner": "account",
  "aws:sourcevpc": "id",
  "aws:sourcevpcarn": "arn",
  "aws:sourcevpce": "id",
  "aws:userid": "session",
  "aws:vpceaccount": "account",
  "aws:vpceorgid": "id",
  "aws:vpceorgpaths": "path",
  "kms:calleraccount": "account",
  "lambda:sourcefunctionarn": "arn",
  "s3:dataaccesspointaccount": "account",
  "s3:dataaccesspointarn": "arn",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const SOURCES: Readonly<Record<string, Form>> = {
  "aws:sourceaccount": "account",
  "aws:sourcearn": "arn",
  "aws:sourceorgid": "id",
  "aws:sourceorgpaths": "path",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent */
export const MFA = "aws:multifactorauthpresent";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html */
const PEOPLE: Readonly<Record<string, Form>> = { [MFA]: "true", "sts:externalid": "id", "aws:principalorgid": "id" };

/**
 * Keys that identify the resource of a request, in addition to keys of resource types and keys whose values are ARNs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resource-properties
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const RESOURCES: Readonly<Record<string, Form>> = {
  "aws:resourceaccount": "account",
  "aws:resourceorgid": "id",
  "aws:resourceorgpaths": "path",
  "aws:resourcetag/*": "text",
  "cloudwatch:namespace": "text",
  "dynamodb:leadingkeys": "text",
  "iam:awsservicename": "text",
  "kms:encryptioncontext:*": "text",
  "kms:requestalias": "text",
  "kms:resourcealiases": "text",
  "kms:viaservice": "text",
  "route53:changeresourcerecordsetsnormalizedrecordnames": "name",
  "s3:existingobjecttag/*": "text",
  "s3:resourceaccount": "account",
  "ses:fromaddress": "name",
};

export const CALLER: ConditionSubject = (key) => CALLERS[key];
export const SOURCE: ConditionSubject = (key) => SOURCES[key];
export const PERSON: ConditionSubject = (key) => PEOPLE[key];
export const PASSED_TO: ConditionSubject = (key) => (key === "iam:passedtoservice" ? "id" : undefined);
export const BOUNDARY: ConditionSubject = (key) => (key === "iam:permissionsboundary" ? "id" : undefined);

export const RESOURCE: ConditionSubject = (key) => {
  const [, form] = Object.entries(RESOURCES).find(([pattern]) => coveredBy(pattern)(key)) ?? [];
  if (form !== undefined) return form;
  const [service = ""] = key.split(":");
  if (service === "aws" || ABOUT_SOMETHING_ELSE.test(key)) return undefined;
  return resourceKeysOf(service).some((pattern) => coveredBy(pattern)(key)) ? "text" : undefined;
};

/**
 * Keys with ARNs, and keys of resource types, that describe the region, the caller, or the components of a resource.
 */
const ABOUT_SOMETHING_ELSE = /:region$|kms-?key|:source|(role|principal|owner|user)(arn)?$/;

/** A claim of an identity provider: `token.actions.githubusercontent.com:sub`. */
export function claim(ending: RegExp, form: Form): ConditionSubject {
  return (key) => (ending.test(key) ? form : undefined);
}
