/** Roles of schedules: what EventBridge Scheduler may do is in the root, and nobody else may do it. */
import { show } from "../configuration";
import { Unknown } from "../hcl";
import type { Judge } from "./attributes";
import { broken, HOLDS, undecided } from "./guardrail";
import { statementsOf } from "./policies";
import { named, stemsFromNothing, thoseNaming, valuesAt } from "./values";

const SERVICE = "scheduler.amazonaws.com";

export const hasRoleOfItsOwn: Judge = ({ values }, root) => {
  const [roleArn = null] = valuesAt(values, "target.role_arn");
  const role = named(roleArn, "aws_iam_role", root);
  const got = `target.role_arn = ${show(roleArn)}`;
  if (role === undefined) return stemsFromNothing(roleArn) ? undecided(got) : broken(got);
  const attached = thoseNaming(role, "aws_iam_role_policy_attachment", "role", root);
  if (attached.length > 0) return broken(`${role.address} with ${attached.map(({ address }) => address).join(", ")}`);
  const trust = statementsOf(role.values.assume_role_policy ?? null);
  if (trust instanceof Unknown) return undecided(`assume_role_policy of ${role.address}`);
  const others = trust
    .filter(({ effect }) => effect !== "Deny")
    .flatMap(({ principals }) => principals.filter(({ kind, id }) => kind !== "Service" || id !== SERVICE));
  if (others.length === 0) return HOLDS;
  return broken(`${role.address}, which trusts ${others.map(({ id }) => show(id)).join(", ")}`);
};
