/** Attempts on measurements, findings, clusters of databases, streams, functions and events. */
import { type ChangeRow, FOREIGN, OWN } from "./attempt";

const ADMIN = `arn:aws:iam::${OWN}:role/OrganizationAccountAccessRole`;
const ECR = `${OWN}.dkr.ecr.us-east-1.amazonaws.com/app:1`;
const EVIL = "public.ecr.aws/evil/app:1";
const repository = (image: string) => ({ source_configuration: [{ image_repository: [{ image_identifier: image }] }] });
const parameter = (name: string, value: string) => ({ parameter: [{ name, value }] });
const IMAGE_SCANS = JSON.stringify({ source: ["aws.ecr"], "detail-type": ["ECR Image Scan"] });
const pattern = (source: string) => JSON.stringify({ source: [source] });
const selector = (...not_equals: string[]) => ({
  advanced_event_selector: [{ field_selector: [{ field: "eventSource", not_equals }] }],
});

/** Lists whose elements are left out, and lists that mean everything as long as they are empty. */
const LEFT_OUT: readonly (readonly [what: string, type: string, before: ChangeRow[3], after: ChangeRow[4]])[] = [
  [
    "pages of a website",
    "aws_rum_app_monitor",
    { app_monitor_configuration: [{ excluded_pages: ["/a"] }] },
    { app_monitor_configuration: [{ excluded_pages: ["/a", "/login"] }] },
  ],
  [
    "all pages except one",
    "aws_rum_app_monitor",
    { app_monitor_configuration: [{ included_pages: [] }] },
    { app_monitor_configuration: [{ included_pages: ["/a"] }] },
  ],
  [
    "types of resources",
    "aws_config_configuration_recorder",
    { recording_group: [{ exclusion_by_resource_types: [{ resource_types: ["AWS::EC2::Volume"] }] }] },
    {
      recording_group: [{ exclusion_by_resource_types: [{ resource_types: ["AWS::EC2::Volume", "AWS::IAM::Role"] }] }],
    },
  ],
  [
    "findings of a region",
    "aws_securityhub_finding_aggregator",
    { linking_mode: "ALL_REGIONS_EXCEPT_SPECIFIED", specified_regions: ["eu-west-1"] },
    { linking_mode: "ALL_REGIONS_EXCEPT_SPECIFIED", specified_regions: ["eu-west-1", "us-east-1"] },
  ],
  [
    "events of KMS",
    "aws_cloudtrail",
    { event_selector: [{ exclude_management_event_sources: ["rdsdata.amazonaws.com"] }] },
    { event_selector: [{ exclude_management_event_sources: ["rdsdata.amazonaws.com", "kms.amazonaws.com"] }] },
  ],
  ["events of a source", "aws_cloudtrail", selector("a"), selector("a", "kms.amazonaws.com")],
  [
    "other events of databases",
    "aws_db_event_subscription",
    { event_categories: [] },
    { event_categories: ["creation"] },
  ],
  ["other databases", "aws_db_event_subscription", { source_ids: [] }, { source_ids: ["db"] }],
];

/** New resources that switch off what they describe. */
const OFF: readonly (readonly [what: string, type: string, after: ChangeRow[4]])[] = [
  ["a control", "aws_securityhub_standards_control_association", { association_status: "DISABLED" }],
  ["the controls that AWS adds", "aws_securityhub_account", { auto_enable_controls: false }],
  ["new accounts of Security Hub", "aws_securityhub_organization_configuration", { auto_enable: false }],
  ["a detector", "aws_guardduty_detector", { enable: false }],
  ["a feature of a detector", "aws_guardduty_detector_feature", { status: "DISABLED" }],
  ["a trail", "aws_cloudtrail", { enable_logging: false }],
  ["a recorder", "aws_config_configuration_recorder_status", { is_enabled: false }],
  ["an alarm", "aws_cloudwatch_metric_alarm", { actions_enabled: false }],
  ["reports about databases", "aws_db_event_subscription", { enabled: false }],
  ["a canary", "aws_synthetics_canary", { start_canary: false }],
];

