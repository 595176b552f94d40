/** Section 7 of Formula's document: monitoring. */
import { differs, holds, names, type Row, type Value } from "./row";

const alarm = (root: string, key: string, argument: string, value: string | number): Value => [
  root,
  `alarms.aws_cloudwatch_metric_alarm.${key}`,
  argument,
  value,
];
const health = (argument: string, value: string | number): Value => [
  "prod",
  'blue_load_balancer.aws_lb_target_group.this["service"]',
  `health_check.${argument}`,
  value,
];
const RATE = "a rate is of at least 200 requests (50 in staging), so that one error at night pages nobody";
const stage = (root: string, value: boolean): Value => [
  root,
  "api.aws_api_gateway_stage.this",
  "xray_tracing_enabled",
  value,
];

export const MONITORING: readonly Row[] = [
  names("7.1.1.1", "traces"),
  holds(
    "7.1.1.2-3",
    "X-Ray at API Gateway and functions",
    stage("staging", true),
    stage("prod", true),
    ["staging", "executions.aws_lambda_function.this", "tracing_config.mode", "Active"],
    ["prod", "executions.aws_lambda_function.this", "tracing_config.mode", "Active"],
  ),
  differs(
    "7.1.1.3",
    "X-Ray SDK in the service",
    "the SDK is in maintenance since February 2026: a collector of OpenTelemetry sends the traces",
    ["prod", "blue_task", "environment.OTEL_PROPAGATORS", "xray"],
    ["prod", "blue_task", "environment.OTEL_SDK_DISABLED", "false"],
    ["dev", "blue_task", "environment.OTEL_SDK_DISABLED", "true"],
  ),
  holds(
    "7.1.1.4",
    "traces in staging and prod alone",
    stage("staging", true),
    stage("prod", true),
    stage("dev", false),
  ),
  names("7.1.2.1", "metrics"),
  holds(
    "7.1.2.2-3",
    "metrics of ECS, Lambda, RDS, API Gateway",
    "prod/cluster",
    "prod/operational_health",
    alarm("prod", 'this["database-cpu"]', "namespace", "AWS/RDS"),
  ),
  holds("7.1.2.4", "in staging and prod", "staging/operational_health", "prod/operational_health"),
  names("7.1.3.1", "logs"),
  holds(
    "7.1.3.2-3",
    "structured logs in CloudWatch",
    ["prod", "executions.aws_lambda_function.this", "logging_config.log_format", "JSON"],
    "accounts/formula-security/sink",
  ),
  holds("7.1.3.4", "in all three environments", "dev/blue_task", "staging/blue_task", "prod/blue_task"),
  names("7.1.4.1", "alerts"),
  holds("7.1.4.2-3", "alarms and SNS by Terraform", "prod/alarms", "prod/alerts"),
  holds(
    "7.1.4.4",
    "alarms in staging and prod",
    "staging/alarms",
    "prod/alarms",
    "no:dev alarms.aws_cloudwatch_metric_alarm",
  ),
  names("7.2.1.1-2 7.2.1.5 7.2.2.1-2", "rates of 5xx: their environments, and a reason"),
  ...[
    rate("7.2.1.3", "staging", "ElevatedErrorRate", "Warning", 2),
    rate("7.2.1.4", "staging", "HighErrorRate", "Critical", 5),
    rate("7.2.2.3", "prod", "ElevatedErrorRate", "Warning", 0.5),
    rate("7.2.2.4", "prod", "HighErrorRate", "Critical", 1),
  ],
  differs("7.2.1.3-4 7.2.2.3-4", "rates of any number of requests", RATE, "environments/formula/monitoring.ts"),
  holds(
    "7.2.2.5",
    "availability of 99.9 %",
    alarm("prod", 'this["availability"]', "threshold", 99.9),
    alarm("prod", 'this["availability"]', "period", 86_400),
    alarm("prod", 'this["availability"]', "comparison_operator", "LessThanThreshold"),
    alarm("prod", 'this["availability"]', "treat_missing_data", "breaching"),
  ),
  holds(
    "7.3",
    "p95 and p99 of the API, duration of executions, each minute",
    alarm("prod", 'this["HighLatency"]', "extended_statistic", "p95"),
    alarm("prod", 'this["formula-duration"]', "metric_name", "FormulaExecutionDuration"),
    ["prod", "operational_health", "period_seconds", 60],
    "__tests__/environments/formula/monitoring.test.ts",
  ),
  differs(
    "7.3",
    "points of a minute for 15 months",
    "CloudWatch keeps points of a minute for 15 days, and points of an hour for 455 days",
    "docs/systems/formula.md",
  ),
  holds(
    "7.4",
    "/health within 5 s, every 30 s",
    health("path", "/health"),
    health("timeout", 5),
    health("interval", 30),
    "__tests__/environments/formula/application.test.ts",
  ),
  names("7.5.1.1 7.5.2.1", "environments with logs"),
  holds(
    "7.5.1.2",
    "dev: debug",
    ["dev", "blue_task", "environment.LOG_LEVEL", "debug"],
    ["dev", "executions.aws_lambda_function.this", "logging_config.application_log_level", "DEBUG"],
  ),
  holds("7.5.1.3", "dev: CloudWatch Logs", "dev/blue_task"),
  holds("7.5.1.4", "dev: 7 days", ...kept("dev", 7)),
  holds("7.5.1.5 7.5.2.5", "every event is logged", "environments/formula/service.ts"),
  holds(
    "7.5.2.2",
    "prod: info",
    ["prod", "blue_task", "environment.LOG_LEVEL", "info"],
    ["prod", "executions.aws_lambda_function.this", "logging_config.application_log_level", "INFO"],
  ),
  holds("7.5.2.3", "prod: CloudWatch Logs", "prod/blue_task"),
  holds("7.5.2.4", "prod: 30 days", ...kept("prod", 30)),
  differs(
    "7.6",
    "PagerDuty and Slack; the next person after 10 and 15 minutes",
    "the times are settings of PagerDuty: SNS and CloudWatch cannot wait for an acknowledgement",
    alarm(
      "prod",
      'rate["HighErrorRate"]',
      "alarm_actions",
      "alerts.aws_sns_topic.this.arn, pages.aws_sns_topic.this.arn",
    ),
    "prod/chat",
    "docs/systems/formula.md#on-call",
    "__tests__/environments/formula/monitoring.test.ts",
  ),
  holds(
    "7.7",
    "a dashboard with five metrics",
    "prod/operational_health",
    "__tests__/environments/formula/monitoring.test.ts",
  ),
  differs(
    "7.7",
    "refreshed each minute",
    "each person sets the refresh in the console; the points are of a minute",
    "environments/formula/dashboard.ts",
  ),
];

/** The alarm on a percentage of errors. A test of the plans has its metrics and their period of five minutes. */
function rate(sections: string, root: string, key: string, severity: "Warning" | "Critical", percent: number): Row {
  const of = (argument: string, value: string | number) => alarm(root, `rate["${key}"]`, argument, value);
  return holds(
    sections,
    `${root}: ${severity.toLowerCase()} above ${percent} % over 5 minutes`,
    of("threshold", percent),
    of("comparison_operator", "GreaterThanThreshold"),
    of("evaluation_periods", 1),
    of("tags.Severity", severity),
    "__tests__/environments/formula/monitoring.test.ts",
  );
}

function kept(root: string, days: number): readonly [Value, ...Value[]] {
  const of = (group: string): Value => [root, group, "retention_in_days", days];
  return [
    of("blue_task.aws_cloudwatch_log_group.this"),
    of("executions.aws_cloudwatch_log_group.this"),
    of("api.aws_cloudwatch_log_group.access"),
    of("database.aws_cloudwatch_log_group.postgresql"),
  ];
}
