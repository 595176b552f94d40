/** Effects of an apply that the plan does not show, and changes that happen later. */
import { bare, show } from "../hcl";
import type { Change } from "./change";

export interface HiddenEffect {
  readonly address: string;
  readonly effect: string;
}

interface Row {
  readonly type: string;
  /** The effect in words; undefined if the change has none. */
  readonly of: (change: Change) => string | undefined;
}

/**
 * Arguments that RDS changes in the maintenance window unless `apply_immediately` is set. It changes others immediately.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html
 */
const IN_THE_WINDOW = new Set([
  "allocated_storage",
  "ca_cert_identifier",
  "engine_version",
  "iam_database_authentication_enabled",
  "identifier",
  "instance_class",
  "iops",
  "multi_az",
  "network_type",
  "storage_throughput",
  "storage_type",
]);

const ROLLED_OUT = [
  "kubernetes_daemon_set_v1",
  "kubernetes_daemonset",
  "kubernetes_deployment",
  "kubernetes_deployment_v1",
  "kubernetes_stateful_set",
  "kubernetes_stateful_set_v1",
] as const;

const EFFECTS: readonly Row[] = [
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.ApplyImmediately.html */
  {
    type: "aws_db_instance",
    of: ({ action, changed, after }) => {
      const late = changed.filter((name) => IN_THE_WINDOW.has(name));
      if (action !== "update" || after?.apply_immediately === true || late.length === 0) return undefined;
      return `${late.join(", ")}: changed in the maintenance window ${bare(after?.maintenance_window ?? null)}, not during the apply`;
    },
  },
  {
    type: "aws_db_instance",
    of: ({ action, before, after }) =>
      lowered(action, before?.backup_retention_period, after?.backup_retention_period, "backups"),
  },
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html */
  {
    type: "aws_db_parameter_group",
    of: ({ action, changed, after }) =>
      action === "update" && changed.includes("parameter") && show(after?.parameter ?? null).includes("pending-reboot")
        ? "parameters with pending-reboot take effect when a person reboots the database"
        : undefined,
  },
  {
    type: "aws_cloudwatch_log_group",
    of: ({ action, before, after }) =>
      lowered(action, before?.retention_in_days, after?.retention_in_days, "log events"),
  },
  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
  {
    type: "aws_ecs_service",
    of: ({ action, changed }) =>
      action === "update" && changed.some((name) => !/^(tags|desired_count)/.test(name))
        ? "tasks are replaced after the apply has ended; the circuit breaker may still roll them back"
        : undefined,
  },
  {
    type: "aws_ecs_task_definition",
    of: ({ action }) =>
      action === "create" ? undefined : "running tasks keep their revision until the next deployment",
  },
  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
  {
    type: "aws_kms_key",
    of: ({ action, before }) =>
      action === "delete"
        ? `unusable immediately, deleted after ${bare(before?.deletion_window_in_days ?? 30)} days`
        : undefined,
  },
  {
    type: "aws_secretsmanager_secret",
    of: ({ action, before }) =>
      action === "delete"
        ? `unreadable immediately, deleted after ${bare(before?.recovery_window_in_days ?? 30)} days; its name stays reserved until then`
        : undefined,
  },
  {
    type: "aws_sns_topic_subscription",
    of: ({ action, after }) =>
      action === "create" && after?.protocol === "email"
        ? "delivers nothing until the recipient confirms it"
        : undefined,
  },
  {
    type: "aws_acm_certificate",
    of: ({ action }) =>
      action === "create" || action === "replace" ? "the apply waits until the domain is validated by DNS" : undefined,
  },
  /** @see https://helm.sh/docs/chart_best_practices/custom_resource_definitions/ */
  {
    type: "helm_release",
    of: ({ action }) =>
      action === "delete" || action === "replace"
        ? "the objects of the chart are deleted, with all custom resources of kinds that its templates define; claims of its stateful sets stay"
        : undefined,
  },
  ...ROLLED_OUT.map(
    (type): Row => ({
      type,
      of: ({ action, changed }) =>
        action === "update" && changed.includes("spec")
          ? "pods are replaced; after a rollout that fails, the next plan is empty although the pods fail"
          : undefined,
    }),
  ),
];

export function hiddenEffects(changes: readonly Change[]): HiddenEffect[] {
  return changes.flatMap((change) =>
    EFFECTS.filter(({ type }) => type === change.type).flatMap(({ of }) => {
      const effect = of(change);
      return effect === undefined ? [] : [{ address: change.address, effect }];
    }),
  );
}

function lowered(action: Change["action"], before: unknown, after: unknown, what: string): string | undefined {
  if (action !== "update" || typeof before !== "number" || typeof after !== "number" || after >= before)
    return undefined;
  return `${what} older than ${after} days are deleted permanently`;
}
