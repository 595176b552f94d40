/** What nobody has judged, and what may weaken a protection. */

import { SENSITIVE } from "../../../../lib/judgement/configuration";
import type { Change } from "../../../../lib/judgement/gate/change";
import { sensitiveChanges } from "../../../../lib/judgement/gate/sensitive";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";

const ACCOUNT = "111122223333";

function change(
  type: string,
  before: Readonly<Record<string, HclValue>> | undefined,
  after: Readonly<Record<string, HclValue>>,
): Change {
  const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])];
  const action = before === undefined ? "create" : "update";
  return { address: `module.a.${type}.this`, type, action, before, after, changed, replacedFor: [] };
}

/** Paths of the arguments that ask. */
function asks(
  type: string,
  before: Readonly<Record<string, HclValue>> | undefined,
  after: Readonly<Record<string, HclValue>>,
): string[] {
  return sensitiveChanges(change(type, before, after), { account: ACCOUNT, roles: new Set(), buckets: new Set() }).map(
    ({ path }) => path,
  );
}

test.each<[string, string, HclValue, HclValue]>([
  ["aws_db_instance", "publicly_accessible", false, true],
  ["aws_db_instance", "deletion_protection", true, false],
  ["aws_db_instance", "skip_final_snapshot", false, true],
  ["aws_db_instance", "backup_retention_period", 14, 7],
  ["aws_db_instance", "backup_retention_period", 14, 0],
  ["aws_db_instance", "enabled_cloudwatch_logs_exports", ["postgresql", "upgrade"], ["upgrade"]],
  ["aws_cloudwatch_log_group", "retention_in_days", 90, 30],
  ["aws_cloudwatch_log_group", "retention_in_days", 0, 30],
  ["aws_cloudwatch_log_group", "kms_key_id", "a", "b"],
  ["aws_cloudwatch_metric_alarm", "actions_enabled", true, false],
  ["aws_cloudwatch_metric_alarm", "alarm_actions", [], ["arn:aws:sns:eu-central-1:999999999999:x"]],
  ["aws_ecs_service", "enable_execute_command", false, true],
  ["aws_ecs_task_definition", "network_mode", "awsvpc", "host"],
  ["aws_kms_key", "enable_key_rotation", true, false],
  ["aws_sqs_queue", "from_the_future", 1, 2],
  ["nobody_knows", "anything", 1, 2],
  ["aws_db_instance", "publicly_accessible", false, new Unknown()],
])("a change of %s.%s needs an approval: %j to %j", (type, argument, before, after) => {
  expect(asks(type, { [argument]: before }, { [argument]: after })).toEqual([argument]);
});

test.each<[string, string, HclValue, HclValue]>([
  ["aws_db_instance", "instance_class", "db.t4g.micro", "db.t4g.small"],
  ["aws_db_instance", "deletion_protection", false, true],
  ["aws_db_instance", "skip_final_snapshot", true, false],
  ["aws_db_instance", "backup_retention_period", 7, 14],
  ["aws_db_instance", "enabled_cloudwatch_logs_exports", ["upgrade"], ["postgresql", "upgrade"]],
  ["aws_cloudwatch_metric_alarm", "threshold", 80, 90],
  ["aws_cloudwatch_metric_alarm", "alarm_actions", [], [`arn:aws:sns:eu-central-1:${ACCOUNT}:x`]],
  ["aws_cloudwatch_metric_alarm", "alarm_actions", [], [new Reference("module.a.aws_sns_topic.this", "arn")]],
  ["aws_lb_target_group", "health_check", [{ path: "/health", enabled: true }], [{ path: "/ready", enabled: true }]],
  ["aws_appautoscaling_target", "max_capacity", 4, 10],
  ["aws_sqs_queue", "visibility_timeout_seconds", 30, 60],
  ["nobody_knows", "tags", { a: "b" }, { a: "c" }],
  ["nobody_knows", "description", "a", "b"],
])("a change of %s.%s needs no approval: %j to %j", (type, argument, before, after) => {
  expect(asks(type, { [argument]: before }, { [argument]: after })).toEqual([]);
});

test("a new resource with a target outside of the account needs an approval", () => {
  const subscription = (endpoint: HclValue) =>
    asks("aws_sns_topic_subscription", undefined, { endpoint, protocol: "sqs" });
  expect(subscription("arn:aws:sqs:eu-central-1:999999999999:x")).toEqual(["endpoint"]);
  expect(subscription("https://example.com/hook")).toEqual(["endpoint"]);
  expect(subscription("somebody@example.com")).toEqual(["endpoint"]);
  expect(subscription(`arn:aws:sqs:eu-central-1:${ACCOUNT}:x`)).toEqual([]);
  expect(subscription(new Reference("module.a.aws_sqs_queue.this", "arn"))).toEqual([]);
});

test("null that becomes an empty text is no change, and a changed sensitive value is a change", () => {
  expect(asks("aws_ecs_task_definition", { pid_mode: "" }, { pid_mode: null })).toEqual([]);
  expect(asks("aws_db_instance", { password: SENSITIVE }, { password: SENSITIVE })).toEqual(["password"]);
});
