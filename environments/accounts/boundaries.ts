/** The maximum permissions of the pipeline's roles in an account, and of the workloads of its environments. */
import type { Expression, Root } from "../../lib";
import { DeliveryBoundaries } from "../../modules/delivery-boundaries";
import type { Account } from "../common/account";
import { type Application, familiesOf, taskRoleArns } from "../common/application";
import { PIPELINE, ROLES } from "../common/delivery";
import { API_LOG_ROLES } from "./api-and-artifacts";
import type { Backend } from "./backend";
import { COMPLIANCE_READS, REMEDIATION } from "./compliance";
import { COST_ROLES, type Costs, costReads } from "./costs";
import { ACCOUNT_ALERTS, recordBucketArns, TRAIL_ROLE } from "./detection";
import { AUDIT_ROLES, FINDINGS_ACTIONS, FINDINGS_ACTIONS_ON_ALL, FINDINGS_READS, FINDINGS_ROLES } from "./findings";
import { REMINDER_ACTIONS, REMINDER_READS } from "./reminders";
import type { Workloads } from "./workloads";

interface Bounded {
  readonly account: Account;
  readonly backends: readonly Backend[];
  readonly applications: readonly Application[];
  readonly workloads: Workloads;
  readonly archives: boolean;
  readonly audits: boolean;
  readonly costs: Costs | undefined;
  readonly artifactBuckets: readonly string[];
  readonly logsApis: boolean;
  readonly restoresBackups: boolean;
  readonly guardedKeyArns: readonly Expression<string>[];
  /** Whether corrections of AWS Config have roles of their own. */
  readonly isCorrected: boolean;
}

export function boundaries(root: Root, bounded: Bounded) {
  const { account, backends, applications, workloads, archives, costs, guardedKeyArns, isCorrected } = bounded;
  const { accountId } = root.props;
  const reminds = costs?.organization !== undefined;
  const restores = applications
    .filter(({ recordBuckets }) => recordBuckets.length > 0)
    .map(({ environment }) => ROLES.restore(environment));
  const reads = [
    ...(workloads.singleActions ?? []),
    ...(archives ? FINDINGS_READS : []),
    ...(reminds ? REMINDER_READS : []),
    ...(costs === undefined ? [] : costReads(costs)),
    ...(isCorrected ? COMPLIANCE_READS : []),
  ];
  const passedRoles = [
    ...taskRoleArns(
      accountId,
      applications.flatMap((one) => [...familiesOf(one), ...(one.otherTasks ?? [])]),
    ),
    ...(workloads.taskRoles ?? []).map((name) => `arn:aws:iam::${accountId}:role/${name}`),
  ];
  const artifactArns = bounded.artifactBuckets.map((name) => `arn:aws:s3:::${name}`);
  return new DeliveryBoundaries(root, "boundaries", {
    name: PIPELINE,
    accountId,
    services: workloads.services,
    guardedRoleNames: [
      TRAIL_ROLE,
      ...Object.values(account.people),
      ...(bounded.restoresBackups ? [`${account.name}-backups`] : []),
      ...(isCorrected ? [REMEDIATION.roles] : []),
      ...(archives ? FINDINGS_ROLES : []),
      ...(bounded.audits ? AUDIT_ROLES : []),
      ...(reminds ? COST_ROLES : []),
      ...(bounded.logsApis ? API_LOG_ROLES : []),
    ],
    guardedBucketArns: [...recordBucketArns(account), ...artifactArns],
    guardedKeyArns,
    guardedAlerts: ACCOUNT_ALERTS,
    otherBoundaryArns: [`${account.name}-people`, ...restores, ...(isCorrected ? [REMEDIATION.boundary] : [])].map(
      (whose) => `arn:aws:iam::${accountId}:policy/${whose}-boundary`,
    ),
    ...(reads.length > 0 && { accountReads: [...new Set(reads)] }),
    workloadActions: [
      ...new Set([...workloads.actions, ...(archives ? FINDINGS_ACTIONS : []), ...(reminds ? REMINDER_ACTIONS : [])]),
    ],
    workloadActionsOnAll: archives
      ? [...new Set([...workloads.actionsOnAll, ...FINDINGS_ACTIONS_ON_ALL])]
      : workloads.actionsOnAll,
    ...(workloads.settings.length > 0 && { settingsArns: workloads.settings }),
    ...(artifactArns.length > 0 && { artifactBucketArns: artifactArns }),
    ...(workloads.elsewhere && {
      actionsInOtherAccounts: workloads.elsewhere.actions,
      otherAccountIds: workloads.elsewhere.accountIds,
    }),
    ...(passedRoles.length > 0 && { taskRoleArns: passedRoles }),
    stateBucketArns: backends.map(({ stateBucketArn }) => stateBucketArn),
    plansBucketArns: backends.map(({ plansBucketArn }) => plansBucketArn),
    lockTableArns: backends.map(({ lockTableArn }) => lockTableArn),
    stateKeyArns: backends.map(({ keyArn }) => keyArn),
  });
}
