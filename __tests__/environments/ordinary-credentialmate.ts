/** Ordinary changes of CredentialMate in production. */
import type { Values } from "../lib/judgement/gate/applied";
import { add, arn, CREDENTIALMATE, inText, type OrdinaryRow, remove, renew, set } from "./edits";

const CM_ALERTS = arn("333333333333", "module.alerts.aws_sns_topic.this");
const ALARM = 'module.alarms.aws_cloudwatch_metric_alarm.this["backend-service-cpu"]';
const RATE = 'module.alarms.aws_cloudwatch_metric_alarm.rate["backend-service-tasks"]';
const DATABASE = "module.database.aws_db_instance.this";
const TARGET_GROUP = 'module.load_balancer.aws_lb_target_group.this["backend-service"]';
const SERVICE = "module.backend_service.aws_ecs_service.this";
const SCALING = "module.backend_service.aws_appautoscaling_target.this";
const TASK = "module.backend_service_task.aws_ecs_task_definition.this";
const RULE = 'module.load_balancer.aws_lb_listener_rule.this["backend"]';
const NEW_ALARM: Values = {
  alarm_name: "new",
  alarm_actions: [CM_ALERTS],
  comparison_operator: "GreaterThanThreshold",
  evaluation_periods: 3,
  metric_name: "CPUUtilization",
  namespace: "AWS/ECS",
  period: 60,
  statistic: "Average",
  threshold: 80,
};

