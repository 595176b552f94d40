/** Guardrails on the changes of a plan. Those on the infrastructure that the plan leaves are in `guardrails/`. */

import type { PlanJson } from "../../terraform/plan-json";
import { heldBy } from "../guardrails/types";
import { isAccess, isNetworkAccess } from "./access";
import { ACCESS_TAGS } from "./access-tags";
import { otherAccounts } from "./account";
import { type Change, isRemoved, pastOf } from "./change";
import { CLOSED_BY_DEFAULT } from "./closed";
import { CLUSTERS } from "./clusters";
import { isRefreshOnly } from "./drift";
import { KUBERNETES_VERSIONS } from "./kubernetes-versions";
import { lossesIn } from "./losses";
import type { ActionGuardrail } from "./rule";
import { secretsInPlan } from "./secrets";
import { STATEFUL } from "./stateful";

/** Types that each deployment replaces, or that have no effect on running services. */
const REMOVED_WITHOUT_HARM =
  /^aws_(ecs_task_definition|cloudwatch_(dashboard|event_\w+)|appautoscaling_\w+|sns_topic_subscription)$/;

export const ACTION_GUARDRAILS: readonly ActionGuardrail[] = [
  {
    id: "plan-complete",
    title: "A plan is complete",
    why: "A plan that failed, or that was limited with -target, does not show all changes of the next apply.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed: "a plan without -target that ended without an error",
    judge: ({ plan, root }) => [
      ...(plan.errored ? [{ address: root.path, got: "a plan that ended with an error" }] : []),
      ...(plan.complete ? [] : [{ address: root.path, got: "an incomplete plan" }]),
    ],
  },
  {
    id: "plan-of-reviewed-tree",
    title: "A plan is made from the reviewed tree",
    why: "Nobody has reviewed a change that is in no commit, and nobody can find out later what was applied.",
    severity: "critical",
    controls: { soc2: ["CC8.1"], hipaa: ["164.308(a)(8)"] },
    allowed: "a plan of the committed tree",
    judge: ({ unreviewed }) =>
      unreviewed.map((place) => ({ address: place, got: "a difference from the committed tree" })),
  },
  {
    id: "plan-for-own-account",
    title: "A root is applied in the accounts that it declares",
    why: "With credentials of another account, the apply changes another environment.",
    severity: "critical",
    controls: { soc2: ["CC6.1", "CC8.1"] },
    allowed:
      "an account that a provider configuration of the committed tree declares, as its only one, in allowed_account_ids",
    judge: otherAccounts,
  },
  ...CLUSTERS,
  {
    id: "stateful-kept",
    title: "Resources that hold data are destroyed only with a recent backup",
    why: "An apply cannot restore data. In production, the change must name a backup from the last 24 hours. A key is needed for as long as the backups that it encrypts, so a plan may only forget it.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(7)(ii)(A)", "164.310(d)(2)(iv)"],
      soc2: ["A1.2", "CC8.1"],
      gdpr: ["32(1)(b)", "32(1)(c)"],
    },
    allowed:
      "--backup <address>=<backup>@<time> in production, and in each environment an approval by the owner of the data",
    judge: lossesIn,
  },
  {
    id: "access-approved",
    title: "Permissions change only with the approval of security",
    why: "Many breaches begin with a permission that nobody reviewed.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(4)(ii)(C)"], soc2: ["CC6.1", "CC6.3", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "an approval by security",
    judge: ({ changes }) =>
      changes
        .filter(isAccess)
        .map((change) => ({ address: change.address, got: `${pastOf(change)} permissions`, approval: "security" })),
  },
  {
    id: "network-access-approved",
    title: "Network access changes only with the approval of security",
    why: "Anybody who finds an unintended network path can use it.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "an approval by security",
    judge: ({ changes }) =>
      changes
        .filter(isNetworkAccess)
        .map((change) => ({ address: change.address, got: `${pastOf(change)} network paths`, approval: "security" })),
  },
  ACCESS_TAGS,
  {
    id: "removal-approved",
    title: "Resources that serve users are removed or replaced only with an approval",
    why: "Users get errors until the replacement works.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: "an approval by the owner of the service",
    judge: ({ changes }) =>
      changes
        .filter(servesPeople)
        .map((change) => ({ address: change.address, got: `${pastOf(change)} resource`, approval: "removal" })),
  },
  {
    id: "target-groups-kept",
    title: "A target group is not replaced to change its port or protocol",
    why: "Tasks stay registered in the old group, and the apply closes their port before other tasks answer on the new port.",
    severity: "high",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed:
      "a new service and target group beside the old ones, which a later change removes after all clients have moved",
    judge: ({ changes }) =>
      changes
        .filter(({ type, action }) => type === "aws_lb_target_group" && action === "replace")
        .flatMap(({ address, replacedFor }) =>
          ["port", "protocol"]
            .filter((argument) => replacedFor.includes(argument))
            .map((argument) => ({ address, got: `replaced to change the ${argument}` })),
        ),
  },
  KUBERNETES_VERSIONS,
  {
    id: "drift-approved",
    title: "Changes without Terraform are reverted or accepted only with an approval",
    why: "A change by hand may have ended an incident, and the apply reverts it. A refresh-only plan accepts it.",
    severity: "medium",
    controls: { soc2: ["CC7.1", "CC8.1"] },
    allowed: "an approval by the operators of the service",
    judge: ({ drift, plan }) =>
      drift.map(({ address, action, changed }) => ({
        address,
        got: `${action === "delete" ? "deleted without Terraform" : `changed without Terraform: ${changed.join(", ")}`}${acceptance(plan)}`,
        approval: "drift",
      })),
  },
  {
    id: "unmanaged-access-approved",
    title: "Unmanaged access stays only with the approval of security",
    why: "Access that somebody granted by hand is in no source. No apply removes it, and no review has covered it.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3", "CC7.1"],
      gdpr: ["32(1)(b)"],
    },
    allowed: "access that a resource of the root grants, or an approval by security until the access is removed",
    judge: ({ unmanaged }) =>
      unmanaged.map(({ address, argument, gives }) => ({
        address,
        got: `${argument} has ${gives}`,
        approval: "security",
      })),
  },
  {
    id: "failed-checks-approved",
    title: "A plan with a failed check is applied only with an approval",
    why: "A check states a condition that must hold in the account. If it fails, the apply may build on something broken.",
    severity: "medium",
    controls: { soc2: ["CC7.1", "CC8.1"] },
    allowed: "checks that pass, or in production an approval by the operators of the service",
    judge: ({ checks, production }) =>
      checks
        .filter(({ status }) => production && status === "failed")
        .map(({ address, problems }) => ({
          address,
          got: `failed: ${problems.join("; ") || "Terraform could not evaluate it"}`,
          approval: "drift",
        })),
  },
  {
    id: "plan-without-secrets",
    title: "A plan contains no secret",
    why: "More people and programs can read plans and states than may know a secret.",
    severity: "critical",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: "the ARN of a secret, whose value a person sets outside of Terraform",
    judge: secretsInPlan,
  },
  ...CLOSED_BY_DEFAULT,
];

function acceptance(plan: PlanJson): string {
  return isRefreshOnly(plan) ? "; this refresh-only plan accepts it" : "";
}

/** Whether the change is a removal that no other rule covers. */
function servesPeople(change: Change): boolean {
  const { type } = change;
  const isJudgedElsewhere =
    STATEFUL[type] !== undefined ||
    heldBy(type) === "data" ||
    isAccess(change) ||
    isNetworkAccess(change) ||
    heldBy(type) === "logging";
  return isRemoved(change) && !isJudgedElsewhere && !REMOVED_WITHOUT_HARM.test(type);
}
