/** Ordinary changes of orders in production, and of an account. */
import { ACCOUNT, add, arn, type Edit, inText, ORDERS, type OrdinaryRow, remove, renew, set } from "./edits";

const ORDERS_ALERTS = arn("666666666666", "module.alerts.aws_sns_topic.this");
const ORDERS_KEY = arn("666666666666", "module.data_key.aws_kms_key.this");
const DATABASE = "module.database.aws_db_instance.this";
const QUEUE = "module.queue.aws_sqs_queue.this";
const GROUP = "module.api.aws_codedeploy_deployment_group.this";
const QUEUES = "arn:aws:sqs:us-east-1:666666666666";
const QUEUE_URLS = "https://sqs.us-east-1.amazonaws.com/666666666666";
const TLS_ONLY = (queue: string): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: `${QUEUES}:${queue}`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
const NEW_QUEUE: readonly Edit[] = [
  add("module.mail.aws_sqs_queue.this", {
    id: "mail",
    url: "mail",
    name: "mail",
    kms_master_key_id: ORDERS_KEY,
    arn: `${QUEUES}:mail`,
  }),
  add("module.mail.aws_sqs_queue.dead_letters", {
    id: "dead",
    url: "dead",
    name: "dead",
    kms_master_key_id: ORDERS_KEY,
    arn: `${QUEUES}:dead`,
  }),
  add("module.mail.aws_sqs_queue_policy.this", { queue_url: "mail", policy: TLS_ONLY("mail") }),
  add("module.mail.aws_sqs_queue_policy.dead_letters", { queue_url: "dead", policy: TLS_ONLY("dead") }),
  add("module.mail.aws_sqs_queue_redrive_policy.this", {
    queue_url: "mail",
    redrive_policy: JSON.stringify({
      deadLetterTargetArn: `${QUEUES}:dead`,
      maxReceiveCount: 5,
    }),
  }),
  add("module.mail.aws_sqs_queue_redrive_allow_policy.dead_letters", {
    queue_url: "dead",
    redrive_allow_policy: '{"redrivePermission":"byQueue","sourceQueueArns":["mail"]}',
  }),
];

export const ORDERS_CHANGES: readonly OrdinaryRow[] = [
  [
    "the threshold of another root's alarm",
    ORDERS,
    [],
    set('module.alarms.aws_cloudwatch_metric_alarm.rate["api-tasks"]', "threshold", 3),
  ],
  [
    "a new dashboard",
    ORDERS,
    [],
    add("module.dashboard.aws_cloudwatch_dashboard.this", { dashboard_name: "orders", dashboard_body: "{}" }),
  ],
  [
    "bounds of another root's service",
    ORDERS,
    [],
    set("module.api.aws_appautoscaling_target.this", "max_capacity", 30),
  ],
  ["the end of a scaling policy", ORDERS, [], remove("module.worker.aws_appautoscaling_policy.cpu[0]")],
  ["more processors", ORDERS, [], renew("module.api_task.aws_ecs_task_definition.this", "cpu", "1024")],
  [
    "an image of another root",
    ORDERS,
    [],
    renew("module.worker_task.aws_ecs_task_definition.this", "container_definitions", inText(":initial", ":2.0.0")),
  ],
  ["a second zone of a database", ORDERS, [], set(DATABASE, "multi_az", false)],
  ["the type of a database's disk", ORDERS, [], set(DATABASE, "storage_type", "io2")],
  [
    "time that a target has to warm up",
    ORDERS,
    [],
    set("module.load_balancer.aws_lb_target_group.blue", "slow_start", 60),
  ],
  [
    "the health check of a name",
    ORDERS,
    [],
    set("module.public_name.aws_route53_health_check.this[0]", "resource_path", "/ready"),
  ],
  [
    "how often the health check of a name has to fail",
    ORDERS,
    [],
    set("module.public_name.aws_route53_health_check.this[0]", "failure_threshold", 5),
  ],
  ["time that a message is invisible", ORDERS, [], set(QUEUE, "visibility_timeout_seconds", 120)],
  ["time that a message may wait", ORDERS, [], set(QUEUE, "message_retention_seconds", 604800)],
  ["how large a message may be", ORDERS, [], set(QUEUE, "max_message_size", 131072)],
  [
    "attempts until a message is dead",
    ORDERS,
    [],
    set(
      "module.queue.aws_sqs_queue_redrive_policy.this",
      "redrive_policy",
      inText(/"maxReceiveCount":\d+/, '"maxReceiveCount":9'),
    ),
  ],
  ["a new queue between our own services, with its policies", ORDERS, [], ...NEW_QUEUE],
  [
    "where a canary stands",
    ORDERS,
    [],
    set(GROUP, "deployment_config_name", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"),
  ],
  [
    "how long the old tasks stay",
    ORDERS,
    [],
    set(
      GROUP,
      "blue_green_deployment_config.terminate_blue_instances_on_deployment_success.termination_wait_time_in_minutes",
      30,
    ),
  ],
  [
    "one more alarm that stops a deployment",
    ORDERS,
    [],
    set(GROUP, "alarm_configuration.alarms", (value) =>
      Array.isArray(value) ? [...value, "orders-prod-api-tasks"] : value,
    ),
  ],
  [
    "a new event rule with a topic of our own",
    ORDERS,
    [],
    add("module.cluster.aws_cloudwatch_event_rule.new", { name: "new", event_pattern: "{}" }),
    add("module.cluster.aws_cloudwatch_event_target.new", { rule: "new", arn: ORDERS_ALERTS }),
  ],
  [
    "the URL of a queue of our own in an environment",
    ORDERS,
    [],
    renew(
      "module.api_task.aws_ecs_task_definition.this",
      "container_definitions",
      inText('"environment":[', `"environment":[{"name":"MAIL","value":"${QUEUE_URLS}/mail"},`),
    ),
  ],
  [
    "a dashboard of our own alarms and queues",
    ORDERS,
    [],
    add("module.dashboard.aws_cloudwatch_dashboard.new", {
      dashboard_name: "queues",
      dashboard_body: JSON.stringify({ alarms: [ORDERS_ALERTS], queue: `${QUEUES}:mail` }),
    }),
  ],
  [
    "a subscription of a queue of our own",
    ORDERS,
    [],
    add("module.alerts.aws_sns_topic_subscription.new", {
      topic_arn: ORDERS_ALERTS,
      protocol: "sqs",
      endpoint: `${QUEUES}:mail`,
    }),
  ],
  ["a tag of a queue", ORDERS, [], set(QUEUE, "tags", { Team: "orders" })],
  [
    "a tag of a name's health check",
    ORDERS,
    [],
    set("module.public_name.aws_route53_health_check.this[0]", "tags", { Name: "primary" }),
  ],
  [
    "a tag of a table of the account",
    ACCOUNT,
    [],
    set("module.locks.aws_dynamodb_table.this", "tags", { Team: "platform" }),
  ],
  ["how a table is paid", ACCOUNT, [], set("module.locks.aws_dynamodb_table.this", "billing_mode", "PROVISIONED")],
  [
    "a scan of images that goes on",
    ACCOUNT,
    [],
    set("module.region_baseline.aws_ecr_registry_scanning_configuration.this", "scan_type", "ENHANCED"),
  ],
  ["the end of a service", ORDERS, ["removal"], remove("module.worker.aws_ecs_service.this")],
];
