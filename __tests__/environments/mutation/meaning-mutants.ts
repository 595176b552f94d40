/**
 * Mutants that look correct: a condition, denial or boundary that restricts nothing, a key of another account, a second
 * disk.
 */
import { type Mutant, ofModule } from "./mutant";

const FOREIGN = "arn:aws:kms:us-east-1:123456789012:key/0b9f6f3e-0000-4000-8000-000000000000";
const REDIRECT = [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }];

const UNENCRYPTED_VOLUME = {
  name: "scratch",
  managed_ebs_volume: { role_arn: "arn:aws:iam::111111111111:role/volumes", size_in_gb: 1, encrypted: false },
};

export const MEANING_MUTANTS: readonly Mutant[] = [
  ...ofModule("s3", {
    "s3-tls-only": [
      ["locals", "policy", "Statement", 2, "Resource"],
      ["arn:aws:s3:::other", "arn:aws:s3:::other/*"],
    ],
    "s3-encrypted": [
      "resource.aws_s3_bucket_server_side_encryption_configuration.this.rule.apply_server_side_encryption_by_default.kms_master_key_id",
      FOREIGN,
    ],
  }),
  ...ofModule("sqs", {
    "sqs-encrypted": ["resource.aws_sqs_queue.this.kms_master_key_id", "alias/aws/sqs"],
    "sqs-tls-only": ["locals.dead_letter_policy.Statement.0.Resource", "${aws_sqs_queue.this.arn}"],
    "sqs-not-public": [
      "locals.policy.Statement.0.Condition",
      { StringEquals: { "aws:PrincipalAccount": "$${aws:PrincipalAccount}" } },
    ],
  }),
  ...ofModule("sns-topic", {
    "sns-encrypted": ["resource.aws_sns_topic.this.kms_master_key_id", "alias/aws/sns"],
    "sns-tls-only": ["locals.tls_statement.Resource", "arn:aws:sns:us-east-1:999999999999:other"],
  }),
  ...ofModule("rds", { "rds-encrypted": ["resource.aws_db_instance.this.kms_key_id", FOREIGN] }),
  ...ofModule("vpc", {
    "trust-service-of-own-account": [
      "locals.flow_logs_trust.Statement.0.Condition",
      { StringLike: { "aws:SourceAccount": "????????????" } },
    ],
    "iam-resources-named": [
      "locals.flow_logs_policy.Statement.0",
      {
        Effect: "Allow",
        Action: "Logs:putLogEvents",
        Resource: "arn:*:*:*:*:*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
    ],
    "iam-actions-named": ["locals.flow_logs_policy.Statement.1.Action", "Logs:?*"],
    "policy-elements-filled": ["locals.flow_logs_policy.Statement.0.Action", []],
    "policy-size": [
      "locals.flow_logs_policy.Statement.0.Resource",
      Array.from({ length: 200 }, (_, i) => `arn:aws:logs:us-east-1:111111111111:log-group:${i}:*`),
    ],
  }),
  ...ofModule("vpc-gateway-endpoints", {
    "vpc-endpoint-policy": [
      "locals.own_buckets_statements.0",
      {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::*",
        Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } },
      },
    ],
  }),
  ...ofModule("kms", {
    "kms-not-public": [
      "locals.account_statement",
      {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "kms:*",
        Resource: "*",
        Condition: { ArnLike: { "AWS:PrincipalArn": "arn:aws:iam::*:*" } },
      },
    ],
  }),
  ...ofModule("iam", {
    "iam-people-bounded": [
      "resource.aws_iam_role.developer.permissions_boundary",
      "arn:aws:iam::aws:policy/AdministratorAccess",
    ],
  }),
  ...["ecs-service", "ecs-service-codedeploy"].flatMap((module) =>
    ofModule(module, {
      "ebs-encrypted": ["resource.aws_ecs_service.this.volume_configuration", UNENCRYPTED_VOLUME],
    }),
  ),
  ...ofModule("alb", {
    "lb-listener-encrypted": [
      "resource.aws_lb_listener.https",
      { load_balancer_arn: "${aws_lb.this.arn}", port: 80, protocol: "HTTP", default_action: REDIRECT },
    ],
  }),
];
