/** The service control policies of the committed organization, and their decision on a request in an account of a unit. */
import { z } from "zod";
import { documentOf } from "../../../lib/judgement/guardrails/policies";
import { applies, type Request } from "../../support/policy";
import { configurationOf } from "./roots";

const POLICY = z.object({ Statement: z.array(z.looseObject({ Sid: z.string(), Effect: z.literal("Deny") })) });

const organization = configurationOf("environments/formula/organization");

/** Statements of each policy, by its name. */
const STATEMENTS = new Map(
  organization.of("aws_organizations_policy").map(({ key, values }) => {
    const document: unknown = JSON.parse(JSON.stringify(documentOf(values.content ?? null)));
    return [String(key), POLICY.parse(document).Statement];
  }),
);

/** Pairs of a policy and a unit. */
const ATTACHED = organization.of("aws_organizations_policy_attachment").map(({ key }) => String(key).split(":"));

/** Names of the policies that limit accounts of a unit: its own, and those of its parent. */
export function policiesOf(unit: string): string[] {
  return ATTACHED.filter(([, target = ""]) => target === unit || unit.startsWith(`${target}/`))
    .map(([policy = ""]) => policy)
    .sort();
}

export interface Caller {
  readonly unit: string;
  /** `role/name` or `user/name`; `root`. */
  readonly principal: string;
  readonly region?: string;
  readonly context?: Request["context"];
}

const ACCOUNT = "181818181818";

/** Ids of the statements that deny a request. */
export function denials(caller: Caller, action: string, resource = "*"): string[] {
  const { unit, principal, region = "us-east-1", context = {} } = caller;
  const request = {
    action,
    resource,
    context: {
      "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:${principal}`,
      "aws:RequestedRegion": region,
      "aws:ResourceAccount": ACCOUNT,
      ...context,
    },
  };
  return policiesOf(unit)
    .flatMap((policy) => STATEMENTS.get(policy) ?? [])
    .filter((statement) => applies(statement, request))
    .map(({ Sid }) => Sid);
}
