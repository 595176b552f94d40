/** Attempts on arguments that weaken a protection by a larger, enabled or empty value. */
import type { HclValue } from "../../lib/judgement/hcl";
import type { ChangeRow } from "./attempt";

function parameter(name: string, value: string): { readonly [argument: string]: HclValue } {
  return { parameter: [{ name, value }] };
}

export const OVERLOOKED: readonly ChangeRow[] = [
  [
    "types",
    "put a disk into another machine",
    "aws_volume_attachment",
    null,
    { volume_id: "vol-1", instance_id: "i-1" },
  ],
  [
    "WAF.10",
    "let requests pass that no rule is about",
    "aws_wafv2_web_acl",
    { default_action: [{ block: [{}] }] },
    { default_action: [{ allow: [{}] }] },
  ],
  [
    "types",
    "keep findings about a list of addresses silent",
    "aws_guardduty_ipset",
    { activate: false },
    { activate: true },
  ],
  [
    "types",
    "report unused access later",
    "aws_accessanalyzer_analyzer",
    { configuration: [{ unused_access: [{ unused_access_age: 30 }] }] },
    { configuration: [{ unused_access: [{ unused_access_age: 365 }] }] },
  ],
  [
    "types",
    "record connections less often",
    "aws_flow_log",
    { max_aggregation_interval: 60 },
    { max_aggregation_interval: 600 },
  ],
  [
    "types",
    "leave a vault unlocked for longer",
    "aws_backup_vault_lock_configuration",
    { changeable_for_days: 3 },
    { changeable_for_days: 300 },
  ],
  [
    "types",
    "let a destroyed log group go",
    "aws_cloudwatch_log_group",
    { skip_destroy: true },
    { skip_destroy: false },
  ],
  [
    "ec2_instance_termination_protection",
    "let a machine be ended",
    "aws_instance",
    { disable_api_termination: true },
    { disable_api_termination: false },
  ],
  [
    "types",
    "let a machine pass on traffic of others",
    "aws_instance",
    { source_dest_check: true },
    { source_dest_check: false },
  ],
  [
    "types",
    "back up once in a lifetime",
    "aws_backup_plan",
    { rule: [{ schedule: "cron(0 5 * * ? *)" }] },
    { rule: [{ schedule: "cron(0 5 1 1 ? 2099)" }] },
  ],
  [
    "types",
    "back up what has another tag",
    "aws_backup_selection",
    { selection_tag: [{ key: "backup", value: "yes" }] },
    { selection_tag: [{ key: "backup", value: "never" }] },
  ],
  [
    "types",
    "leave things out of a backup by a condition",
    "aws_backup_selection",
    { condition: [] },
    { condition: [{ string_not_equals: [{ key: "aws:ResourceTag/a", value: "b" }] }] },
  ],
  [
    "types",
    "restore a table to yesterday at most",
    "aws_dynamodb_table",
    { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }] },
    { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 1 }] },
  ],
  [
    "types",
    "delete a table's replica",
    "aws_dynamodb_table",
    { replica: [{ region_name: "eu-west-1" }] },
    { replica: [] },
  ],
  ["types", "let a directory's users into a database", "aws_db_instance", { domain: null }, { domain: "d-1" }],
  [
    "types",
    "let everybody into a cache",
    "aws_elasticache_replication_group",
    { user_group_ids: ["a"] },
    { user_group_ids: [] },
  ],
  [
    "types",
    "send requests to targets in the clear",
    "aws_lb_target_group",
    { protocol: "HTTPS" },
    { protocol: "HTTP" },
  ],
  [
    "types",
    "accept connections without TLS",
    "aws_db_parameter_group",
    parameter("require_secure_transport", "ON"),
    parameter("require_secure_transport", "OFF"),
  ],
  [
    "types",
    "load files of clients",
    "aws_db_parameter_group",
    parameter("local_infile", "0"),
    parameter("local_infile", "1"),
  ],
  [
    "types",
    "show rows to everybody",
    "aws_db_parameter_group",
    parameter("row_security", "1"),
    parameter("row_security", "0"),
  ],
  [
    "types",
    "decide by a function who signs up",
    "aws_cognito_user_pool",
    { lambda_config: [] },
    { lambda_config: [{ pre_sign_up: "f" }] },
  ],
  [
    "types",
    "take addresses over without a proof",
    "aws_cognito_user_pool",
    { user_attribute_update_settings: [{ attributes_require_verification_before_update: ["email"] }] },
    { user_attribute_update_settings: [] },
  ],
  [
    "types",
    "run a command on every machine",
    "aws_cloudwatch_event_target",
    { run_command_targets: [{ key: "tag:app", values: ["a"] }] },
    { run_command_targets: [{ key: "tag:app", values: ["*"] }] },
  ],
  ...["AWS_LAMBDA_EXEC_WRAPPER", "LD_PRELOAD", "NODE_OPTIONS"].map(
    (name): ChangeRow => [
      "types",
      `load other code into a function by ${name}`,
      "aws_lambda_function",
      { environment: [{ variables: { STAGE: "prod" } }] },
      { environment: [{ variables: { STAGE: "prod", [name]: "/opt/other" } }] },
    ],
  ),
];
