/**
 * Policies of a plan against AWS's list of actions. IAM accepts an action that does not exist, and an ARN that the
 * action knows nothing of: such a statement allows, or denies, nothing.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { z } from "zod";
import { actionsOf, resourceTypesOf } from "../../lib/judgement/guardrails/iam-data";
import { coveredBy } from "../../lib/judgement/guardrails/patterns";
import type { Planned, PlannedResource } from "../support/planned";

const LIST = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const STATEMENT = z.object({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.unknown().optional(),
  Action: LIST,
  Resource: LIST.default([]),
});
/** One that limits is of a boundary. */
export type Statement = z.infer<typeof STATEMENT> & { readonly limits?: boolean };
const POLICY = z.object({ Statement: z.array(STATEMENT) });

/** Actions that take ARNs, and are allowed on everything with a reason. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  "cloudwatch:DescribeAlarms": "composite alarms are described to those only who may describe all alarms",
  "cloudwatch:GetMetricData": "metrics of AWS services have no ARN; datasets of OTLP metrics do",
  "cloudwatch:PutMetricData": "metrics of AWS services have no ARN; datasets of OTLP metrics do",
  "cloudwatch:ListMetrics": "metrics of AWS services have no ARN; datasets of OTLP metrics do",
};

/** Actions that AWS's list lacks. */
const UNLISTED: Readonly<Record<string, string>> = {
  "logs:GetLogObject":
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogObject.html; a denial of it costs nothing",
};

/** @param root path of the planned root */
export function testPolicies(root: string, plan: () => Planned | undefined): void {
  test(`the policies of ${root} name actions that exist, on resources that they know`, () => {
    const statements = statementsIn(plan());
    const places = statements.map(([place]) => place);
    const policies = policiesOfIam(plan());
    expect(policies).not.toEqual([]);
    expect(policies.filter((policy) => !places.some((place) => place.startsWith(`${policy}.`)))).toEqual([]);
    expect(
      statements.flatMap(([place, statement]) => problems(statement).map((problem) => `${place}: ${problem}`)),
    ).toEqual([]);
  });
}

const POLICY_OF: Readonly<Record<string, string>> = {
  aws_iam_policy: "policy",
  aws_iam_role: "assume_role_policy",
  aws_iam_role_policy: "policy",
};

/** Places of the policies of roles that the plan knows: each has to be among the statements that are read. */
function policiesOfIam(plan: Planned | undefined): string[] {
  return (plan?.resources ?? []).flatMap(({ address, type, values }) => {
    const attribute = POLICY_OF[type];
    return attribute === undefined || (values[attribute] ?? null) === null ? [] : [`${address}.${attribute}`];
  });
}

/** Its statements have operations in place of actions. */
const OTHER_LANGUAGE = "aws_cloudwatch_log_data_protection_policy";

/** Every statement of a JSON document that is a policy, by where it stands. */
function statementsIn(plan: Planned | undefined): [string, Statement][] {
  const resources = (plan?.resources ?? []).filter(({ type }) => type !== OTHER_LANGUAGE);
  return resources.flatMap(({ address, values }) =>
    Object.entries(values).flatMap(([attribute, value]) =>
      isPolicy(value) ? read(value, isBoundary(values)).map((one) => place(address, attribute, one)) : [],
    ),
  );
}

function place(address: string, attribute: string, statement: Statement): [string, Statement] {
  return [`${address}.${attribute}.${statement.Sid}`, statement];
}

/** A boundary allows nothing by itself. */
function isBoundary({ name }: PlannedResource["values"]): boolean {
  return String(name).endsWith("-boundary");
}

function read(policy: string, limits: boolean): Statement[] {
  return POLICY.parse(JSON.parse(policy)).Statement.map((statement) => ({ ...statement, limits }));
}

function isPolicy(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("{") && value.includes('"Statement"');
}

export function problems(statement: Statement): string[] {
  const unknown = statement.Action.filter(
    (action) => action !== "*" && !(action in UNLISTED) && named(action).length === 0,
  );
  return unknown.length > 0 ? unknown.map((action) => `${action} does not exist`) : misplaced(statement);
}

function misplaced({ Effect, Principal, Action, Resource, limits = false }: Statement): string[] {
  const actions = Action.filter((action) => action !== "*");
  if (Resource.length === 0 || actions.length === 0) return [];
  const astray = actions.filter((action) => !Resource.some((resource) => knows(action, resource)));
  if (astray.length > 0) return astray.map((action) => `${action} knows none of ${Resource.join(", ")}`);
  const idle = Resource.filter((resource) => !Action.some((action) => knows(action, resource)));
  const grants = Effect === "Allow" && !limits && Principal === undefined && Resource.includes("*");
  const open = actions.filter((action) => grants && typesOf(action).length > 0 && !(action in ON_EVERYTHING));
  return [
    ...idle.map((resource) => `${resource} is known to none of ${Action.join(", ")}`),
    ...open.map((action) => `${action} takes ARNs, and is allowed on *`),
  ];
}

function named(pattern: string) {
  return actionsOf(pattern.split(":")[0] ?? "").filter(({ name }) => coveredBy(pattern)(name));
}

function typesOf(action: string): readonly string[] {
  return named(action).flatMap(({ resourceTypes }) => resourceTypes);
}

function knows(action: string, resource: string): boolean {
  if (resource === "*" || action === "*") return true;
  const [, , service = "", , , ...rest] = resource.split(":");
  if (service !== action.split(":")[0]) return false;
  const templates = resourceTypesOf(service);
  return typesOf(action).some((type) => {
    if (service === "s3" && type === "bucket" && rest.join(":").includes("/")) return false;
    return meet(rest.join(":"), templates.get(type) ?? "");
  });
}

/** Whether a text exists that both patterns cover. */
function meet(a: string, b: string): boolean {
  if (a === "" || b === "") return /^\**$/.test(a) && /^\**$/.test(b);
  if (a.startsWith("*")) return meet(a.slice(1), b) || meet(a, b.slice(1));
  if (b.startsWith("*")) return meet(a, b.slice(1)) || meet(a.slice(1), b);
  return a[0] === b[0] && meet(a.slice(1), b.slice(1));
}
