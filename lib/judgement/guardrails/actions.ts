/** Actions that a policy statement covers. */
import { type HclValue, isUnknown } from "../hcl";
import { actionsOf, type KnownAction } from "./iam-data";
import { coveredBy, hasWildcard } from "./patterns";
import type { Statement } from "./policies";

/**
 * Actions for which a policy can name resources, but which then return an empty list, or no metric outside of a
 * dataset.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const LISTS = [
  "autoscaling:Describe*",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:ListTaskDefinitions",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
].map(coveredBy);

/** Whether a statement covers an action, `iam:PassRole`. An unknown action pattern covers none. */
export function concerns({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return notActions.every((other) => !isUnknown(other) && !covers(other, action));
  return actions.some((pattern) => covers(pattern, action));
}

function covers(pattern: HclValue, action: string): boolean {
  return typeof pattern === "string" && coveredBy(pattern)(action);
}

/** Whether a statement covers every action of a service on any of the resource types; on all types if none is given. */
export function concernsService(statement: Statement, service: string, ...types: readonly string[]): boolean {
  const known = actionsOf(service).filter(
    ({ resourceTypes }) => types.length === 0 || resourceTypes.some((type) => types.includes(type)),
  );
  return known.length > 0 && known.every(({ name }) => concerns(statement, name));
}

/** The patterns that cover a whole service, alone or together: `*`, `S3:*`, `s?:*`, `sts:*e*`. */
export function wholeServices(actions: readonly HclValue[]): readonly HclValue[] {
  return actions.filter((action) => isWholeService(action, actions));
}

function isWholeService(action: HclValue, all: readonly HclValue[]): boolean {
  if (typeof action !== "string") return false;
  const [service = "", name] = action.toLowerCase().split(":");
  if (!hasWildcard(action)) return false;
  if (name === undefined || hasWildcard(service) || /^[*?]*$/.test(name)) return true;
  const others = all
    .filter((other) => typeof other === "string" && hasWildcard(other))
    .map((one) => coveredBy(String(one)));
  const known = actionsOf(service);
  return known.length > 0 && known.every((one) => others.some((isCovered) => isCovered(one.name)));
}

/** Whether the action, or every action that a pattern covers, supports only `*` as its resource. */
export function knowsNoResource(action: HclValue): boolean {
  if (typeof action !== "string") return false;
  const known = actionsIn(action);
  return known.length > 0 && known.every(isWithoutResource);
}

/** Whether a pattern covers this action and no other. */
export function isOnly(pattern: HclValue, action: string): boolean {
  if (typeof pattern !== "string" || !coveredBy(pattern)(action)) return false;
  return actionsIn(pattern).length === 1;
}

/** The actions that a pattern covers in the service that it names. */
function actionsIn(pattern: string): readonly KnownAction[] {
  const [service = ""] = pattern.split(":");
  const covered = COVERED.get(pattern) ?? actionsOf(service).filter(({ name }) => coveredBy(pattern)(name));
  COVERED.set(pattern, covered);
  return covered;
}

/** The policies of all roots name the same actions. */
const COVERED = new Map<string, readonly KnownAction[]>();

function isWithoutResource({ name, resourceTypes }: KnownAction): boolean {
  return resourceTypes.length === 0 || LISTS.some((isList) => isList(name));
}
