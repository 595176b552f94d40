/** Mutants of the committed tree, one for each guardrail that looks at a resource in it. */
import { ACCOUNT_MUTANTS } from "./account-mutants";
import { APP_RUNNER_MUTANTS } from "./app-runner-mutants";
import { CLUSTER_MUTANTS } from "./cluster-mutants";
import { COMPLIANCE_MUTANTS } from "./compliance-mutants";
import { DATABASE_MUTANTS } from "./database-mutants";
import { FRONT_DOOR_MUTANTS } from "./front-door-mutants";
import { FRONTEND_MUTANTS } from "./frontend-mutants";
import { KUBERNETES_MUTANTS } from "./kubernetes-mutants";
import { MASKING_MUTANTS } from "./masking-mutants";
import { MEANING_MUTANTS } from "./meaning-mutants";
import { MIGRATION_MUTANTS } from "./migration-mutants";
import { ANY_POD, EKS, GITHUB, inFile, type Mutant, ofModule, PERSON, refused } from "./mutant";
import { NETWORK_MUTANTS } from "./network-mutants";
import { ORGANIZATION_MUTANTS } from "./organization-mutants";
import { RECOVERY_MUTANTS } from "./recovery-mutants";
import { USER_DATA_MUTANTS } from "./user-data-mutants";
import { WORKLOAD_MUTANTS } from "./workload-mutants";

/** A statement of a trust policy that requires MFA. */
function assumedBy(principal: object) {
  const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  return { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, Condition };
}

const BUCKET = "resource.aws_s3_bucket.this";

/** Of every bucket, for records or for logs. */
const ANY_BUCKET = {
  "s3-public-access-blocked": ["resource.aws_s3_bucket_public_access_block"],
  "s3-acl-not-public": [`${BUCKET}.acl`, "public-read"],
  "s3-owner-enforced": ["resource.aws_s3_bucket_ownership_controls.this.rule.object_ownership", "BucketOwnerPreferred"],
  "s3-encrypted": ["resource.aws_s3_bucket_server_side_encryption_configuration"],
  "s3-tls-only": [["locals", "policy", "Statement", 2, "Condition", "Bool", "aws:SecureTransport"], "true"],
  "s3-versioned": ["resource.aws_s3_bucket_versioning.this.versioning_configuration.status", "Suspended"],
  "s3-not-emptied-on-destroy": [`${BUCKET}.force_destroy`, true],
} as const;

const SECRET = {
  "secret-encrypted": ["resource.aws_secretsmanager_secret.this.kms_key_id"],
  "secret-recovery-window": ["resource.aws_secretsmanager_secret.this.recovery_window_in_days", 0],
  "secret-not-public": ["resource.aws_secretsmanager_secret_policy.this.block_public_policy", false],
  "no-secret-values-in-state": [
    "resource.aws_ssm_parameter",
    { this: { name: "/a", type: "SecureString", value: "swordfish" } },
  ],
} as const;

