/** Mutants of services of App Runner, of their roles, and of the roots that read what other roots publish. */
import { ANY_POD, EKS, GITHUB, type Mutant, ofModule, PERSON, refused } from "./mutant";

const SERVICE = "resource.aws_apprunner_service.this";
const TRUST = "locals.instance_trust.Statement.0";
const WEB_IDENTITY = { Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" };

/** A web ACL in front of something else. */
function elsewhere(guardrail: "app-runner-web-acl" | "lb-web-acl", arn: string, beside: Mutant["at"]): Mutant {
  return { guardrail, file: "<root>/main.tf.json", at: ["module", "web_acl", "resource_arn"], to: arn, beside };
}

export const APP_RUNNER_MUTANTS: readonly Mutant[] = [
  ...ofModule("app-runner", {
    "app-runner-encrypted": [`${SERVICE}.encryption_configuration`],
    "app-runner-egress-vpc": [`${SERVICE}.network_configuration.egress_configuration.egress_type`, "DEFAULT"],
    "app-runner-deployed-by-pipeline": [`${SERVICE}.source_configuration.auto_deployments_enabled`, true],
    "app-runner-health-check": [`${SERVICE}.health_check_configuration.protocol`, "TCP"],
    "app-runner-traced": [`${SERVICE}.observability_configuration.observability_enabled`, false],
    "service-open-to-new-customers": [`${SERVICE}.tags`],
    "schedule-encrypted": ["resource.aws_scheduler_schedule.application_key.kms_key_arn"],
    "schedule-role-own": ["resource.aws_scheduler_schedule.service_key.target.role_arn", "${aws_iam_role.access.arn}"],
    "trust-service-of-own-account": ["locals.access_trust.Statement.0.Condition"],
    "iam-actions-named": ["locals.logs_policy.Statement.0.Action", ["logs:*"]],
    "iam-resources-named": ["locals.access_policy.Statement.1.Resource", "*"],
    "iam-admin-policies": [
      "resource.aws_iam_role_policy_attachment",
      { extra: { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
    "policy-elements-filled": ["locals.logs_policy.Statement.1.Action", []],
  }),
  ...ofModule("app-runner", { "iam-pass-role-narrow": ["locals.access_policy.Statement.1.Action", "iam:PassRole"] }),
  ...ofModule("app-runner", {
    "policy-size": [
      "locals.access_policy.Statement.1.Resource",
      Array.from({ length: 200 }, (_, i) => `arn:aws:ecr:us-east-1:111111111111:repository/shop/${i}`),
    ],
  }),
  ...ofModule("app-runner", { "trust-named-principals": [`${TRUST}.Principal`, "*"] }),
  ...ofModule("app-runner", {
    "trust-users-with-mfa": [TRUST, { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: PERSON } }],
  }),
  ...ofModule("app-runner", {
    "iam-people-bounded": [
      "resource.aws_iam_role.instance",
      {
        name: "${var.name}-instance",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { AWS: PERSON },
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ],
        }),
      },
    ],
  }),
  ...ofModule("app-runner", {
    "trust-federation-claims": [
      TRUST,
      {
        ...WEB_IDENTITY,
        Principal: { Federated: GITHUB },
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:sub": "repo:owner/name:environment:prod" },
        },
      },
    ],
  }),
  ...ofModule("app-runner", {
    "trust-github-repository": [
      TRUST,
      {
        ...WEB_IDENTITY,
        Principal: { Federated: GITHUB },
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          StringLike: { "token.actions.githubusercontent.com:sub": "repo:owner/*" },
        },
      },
    ],
  }),
  ...ofModule("app-runner", {
    "trust-service-account": [
      TRUST,
      { ...WEB_IDENTITY, Principal: { Federated: EKS }, Condition: { StringLike: ANY_POD } },
    ],
  }),
  elsewhere(
    "app-runner-web-acl",
    "arn:aws:apprunner:eu-west-1:111111111111:service/other/0123456789abcdef0123456789abcdef",
    ["module", "api", "account_uses_app_runner"],
  ),
  elsewhere(
    "lb-web-acl",
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/other/0123456789abcdef",
    ["module", "load_balancer"],
  ),
  ...ofModule("ecs-cluster", {
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.container_insights.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.container_insights.retention_in_days"],
  }),
  {
    guardrail: "container-image-pinned",
    file: "<root>/main.tf.json",
    at: ["module", "migrations_task", "image"],
    to: '${module.registry.repository_urls["api"]}:latest',
    beside: ["module", "registry"],
  },
  {
    guardrail: "container-no-secrets",
    file: "<root>/main.tf.json",
    at: ["module", "migrations_task", "environment", "DATABASE_PASSWORD"],
    to: "hunter2",
    beside: ["module", "registry"],
  },
  ...inEachComponent("network-lookup"),
];

/** Rules for every root, broken in a module that the roots of a system's components call. */
export function inEachComponent(module: string): Mutant[] {
  const group = (more: object) => ({ extra: { group_name: "extra", filter_expression: "fault = true", ...more } });
  return [
    ...ofModule(module, {
      "no-passwords-in-state": ["resource.aws_xray_group", group({ tags: { Store: "redis://:swordfish@cache:6379" } })],
      "no-secret-values-in-state": [
        "resource.aws_ssm_parameter",
        { this: { name: "/a", type: "SecureString", value: "swordfish" } },
      ],
      // Unknown in a plan, so that the provider does not read it.
      "no-secrets-read-into-state": ["data.aws_secretsmanager_secret_version", { this: { secret_id: "${uuid()}" } }],
      "service-not-ended": ["resource.aws_qldb_ledger", { extra: { permissions_mode: "STANDARD" } }],
      "service-open-to-new-customers": [
        "resource.aws_cloud9_environment_ec2",
        { extra: { name: "extra", instance_type: "t3.micro", image_id: "amazonlinux-2023-x86_64" } },
      ],
      "policy-elements-filled": [
        "resource.aws_iam_policy",
        {
          extra: {
            name: "extra",
            policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [{ Sid: "Nothing", Effect: "Allow", Action: [], Resource: "arn:aws:s3:::shop/*" }],
            }),
          },
        },
      ],
    }),
    ...ofModule(module, { "tags-not-overridden": ["resource.aws_xray_group", group({ tags: { Env: "other" } })] }),
    ...ofModule(module, {
      "resource-in-provider-region": ["resource.aws_xray_group", group({ region: "us-west-2" })],
    }).map(refused),
    ...ofModule(module, { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] }, "versions"),
    ...ofModule(
      module,
      { "no-secret-defaults": ["variable.extra", { type: "string", sensitive: true, default: "swordfish" }] },
      "variables",
    ),
  ];
}
