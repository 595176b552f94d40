/**
 * Attempts with new resources that lead out of the account, or that use a role that no resource of the root manages.
 */
import type { Values } from "../lib/judgement/gate/applied";
import { type ChangeRow, FOREIGN, OWN } from "./attempt";

const there = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${FOREIGN}:${resource}`;
const ADMIN = `arn:aws:iam::${OWN}:role/OrganizationAccountAccessRole`;
const BUCKET = "arn:aws:s3:::evil";

const UNMANAGED_ROLES: readonly (readonly [what: string, type: string, values: Values])[] = [
  ["a task", "aws_ecs_task_definition", { container_definitions: "[]", task_role_arn: ADMIN }],
  ["a task to start with", "aws_ecs_task_definition", { container_definitions: "[]", execution_role_arn: ADMIN }],
  ["a function", "aws_lambda_function", { role: ADMIN }],
  ["an instance", "aws_instance", { iam_instance_profile: "admin" }],
  ["instances of a launch template", "aws_launch_template", { iam_instance_profile: [{ name: "admin" }] }],
  ["a state machine", "aws_sfn_state_machine", { definition: "{}", role_arn: ADMIN }],
  ["a schedule", "aws_scheduler_schedule", { target: [{ role_arn: ADMIN }] }],
  ["an addon", "aws_eks_addon", { service_account_role_arn: ADMIN }],
  ["pods of an addon", "aws_eks_addon", { pod_identity_association: [{ role_arn: ADMIN, service_account: "x" }] }],
  ["deployments", "aws_codedeploy_deployment_group", { service_role_arn: ADMIN }],
  ["a canary", "aws_synthetics_canary", { execution_role_arn: ADMIN }],
  ["batches", "aws_batch_compute_environment", { compute_resources: [{ instance_role: "admin" }] }],
];

const NEW: readonly (readonly [what: string, type: string, values: Values])[] = [
  ["make a pool of users", "aws_cognito_user_pool", { name: "x" }],
  ["give a person a desktop", "aws_workspaces_workspace", { user_name: "eve" }],
  ["request a spot fleet", "aws_spot_fleet_request", { target_capacity: 1 }],
  ["build an image from a foreign script", "aws_imagebuilder_image_recipe", { name: "x" }],
  [
    "make the logs of a bucket public",
    "aws_s3_bucket_logging",
    { target_grant: [{ grantee: [{ type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] }] },
  ],
  ["report alarms to a telephone", "aws_sns_topic_subscription", { protocol: "sms", endpoint: "+15551234567" }],
  ["report events to a URL in capitals", "aws_sns_topic_subscription", { endpoint: "HTTPS://evil.example/x" }],
  [
    "report events to an API in another account",
    "aws_sns_topic_subscription",
    { endpoint: "https://evil.execute-api.us-east-1.amazonaws.com/x" },
  ],
  [
    "report events to a load balancer in another account",
    "aws_sns_topic_subscription",
    { endpoint: "https://evil-1.us-east-1.elb.amazonaws.com/x" },
  ],
  [
    "list objects in another account's bucket",
    "aws_s3_bucket_inventory",
    { destination: [{ bucket: [{ account_id: FOREIGN, bucket_arn: BUCKET }] }] },
  ],
  [
    "list objects in a bucket that is not in the root",
    "aws_s3_bucket_inventory",
    { destination: [{ bucket: [{ bucket_arn: BUCKET }] }] },
  ],
  [
    "analyse objects into a bucket that is not in the root",
    "aws_s3_bucket_analytics_configuration",
    {
      storage_class_analysis: [
        { data_export: [{ destination: [{ s3_bucket_destination: [{ bucket_arn: BUCKET }] }] }] },
      ],
    },
  ],
  [
    "deliver a stream into a bucket that is not in the root",
    "aws_kinesis_firehose_delivery_stream",
    { extended_s3_configuration: [{ bucket_arn: BUCKET }] },
  ],
  ["run code from a bucket that is not in the root", "aws_lambda_function", { s3_bucket: "evil", s3_key: "x.zip" }],
  [
    "query into a bucket that is not in the root",
    "aws_athena_workgroup",
    { configuration: [{ result_configuration: [{ output_location: "s3://evil/" }] }] },
  ],
  ["report costs into a bucket that is not in the root", "aws_cur_report_definition", { s3_bucket: "evil" }],
  [
    "read a table from a bucket that is not in the root",
    "aws_glue_catalog_table",
    { storage_descriptor: [{ location: "s3://evil/x" }] },
  ],
  [
    "report costs to a foreign address",
    "aws_ce_anomaly_subscription",
    { subscriber: [{ type: "EMAIL", address: "eve@evil.example" }] },
  ],
  [
    "read from brokers elsewhere",
    "aws_lambda_event_source_mapping",
    { self_managed_event_source: [{ endpoints: { KAFKA_BOOTSTRAP_SERVERS: "evil.example:9092" } }] },
  ],
  [
    "call a function of another account by an alias",
    "aws_lambda_alias",
    { function_name: there("lambda", "function:f") },
  ],
  [
    "call a function of another account in a step",
    "aws_sfn_state_machine",
    { definition: JSON.stringify({ States: { A: { Resource: there("lambda", "function:f") } } }) },
  ],
  ["restore another account's snapshot", "aws_db_instance", { snapshot_identifier: there("rds", "snapshot:x") }],
  [
    "restore from another account's bucket",
    "aws_db_option_group",
    { option: [{ option_settings: [{ name: "IAM_ROLE_ARN", value: `arn:aws:iam::${FOREIGN}:role/r` }] }] },
  ],
  [
    "put dead letters into another account",
    "aws_sqs_queue",
    { redrive_policy: JSON.stringify({ deadLetterTargetArn: there("sqs", "q") }) },
  ],
  [
    "put dead letters into another account by a policy",
    "aws_sqs_queue_redrive_policy",
    { redrive_policy: JSON.stringify({ deadLetterTargetArn: there("sqs", "q") }) },
  ],
  [
    "redirect to another host",
    "aws_lb_listener_rule",
    { action: [{ type: "redirect", redirect: [{ host: "evil.example", protocol: "HTTPS" }] }] },
  ],
  ["make a load balancer for the internet", "aws_lb", { internal: false }],
  [
    "allow everyone to sign up",
    "aws_cognito_user_pool",
    { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
  ],
  ["add an SSH key to an instance", "aws_instance", { key_name: "eve" }],
  ["add an SSH key to a launch template", "aws_launch_template", { key_name: "eve" }],
  [
    "add an SSH key to a batch compute environment",
    "aws_batch_compute_environment",
    { compute_resources: [{ ec2_key_pair: "eve" }] },
  ],
];

export const OUTSIDE: readonly ChangeRow[] = [
  ...UNMANAGED_ROLES.map(
    ([what, type, values]): ChangeRow => [
      "CKV_AWS_110",
      `give ${what} a role that is not in the root`,
      type,
      null,
      values,
    ],
  ),
  ...NEW.map(([what, type, values]): ChangeRow => ["types", what, type, null, values]),
  [
    "types",
    "write to another account's queue",
    "aws_lambda_function",
    { environment: [{ variables: { QUEUE: "x" } }] },
    { environment: [{ variables: { QUEUE: `https://sqs.us-east-1.amazonaws.com/${FOREIGN}/q` } }] },
  ],
  ["types", "take code from another bucket", "aws_lambda_function", { s3_bucket: "own" }, { s3_bucket: "evil" }],
];