/** New resources that write into a bucket or to a host that is not in the root, or take code from there. */
const ELSEWHERE: readonly (readonly [what: string, type: string, after: ChangeRow[4]])[] = [
  ["take the script of a canary", "aws_synthetics_canary", { s3_bucket: "evil", s3_key: "x.zip" }],
  ["store screenshots of a canary", "aws_synthetics_canary", { artifact_s3_location: "s3://evil/" }],
  ["store the history of resources", "aws_config_delivery_channel", { s3_bucket_name: "evil" }],
  ["store a trail", "aws_cloudtrail", { s3_bucket_name: "evil" }],
  ["store flow logs", "aws_flow_log", { log_destination: "arn:aws:s3:::evil" }],
  ["log requests of a load balancer", "aws_lb", { internal: true, access_logs: [{ bucket: "evil", enabled: true }] }],
  ["log requests to a bucket", "aws_s3_bucket_logging", { target_bucket: "evil" }],
  [
    "log requests to a firewall",
    "aws_wafv2_web_acl_logging_configuration",
    { log_destination_configs: ["arn:aws:s3:::aws-waf-logs-evil"] },
  ],
  [
    "log commands in containers",
    "aws_ecs_cluster",
    { configuration: [{ execute_command_configuration: [{ log_configuration: [{ s3_bucket_name: "evil" }] }] }] },
  ],
  [
    "deliver records to Redshift",
    "aws_kinesis_firehose_delivery_stream",
    { redshift_configuration: [{ cluster_jdbcurl: "jdbc:redshift://evil.example:5439/db" }] },
  ],
  [
    "deliver records to Snowflake",
    "aws_kinesis_firehose_delivery_stream",
    { snowflake_configuration: [{ account_url: "https://evil.snowflakecomputing.com" }] },
  ],
];

/** Code and roles that no review of the root shows. */
const OF_OTHERS: readonly (readonly [what: string, type: string, before: ChangeRow[3], after: ChangeRow[4]])[] = [
  ["a public image in App Runner", "aws_apprunner_service", repository(ECR), repository(EVIL)],
  ["a public image in a new service of App Runner", "aws_apprunner_service", null, repository(EVIL)],
  [
    "an image of Docker Hub",
    "aws_ecs_task_definition",
    { container_definitions: JSON.stringify([{ name: "a", image: ECR }]) },
    { container_definitions: JSON.stringify([{ name: "a", image: "evil/app:1" }]) },
  ],
  ["a function from a public image", "aws_lambda_function", { image_uri: ECR }, { image_uri: EVIL }],
  [
    "a script from another bucket",
    "aws_glue_job",
    { command: [{ script_location: "s3://own/a.py" }] },
    { command: [{ script_location: "s3://evil/a.py" }] },
  ],
  [
    "a step with another role",
    "aws_sfn_state_machine",
    { definition: "{}" },
    { definition: JSON.stringify({ States: { A: { Credentials: { RoleArn: ADMIN } } } }) },
  ],
  [
    "a task with another role",
    "aws_scheduler_schedule",
    { target: [{ input: "{}" }] },
    { target: [{ input: JSON.stringify({ Overrides: { TaskRoleArn: ADMIN } }) }] },
  ],
  [
    "a task of an event with another role",
    "aws_cloudwatch_event_target",
    null,
    { input: `{"taskRoleArn":"${ADMIN}"}` },
  ],
  ["a document with another role", "aws_ssm_document", { content: "{}" }, { content: `{"assumeRole":"${ADMIN}"}` }],
  [
    "statements at each connection",
    "aws_rds_cluster_parameter_group",
    parameter("init_connect", ""),
    parameter("init_connect", "SET sql_log_bin=0"),
  ],
  [
    "any extension of a database",
    "aws_rds_cluster_parameter_group",
    parameter("rds.allowed_extensions", "pgcrypto"),
    parameter("rds.allowed_extensions", "*"),
  ],
  [
    "more permissions of an addon",
    "aws_eks_addon",
    { configuration_values: "{}" },
    { configuration_values: '{"rbac":{"rules":["*"]}}' },
  ],
];

