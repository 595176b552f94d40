/** Guardrails on what a plan does, beside those on what it leaves behind. */

import type { PlanJson } from "../../terraform/plan-json";
import { heldBy } from "../guardrails/types";
import { isAccess, isNetworkAccess } from "./access";
import { otherAccounts } from "./account";
import { type Change, isRemoved, pastOf } from "./change";
import { CLOSED_BY_DEFAULT } from "./closed";
import { isRefreshOnly } from "./drift";
import { lossesIn } from "./losses";
import type { ActionGuardrail } from "./rule";
import { secretsInPlan } from "./secrets";
import { STATEFUL } from "./stateful";

/** Replaced with every deployment, or of no effect on what runs. */
const REMOVED_WITHOUT_HARM =
  /^aws_(ecs_task_definition|cloudwatch_(dashboard|event_\w+)|appautoscaling_\w+|sns_topic_subscription)$/;

export const ACTION_GUARDRAILS: readonly ActionGuardrail[] = [
  {
    id: "plan-complete",
    title: "A plan is whole",
    why: "A plan that failed, or was aimed at some resources only, shows less than what the next apply will do.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed: "a plan without -target that ended without an error",
    judge: ({ plan, root }) => [
      ...(plan.errored ? [{ address: root.path, got: "a plan that ended with an error" }] : []),
      ...(plan.complete ? [] : [{ address: root.path, got: "a plan that leaves something out" }]),
    ],
  },
  {
    id: "plan-of-reviewed-tree",
    title: "What is planned is what was reviewed",
    why: "A change that stands in no commit was read by nobody, and nobody can tell later what was applied.",
    severity: "critical",
    controls: { soc2: ["CC8.1"], hipaa: ["164.308(a)(8)"] },
    allowed: "a plan of the tree as it is committed",
    judge: ({ unreviewed }) =>
      unreviewed.map((place) => ({ address: place, got: "something else than the tree says" })),
  },
  {
    id: "plan-for-own-account",
    title: "A root is applied in its own account",
    why: "With the credentials of another account, another environment is changed.",
    severity: "critical",
    controls: { soc2: ["CC6.1", "CC8.1"] },
    allowed: "the account that the root names, guarded by allowed_account_ids",
    judge: otherAccounts,
  },
  {
    id: "stateful-kept",
    title: "What holds data is destroyed only with a recent backup",
    why: "No apply brings data back. In production a backup from the last 24 hours has to be named with the change. A key is needed for as long as the backups that it encrypted, so that a plan may only forget it.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(7)(ii)(A)", "164.310(d)(2)(iv)"],
      soc2: ["A1.2", "CC8.1"],
      gdpr: ["32(1)(b)", "32(1)(c)"],
    },
    allowed:
      "--backup <address>=<backup>@<time> in production, and the approval of who answers for the data everywhere",
    judge: lossesIn,
  },
  {
    id: "access-approved",
    title: "Who may do what changes only with the approval of security",
    why: "A permission that slips in unseen is how most breaches begin.",
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
    title: "Who may reach what changes only with the approval of security",
    why: "A path through the network that nobody asked for is open to whoever finds it first.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "an approval by security",
    judge: ({ changes }) =>
      changes
        .filter(isNetworkAccess)
        .map((change) => ({ address: change.address, got: `${pastOf(change)} network paths`, approval: "security" })),
  },
  {
    id: "removal-approved",
    title: "What serves people is removed or replaced only with an approval",
    why: "Until its replacement works, users meet errors.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: "an approval by who answers for the service",
    judge: ({ changes }) =>
      changes
        .filter(servesPeople)
        .map((change) => ({ address: change.address, got: `${pastOf(change)} resource`, approval: "removal" })),
  },
  {
    id: "target-groups-kept",
    title: "A target group is not replaced for another port or protocol",
    why: "Tasks stay registered in the old group, and the apply closes their port before others answer on the new one.",
    severity: "high",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: "a service and a target group beside the old ones, which are removed when the clients have moved",
    judge: ({ changes }) =>
      changes
        .filter(({ type, action }) => type === "aws_lb_target_group" && action === "replace")
        .flatMap(({ address, replacedFor }) =>
          ["port", "protocol"]
            .filter((argument) => replacedFor.includes(argument))
            .map((argument) => ({ address, got: `replaced for another ${argument}` })),
        ),
  },
  {
    id: "drift-approved",
    title: "What somebody changed by hand is set back, or accepted, knowingly",
    why: "A change by hand may have been the cure of an incident, and the apply undoes it. A refresh-only plan accepts it.",
    severity: "medium",
    controls: { soc2: ["CC7.1", "CC8.1"] },
    allowed: "an approval by who answers for the service",
    judge: ({ drift, plan }) =>
      drift.map(({ address, action, changed }) => ({
        address,
        got: `${action === "delete" ? "gone" : `another ${changed.join(", ")}`}, changed without Terraform${acceptance(plan)}`,
        approval: "drift",
      })),
  },
  {
    id: "unmanaged-access-approved",
    title: "Access that no resource of the root explains stays only with the approval of security",
    why: "Access that somebody gave by hand stands in no source. No apply takes it away, and no review has seen it.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3", "CC7.1"],
      gdpr: ["32(1)(b)"],
    },
    allowed: "access that a resource of the root gives, or an approval by security until it is removed",
    judge: ({ unmanaged }) =>
      unmanaged.map(({ address, argument, gives }) => ({
        address,
        got: `${argument} has ${gives}`,
        approval: "security",
      })),
  },
  {
    id: "failed-checks-approved",
    title: "A check that fails is applied over knowingly",
    why: "A check states what has to hold in the account. Where it fails, the apply may build on something broken.",
    severity: "medium",
    controls: { soc2: ["CC7.1", "CC8.1"] },
    allowed: "checks that pass, or in production an approval by who answers for the operation",
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
    title: "No value of a plan is a secret",
    why: "Plans and states are read by more people and programs than any secret should be.",
    severity: "critical",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: "a secret's ARN; its value is put in by a person, outside of Terraform",
    judge: secretsInPlan,
  },
  ...CLOSED_BY_DEFAULT,
];

function acceptance(plan: PlanJson): string {
  return isRefreshOnly(plan) ? ", and accepted by this refresh-only plan" : "";
}

/** What is removed, and falls under no other rule about removals. */
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
