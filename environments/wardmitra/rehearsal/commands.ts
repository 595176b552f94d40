/** Commands that write the outputs of the AWS CLI into files, as `groundplan criteria` reads them. */
import type { migrationNames } from "./names";

export interface Names extends ReturnType<typeof migrationNames> {
  readonly region: string;
  /** As commands name it: `shop/dev/rehearsal`. */
  readonly root: string;
  readonly environment: string;
}

/** The ARN of the task, from its name. */
export function findTask({ region, instance }: Names): string {
  return `export AWS_DEFAULT_REGION=${region}
task=$(aws dms describe-replication-tasks --filters Name=replication-task-id,Values=${instance} \\
  --query 'ReplicationTasks[0].ReplicationTaskArn' --output text)`;
}

/** CloudWatch names a task by the last part of its ARN. */
export function collecting(names: Names): string {
  const metric = (side: "Source" | "Target") =>
    `aws cloudwatch get-metric-statistics --namespace AWS/DMS --metric-name CDCLatency${side} \\
  --dimensions Name=ReplicationInstanceIdentifier,Value=${names.instance} Name=ReplicationTaskIdentifier,Value="\${task##*:}" \\
  --start-time "$(date -u -d '1 hour ago' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" \\
  --period 60 --statistics Maximum > outputs/${side.toLowerCase()}-latency.json`;
  return `${findTask(names)}
mkdir -p outputs
aws dms describe-replication-tasks --filters Name=replication-task-arn,Values="$task" > outputs/task.json
aws dms describe-table-statistics --replication-task-arn "$task" > outputs/tables.json
aws dms describe-replication-task-assessment-runs \\
  --filters Name=replication-task-arn,Values="$task" > outputs/assessment.json
${metric("Source")}
${metric("Target")}`;
}