export const CREDENTIALMATE_CHANGES: readonly OrdinaryRow[] = [
  ["the threshold of an alarm", CREDENTIALMATE, [], set(ALARM, "threshold", 90)],
  ["how long an alarm waits", CREDENTIALMATE, [], set(ALARM, "evaluation_periods", 7)],
  ["how many points an alarm needs", CREDENTIALMATE, [], set(RATE, "datapoints_to_alarm", 5)],
  ["the period of an alarm", CREDENTIALMATE, [], set(ALARM, "period", 60)],
  ["what an alarm takes missing data for", CREDENTIALMATE, [], set(ALARM, "treat_missing_data", "ignore")],
  ["the comparison of an alarm", CREDENTIALMATE, [], set(RATE, "comparison_operator", "LessThanOrEqualToThreshold")],
  ["the description of an alarm", CREDENTIALMATE, [], set(ALARM, "alarm_description", "Look at the queue first.")],
  ["one more topic of an alarm", CREDENTIALMATE, [], set(RATE, "insufficient_data_actions", [CM_ALERTS])],
  ["a new alarm", CREDENTIALMATE, [], add('module.alarms.aws_cloudwatch_metric_alarm.this["new"]', NEW_ALARM)],
  ["the end of an alarm", CREDENTIALMATE, ["security"], remove(ALARM)],
  [
    "the widgets of a dashboard",
    CREDENTIALMATE,
    [],
    set("module.dashboard.aws_cloudwatch_dashboard.this", "dashboard_body", "{}"),
  ],
  ["the end of a dashboard", CREDENTIALMATE, [], remove("module.dashboard.aws_cloudwatch_dashboard.this")],
  ["more tasks at most", CREDENTIALMATE, [], set(SCALING, "max_capacity", 20)],
  ["more tasks at least", CREDENTIALMATE, [], set(SCALING, "min_capacity", 3)],
  [
    "the target of a scaling policy",
    CREDENTIALMATE,
    [],
    set(
      "module.backend_service.aws_appautoscaling_policy.cpu[0]",
      "target_tracking_scaling_policy_configuration.target_value",
      55,
    ),
  ],
  [
    "how soon a service shrinks",
    CREDENTIALMATE,
    [],
    set(
      "module.backend_service.aws_appautoscaling_policy.cpu[0]",
      "target_tracking_scaling_policy_configuration.scale_in_cooldown",
      600,
    ),
  ],
  [
    "a service that does not shrink",
    CREDENTIALMATE,
    [],
    set(
      "module.backend_service.aws_appautoscaling_policy.memory[0]",
      "target_tracking_scaling_policy_configuration.disable_scale_in",
      true,
    ),
  ],
  ["how many tasks run", CREDENTIALMATE, [], set(SERVICE, "desired_count", 4)],
  ["time that a start may take", CREDENTIALMATE, [], set(SERVICE, "health_check_grace_period_seconds", 120)],
  ["how many tasks a deployment adds", CREDENTIALMATE, [], set(SERVICE, "deployment_maximum_percent", 150)],
  [
    "another revision of a task",
    CREDENTIALMATE,
    [],
    set(SERVICE, "task_definition", "arn:aws:ecs:us-east-1:333333333333:task-definition/backend:2"),
  ],
  ["whether zones are balanced", CREDENTIALMATE, [], set(SERVICE, "availability_zone_rebalancing", "DISABLED")],
  ["a new image", CREDENTIALMATE, [], renew(TASK, "container_definitions", inText(":initial", ":1.4.2"))],
  [
    "another variable of a container",
    CREDENTIALMATE,
    [],
    renew(TASK, "container_definitions", inText("verify-full", "verify-ca")),
  ],
  ["more memory", CREDENTIALMATE, [], renew(TASK, "memory", "4096")],
  ["the class of a database", CREDENTIALMATE, [], set(DATABASE, "instance_class", "db.m7g.large")],
  ["the size of a database", CREDENTIALMATE, [], set(DATABASE, "allocated_storage", 100)],
  ["how far a database grows", CREDENTIALMATE, [], set(DATABASE, "max_allocated_storage", 1000)],
  ["a minor version of a database", CREDENTIALMATE, [], set(DATABASE, "engine_version", "15.12")],
  ["when a database is maintained", CREDENTIALMATE, [], set(DATABASE, "maintenance_window", "sun:09:00-sun:10:00")],
  ["when a database is backed up", CREDENTIALMATE, [], set(DATABASE, "backup_window", "05:00-05:30")],
  ["backups that are kept longer", CREDENTIALMATE, [], set(DATABASE, "backup_retention_period", 35)],
  [
    "backups that are kept for a shorter time",
    CREDENTIALMATE,
    ["security"],
    set(DATABASE, "backup_retention_period", 14),
  ],
  ["a change at once", CREDENTIALMATE, [], set(DATABASE, "apply_immediately", true)],
  [
    "one more log of a database",
    CREDENTIALMATE,
    [],
    set(DATABASE, "enabled_cloudwatch_logs_exports", ["postgresql", "upgrade", "iam-db-auth-error"]),
  ],
  [
    "a parameter of a database",
    CREDENTIALMATE,
    [],
    set("module.database.aws_db_parameter_group.this", "parameter", (value) =>
      Array.isArray(value) ? [...value, { apply_method: "immediate", name: "work_mem", value: "65536" }] : value,
    ),
  ],
  [
    "one more event of a database",
    CREDENTIALMATE,
    [],
    set("module.database.aws_db_event_subscription.this", "event_categories", (value) =>
      Array.isArray(value) ? [...value, "creation"] : value,
    ),
  ],
  ["the path of a health check", CREDENTIALMATE, [], set(TARGET_GROUP, "health_check.path", "/ready")],
  ["the interval of a health check", CREDENTIALMATE, [], set(TARGET_GROUP, "health_check.interval", 15)],
  ["the codes of a health check", CREDENTIALMATE, [], set(TARGET_GROUP, "health_check.matcher", "200")],
  [
    "how often a health check has to fail",
    CREDENTIALMATE,
    [],
    set(TARGET_GROUP, "health_check.unhealthy_threshold", 5),
  ],
  ["time that a connection may take to end", CREDENTIALMATE, [], set(TARGET_GROUP, "deregistration_delay", "30")],
  [
    "how long a connection may be idle",
    CREDENTIALMATE,
    [],
    set("module.load_balancer.aws_lb.this", "idle_timeout", 120),
  ],
  ["the order of a listener's rules", CREDENTIALMATE, [], set(RULE, "priority", 20)],
  [
    "how long resolvers remember a name",
    CREDENTIALMATE,
    [],
    set("module.email.aws_route53_record.dkim_first", "ttl", 3600),
  ],
  [
    "a name that leads elsewhere",
    CREDENTIALMATE,
    ["security"],
    set("module.email.aws_route53_record.dkim_first", "records", ["elsewhere.example"]),
  ],
  [
    "which images are kept",
    CREDENTIALMATE,
    [],
    set('module.images.aws_ecr_lifecycle_policy.this["backend-service"]', "policy", "{}"),
  ],
  [
    "time until an upload is given up",
    CREDENTIALMATE,
    [],
    set("module.access_logs.aws_s3_bucket_lifecycle_configuration.this", "rule.0.abort_incomplete_multipart_upload", [
      { days_after_initiation: 3 },
    ]),
  ],
  [
    "access logs that are kept longer",
    CREDENTIALMATE,
    [],
    set("module.access_logs.aws_s3_bucket_lifecycle_configuration.this", "rule.0.expiration", [{ days: 365 }]),
  ],
  [
    "access logs that are kept for a shorter time",
    CREDENTIALMATE,
    ["security"],
    set("module.access_logs.aws_s3_bucket_lifecycle_configuration.this", "rule.0.expiration", [{ days: 60 }]),
  ],
  [
    "logs that are kept longer",
    CREDENTIALMATE,
    [],
    set("module.backend_service_task.aws_cloudwatch_log_group.this", "retention_in_days", 365),
  ],
  [
    "logs that are kept for a shorter time",
    CREDENTIALMATE,
    ["security"],
    set("module.backend_service_task.aws_cloudwatch_log_group.this", "retention_in_days", 60),
  ],
  [
    "the pattern of an event",
    CREDENTIALMATE,
    [],
    set("module.cluster.aws_cloudwatch_event_rule.task_crashed", "event_pattern", "{}"),
  ],
  [
    "the weight of a capacity provider",
    CREDENTIALMATE,
    [],
    set("module.cluster.aws_ecs_cluster_capacity_providers.this", "default_capacity_provider_strategy.0.weight", 2),
  ],
  [
    "when the suppression list grows",
    CREDENTIALMATE,
    [],
    set("module.email.aws_sesv2_configuration_set.this", "suppression_options.suppressed_reasons", ["BOUNCE"]),
  ],
  ["a tag of a database", CREDENTIALMATE, [], set(DATABASE, "tags", { Name: "credentialmate", Team: "data" })],
  [
    "a tag of a role",
    CREDENTIALMATE,
    [],
    set("module.backend_service_task.aws_iam_role.task", "tags", { Team: "backend" }),
  ],
  ["a tag of a key", CREDENTIALMATE, [], set("module.data_key.aws_kms_key.this", "tags", { Team: "platform" })],
  [
    "the text of a secret's description",
    CREDENTIALMATE,
    [],
    set('module.secrets.aws_secretsmanager_secret.this["application"]', "description", "Signs sessions."),
  ],
  ["a replaced target group", CREDENTIALMATE, ["removal"], renew(TARGET_GROUP, "port", 9000)],
  [
    "one more person who hears of alarms",
    CREDENTIALMATE,
    ["security"],
    add('module.alerts.aws_sns_topic_subscription.email["b@credentialmate.example"]', {
      protocol: "email",
      endpoint: "b@credentialmate.example",
      topic_arn: CM_ALERTS,
    }),
  ],
];