export const MEASURED: readonly ChangeRow[] = [
  ...LEFT_OUT.map(([what, ...row]): ChangeRow => ["types", `leave out ${what}`, ...row]),
  ...OFF.map(([what, type, after]): ChangeRow => ["types", `switch off ${what} by a new resource`, type, null, after]),
  ...ELSEWHERE.map(([what, type, after]): ChangeRow => ["types", `${what} elsewhere`, type, null, after]),
  ...OF_OTHERS.map(([what, ...row]): ChangeRow => ["types", `run ${what}`, ...row]),
  [
    "types",
    "accept SQL over HTTPS",
    "aws_rds_cluster",
    { enable_http_endpoint: false },
    { enable_http_endpoint: true },
  ],
  ["types", "accept SQL over HTTPS in a new cluster", "aws_rds_cluster", null, { enable_http_endpoint: true }],
  [
    "RDS.14",
    "stop backtracking of a cluster",
    "aws_rds_cluster",
    { backtrack_window: 259200 },
    { backtrack_window: 0 },
  ],
  [
    "types",
    "copy changes of a database",
    "aws_rds_cluster_parameter_group",
    parameter("rds.logical_replication", "0"),
    parameter("rds.logical_replication", "1"),
  ],
  [
    "types",
    "write data of executions into the log",
    "aws_sfn_state_machine",
    { logging_configuration: [{ include_execution_data: false }] },
    { logging_configuration: [{ include_execution_data: true }] },
  ],
  ["types", "measure other sites", "aws_rum_app_monitor", { domain_list: ["a"] }, { domain_list: ["a", "evil"] }],
  [
    "types",
    "steer a function of CloudFront by a value",
    "aws_cloudfrontkeyvaluestore_key",
    { key: "host", value: "a.example" },
    { key: "host", value: "evil.example" },
  ],
  [
    "types",
    "let users choose their tags",
    "aws_cognito_identity_pool_provider_principal_tag",
    { use_defaults: false },
    { use_defaults: true },
  ],
  [
    "types",
    "run a document on every instance",
    "aws_ssm_association",
    { targets: [{ key: "tag:app", values: ["a"] }] },
    { targets: [{ key: "InstanceIds", values: ["*"] }] },
  ],
  [
    "types",
    "watch a metric that nobody records",
    "aws_cloudwatch_metric_alarm",
    { metric_name: "Errors", namespace: "AWS/Lambda" },
    { metric_name: "None", namespace: "None" },
  ],
  [
    "types",
    "report findings of nothing",
    "aws_cloudwatch_event_rule",
    { event_pattern: pattern("aws.guardduty") },
    { event_pattern: pattern("aws.never") },
  ],
  ["types", "report no findings", "aws_cloudwatch_event_rule", { event_pattern: pattern("aws.securityhub") }, null],
  ["types", "report no vulnerable image", "aws_cloudwatch_event_rule", { event_pattern: IMAGE_SCANS }, null],
  ["types", "report alarms to one person less", "aws_sns_topic_subscription", { endpoint: "a@shop.example" }, null],
  ["types", "report costs to nobody", "aws_budgets_budget", { name: "b" }, null],
  [
    "types",
    "deliver records through a function of another account",
    "aws_kinesis_firehose_delivery_stream",
    null,
    {
      extended_s3_configuration: [
        { parameters: [{ parameter_value: `arn:aws:lambda:us-east-1:${FOREIGN}:function:f` }] },
      ],
    },
  ],
];
