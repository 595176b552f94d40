/** Roles that guests of an identity pool of Cognito assume: everybody on the internet. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isUnknown, Unknown } from "../hcl";
import { type Judge, worst } from "./attributes";
import { comparedWith } from "./conditions";
import { broken, HOLDS, type Verdict } from "./guardrail";
import { coveredBy, hasWildcard } from "./patterns";
import { statementsOf } from "./policies";
import { eachAllowed, openAmong } from "./statements";
import { textWithHoles, thoseNaming, valuesAt } from "./values";

/** The only action of guests: it sends what a browser measures, and reads nothing. */
export const SEND_EVENTS = "rum:PutRumEvents";

/** A role that guests assume only sends events to named monitors of CloudWatch RUM. */
export const guestsSendEvents: Judge = (role, root) => (trustsGuests(role) ? sendsEventsOnly(role, root) : HOLDS);

const AMR = "cognito-identity.amazonaws.com:amr";

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html */
function trustsGuests({ values }: ResourceInstance): boolean {
  const statements = statementsOf(values.assume_role_policy ?? null);
  if (statements instanceof Unknown) return false;
  return statements.some((statement) => comparedWith(statement, AMR).some(isGuest));
}

function isGuest(value: HclValue): boolean {
  return typeof value === "string" && coveredBy(value)("unauthenticated");
}

function sendsEventsOnly(role: ResourceInstance, root: RootConfiguration): Verdict {
  const others = [
    ...thoseNaming(role, "aws_iam_role_policy_attachment", "role", root),
    ...thoseNaming(role, "aws_iam_policy_attachment", "roles", root),
  ];
  if (others.length > 0) return broken(`also ${others.map(({ address }) => address).join(", ")}`);
  for (const argument of ["inline_policy.policy", "managed_policy_arns"]) {
    const [first = null] = valuesAt(role.values, argument);
    if (first !== null) return broken(`${argument} = ${show(first)}`);
  }
  const policies = thoseNaming(role, "aws_iam_role_policy", "role", root);
  if (policies.length === 0) return broken("no aws_iam_role_policy whose role names this resource");
  return worst(policies.map((policy) => ONLY_EVENTS(policy, root)));
}

const ONLY_EVENTS: Judge = eachAllowed("policy", ({ actions, notActions, resources, notResources }) => {
  const [wrong] = [...actions.filter((action) => action !== SEND_EVENTS), ...notActions, ...notResources];
  if (wrong !== undefined) return isUnknown(wrong) ? { open: wrong } : { wrong };
  const wide = resources.find((resource) => hasWildcard(textWithHoles(resource) ?? null));
  return wide === undefined ? openAmong(resources) : { wrong: wide };
});