export const MUTANTS: readonly Mutant[] = [
  ...ofModule("s3", {
    ...ANY_BUCKET,
    "s3-policy-not-public": ["locals.policy.Statement.0.Effect", "Allow"],
    "s3-records-not-expired": ["resource.aws_s3_bucket_lifecycle_configuration.this.rule.0.expiration", [{ days: 30 }]],
    "s3-destroy-prevented": [`${BUCKET}.lifecycle`],
    "s3-access-logged": ["resource.aws_s3_bucket_logging"],
  }),
  ...ofModule("s3-access-logs", {
    ...ANY_BUCKET,
    "s3-policy-not-public": ["locals.policy.Statement.0.Principal", "*"],
  }),
  ...ofModule("ecr", {
    "ecr-tags-immutable": ["resource.aws_ecr_repository.this.image_tag_mutability", "MUTABLE"],
    "ecr-scanned": ["resource.aws_ecr_repository.this.image_scanning_configuration.scan_on_push", false],
    "ecr-encrypted": ["resource.aws_ecr_repository.this.encryption_configuration"],
    "ecr-not-emptied-on-destroy": ["resource.aws_ecr_repository.this.force_delete", true],
  }),
  ...ofModule("ecr-pull-through-cache", {
    "ecr-tags-immutable": ["resource.aws_ecr_repository.this.image_tag_mutability", "MUTABLE"],
    "ecr-scanned": ["resource.aws_ecr_repository.this.image_scanning_configuration.scan_on_push", false],
    "ecr-encrypted": ["resource.aws_ecr_repository.this.encryption_configuration"],
    "ecr-not-emptied-on-destroy": ["resource.aws_ecr_repository.this.force_delete", true],
  }),
  ...ofModule("sns-topic", {
    "sns-encrypted": ["resource.aws_sns_topic.this.kms_master_key_id"],
    "sns-tls-only": [["locals", "tls_statement", "Condition", "Bool", "aws:SecureTransport"], "true"],
    "sns-not-public": ["locals.publish_statements.1.Principal.Service", ["*"]],
  }),
  ...ofModule("kms", {
    "kms-rotated": ["resource.aws_kms_key.this.enable_key_rotation", false],
    "kms-deletion-window": ["resource.aws_kms_key.this.deletion_window_in_days", 7],
    "kms-destroy-prevented": ["resource.aws_kms_key.this.lifecycle"],
    "kms-not-public": ["locals.account_statement.Principal.AWS", "*"],
    "kms-lockout-check": ["resource.aws_kms_key.this.bypass_policy_lockout_safety_check", true],
  }),
  ...ofModule("secrets-manager", SECRET),
  ...ofModule("rds-user-rotation", {
    ...SECRET,
    "alarm-acts": ["resource.aws_cloudwatch_metric_alarm.this.alarm_actions"],
    "lambda-runtime-supported": ["resource.aws_lambda_function.this.runtime", "nodejs16.x"],
    "no-secrets-in-function-environment": [
      "resource.aws_lambda_function.this.environment.variables.PGPASSWORD",
      "swordfish",
    ],
  }),
  ...ofModule("sqs", {
    "sqs-encrypted": ["resource.aws_sqs_queue.dead_letters.kms_master_key_id"],
    "sqs-tls-only": ["resource.aws_sqs_queue_policy.dead_letters"],
    "sqs-not-public": ["locals.policy.Statement.0.Condition"],
    "sqs-dead-letters-kept": ["resource.aws_sqs_queue_redrive_policy"],
  }),
  ...ofModule("vpc", {
    "vpc-flow-logs": ["resource.aws_flow_log"],
    "default-security-group-closed": ["resource.aws_default_security_group"],
    "subnet-no-public-addresses": ["resource.aws_subnet.this.map_public_ip_on_launch", true],
    "iam-actions-named": ["locals.flow_logs_policy.Statement.1.Action", "logs:*"],
    "iam-resources-named": ["locals.flow_logs_policy.Statement.0.Resource", "*"],
    "trust-service-of-own-account": ["locals.flow_logs_trust.Statement.0.Condition"],
    "tags-not-overridden": ["resource.aws_vpc.this.tags.Env", "other"],
    "no-passwords-in-state": ["resource.aws_vpc.this.tags.Store", "redis://:swordfish@cache:6379"],
    "service-not-ended": ["resource.aws_qldb_ledger", { extra: { permissions_mode: "STANDARD" } }],
    "service-open-to-new-customers": [
      "resource.aws_cloud9_environment_ec2",
      { extra: { name: "extra", instance_type: "t3.micro", image_id: "amazonlinux-2023-x86_64" } },
    ],
  }),
  ...ofModule("vpc", {
    "no-secrets-read-into-state": [
      "data",
      { aws_secretsmanager_secret_version: { this: { secret_id: "${aws_vpc.this.id}" } } },
    ],
  }),
  ...ofModule("ecs-task-definition", {
    "trust-named-principals": ["locals.execution_trust.Statement.0.Principal", "*"],
  }),
  ...ofModule("ecs-task-definition", {
    "iam-people-bounded": [
      "resource.aws_iam_role.task",
      {
        name: "${var.name}-task",
        assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [assumedBy({ AWS: PERSON })] }),
      },
    ],
  }),
  ...ofModule("vpc", {
    "trust-federation-claims": [
      "locals.flow_logs_trust.Statement.0",
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: GITHUB },
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:sub": "repo:owner/name:environment:prod" },
        },
      },
    ],
  }),
  ...ofModule("ecs-task-definition", {
    "trust-users-with-mfa": [
      "resource.aws_iam_role.task",
      {
        name: "${var.name}-task",
        permissions_boundary: "arn:aws:iam::111111111111:policy/boundary",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: PERSON } }],
        }),
      },
    ],
  }),
  ...ofModule("vpc", {
    "trust-service-account": [
      "locals.flow_logs_trust.Statement.0",
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: EKS },
        Condition: { StringLike: ANY_POD },
      },
    ],
  }),
  ...ofModule("vpc", { "iam-pass-role-narrow": ["locals.flow_logs_policy.Statement.1.Action", "iam:PassRole"] }),
  ...ofModule("vpc", {
    "trust-github-repository": [
      "locals.flow_logs_trust.Statement.0",
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: GITHUB },
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          StringLike: { "token.actions.githubusercontent.com:sub": "repo:owner/*" },
        },
      },
    ],
  }),
  ...ofModule("vpc-gateway-endpoints", { "vpc-endpoint-policy": ["resource.aws_vpc_endpoint.s3.policy"] }),
  ...ofModule("vpc", { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] }, "versions"),
  ...ofModule("security-groups", {
    "security-group-rules-separate": [
      "resource.aws_security_group.this.egress",
      [
        {
          protocol: "-1",
          from_port: 0,
          to_port: 0,
          cidr_blocks: ["10.0.0.0/8"],
          ipv6_cidr_blocks: [],
          prefix_list_ids: [],
          security_groups: [],
          self: false,
          description: "",
        },
      ],
    ],
    "security-group-rule-described": ["resource.aws_vpc_security_group_egress_rule.this.description"],
  }),
  ...ofModule("vpc", {
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment",
      { extra: { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
  }),
  ...ofModule("iam", {
    "iam-people-bounded": ["resource.aws_iam_role.developer.permissions_boundary"],
    "iam-no-users": ["resource.aws_iam_user", { robot: { name: "robot" } }],
    "iam-no-access-keys": ["resource.aws_iam_access_key", { robot: { user: "robot" } }],
  }),
  // Version 5 of the provider, which plans the mutants, knows no region of a key.
  ...ofModule("kms", { "resource-in-provider-region": ["resource.aws_kms_key.this.region", "us-west-2"] }).map(refused),
  ...ofModule("kms", { "no-secret-defaults": ["variable.deletion_window_days.sensitive", true] }, "variables"),
  ...inFile("<root>/main.tf.json", {
    "ingress-from-anywhere": ["module.security_groups.connections.internet-to-load-balancer-443.port", 22],
    "egress-to-anywhere": ["module.security_groups.connections.backend-service-to-s3-443.to", "internet"],
    "container-no-secrets": ["module.backend_service_task.environment.DATABASE_PASSWORD", "hunter2"],
    "container-image-pinned": ["module.backend_service_task.image", '${module.images.urls["backend-service"]}:latest'],
    "root-only-calls": [
      "resource",
      { aws_cloudwatch_dashboard: { extra: { dashboard_name: "extra", dashboard_body: "{}" } } },
    ],
    "no-secret-defaults": ["variable.extra", { type: "string", sensitive: true, default: "swordfish" }],
  }),
  ...inFile("<root>/main.tf.json", {
    "egress-to-anywhere": ["module.security_groups.connections.api-to-s3-443.to", "internet"],
  }).map((mutant) => ({ ...mutant, beside: ["module", "security_groups", "peers", "internet"] })),
  ...inFile("<root>/main.tf.json", {
    "container-no-secrets": ["module.api_task.environment.DATABASE_PASSWORD", "hunter2"],
    "container-image-pinned": ["module.api_task.image", '${module.images.urls["api"]}:latest'],
  }),
  ...inFile("<root>/main.tf.json", { "rest-api-alarmed": ["module.alarms.rate_alarms", {}] }).map((mutant) => ({
    ...mutant,
    beside: ["module", "api", "source", "../../../modules/rest-api"],
  })),
  ...inFile("<root>/main.tf.json", {
    "container-no-secrets": ["module.task.environment.DATABASE_PASSWORD", "hunter2"],
    "container-image-pinned": ["module.task.image", "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:latest"],
  }),
  ...inFile("<root>/main.tf.json", {
    "container-no-secrets": ["module.blue_task.environment.DATABASE_PASSWORD", "hunter2"],
    "container-image-pinned": ["module.blue_task.image", '${module.images.urls["api"]}:latest'],
    "lb-web-acl": ["module.blue_load_balancer.without_web_acl"],
  }),
  ...inFile("<root>/main.tf.json", {
    "lb-web-acl": [
      "module.blue_web_acl.resource_arn",
      "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/other/0123456789abcdef",
    ],
  }),
  ...inFile("<root>/versions.tf.json", {
    "provider-version-exact": ["terraform.required_providers.aws.version", "~> 5.100"],
    "state-encrypted": ["terraform.backend.s3.encrypt", false],
    "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"],
  }),
  ...inFile("<root>/versions.tf.json", {
    "state-locked": [
      "terraform.backend.s3",
      { bucket: "state", key: "a", region: "us-east-1", encrypt: true, kms_key_id: "alias/state" },
    ],
  }),
  ...inFile("<root>/providers.tf.json", {
    "provider-account-pinned": ["provider.aws.0.allowed_account_ids"],
    "provider-no-credentials": ["provider.aws.0.token", "example"],
    "default-tags": ["provider.aws.0.default_tags.0.tags.Owner"],
  }),
  ...DATABASE_MUTANTS,
  ...NETWORK_MUTANTS,
  ...CLUSTER_MUTANTS,
  ...USER_DATA_MUTANTS,
  ...WORKLOAD_MUTANTS,
  ...FRONT_DOOR_MUTANTS,
  ...FRONTEND_MUTANTS,
  ...KUBERNETES_MUTANTS,
  ...ORGANIZATION_MUTANTS,
  ...ACCOUNT_MUTANTS,
  ...APP_RUNNER_MUTANTS,
  ...COMPLIANCE_MUTANTS,
  ...MASKING_MUTANTS,
  ...MEANING_MUTANTS,
  ...MIGRATION_MUTANTS,
  ...RECOVERY_MUTANTS,
];
