/** Mutants of task definitions, services, and load balancers. */
import { type Mutant, ofModule } from "./mutant";

const HTTP_LISTENER = {
  load_balancer_arn: "${aws_lb.this.arn}",
  port: 443,
  protocol: "HTTP",
  default_action: [{ type: "fixed-response", fixed_response: { content_type: "text/plain", status_code: "404" } }],
};

/** A load balancer of the previous generation. */
const CLASSIC = {
  subnets: "${var.subnet_ids}",
  listener: [{ instance_port: 80, instance_protocol: "http", lb_port: 80, lb_protocol: "http" }],
};

const WRITTEN_BY_EVERYBODY = {
  Sid: "Write",
  Effect: "Allow",
  Action: "logs:PutLogEvents",
  Principal: "*",
  Resource: "*",
};

/** A login in front of the default target: the rules of the listener pass it. */
const BEHIND_LOGIN = [
  {
    type: "authenticate-cognito",
    order: 1,
    authenticate_cognito: {
      user_pool_arn: "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_a1b2c3d4e",
      user_pool_client_id: "client",
      user_pool_domain: "shop",
    },
  },
  { type: "forward", order: 2, target_group_arn: "${aws_lb_target_group.this[var.default_target_group].arn}" },
];

const LOAD_BALANCER = {
  "lb-listener-tls-policy": ["resource.aws_lb_listener.https.ssl_policy", "ELBSecurityPolicy-2016-08"],
  "lb-drops-invalid-headers": ["resource.aws_lb.this.drop_invalid_header_fields", false],
  "lb-desync-mitigation": ["resource.aws_lb.this.desync_mitigation_mode", "monitor"],
  "lb-deletion-protection": ["resource.aws_lb.this.enable_deletion_protection", false],
  "lb-access-logs": ["resource.aws_lb.this.access_logs.enabled", false],
  "lb-two-zones": ["resource.aws_lb.this.subnets", ["${tolist(var.subnet_ids)[0]}"]],
  "load-balancer-current": ["resource.aws_elb", { extra: CLASSIC }],
} as const;

const WEB_ACL = {
  "web-acl-rules": ["resource.aws_wafv2_web_acl.this.dynamic"],
  "web-acl-logged": ["resource.aws_wafv2_web_acl_logging_configuration.this.dynamic"],
} as const;

export const WORKLOAD_MUTANTS: readonly Mutant[] = [
  ...ofModule("ecs-task-definition", {
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.this.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.this.retention_in_days"],
    "container-not-privileged": ["locals.container.privileged", true],
    "container-read-only": ["locals.container.readonlyRootFilesystem", false],
    "container-not-root": ["locals.container.user", "root"],
    "container-capabilities": ["locals.container.linuxParameters.capabilities.drop", []],
    "container-logs": ["locals.container.logConfiguration"],
    "task-apart-from-host": ["resource.aws_ecs_task_definition.this.pid_mode", "host"],
  }),
  ...ofModule("ecs-service", {
    "ecs-service-private": ["resource.aws_ecs_service.this.network_configuration.assign_public_ip", true],
    "ecs-no-shell": ["resource.aws_ecs_service.this.enable_execute_command", true],
    "ecs-service-two-zones": [
      "resource.aws_ecs_service.this.network_configuration.subnets",
      ["${tolist(var.subnet_ids)[0]}"],
    ],
    "ecs-deployment-rolls-back": ["resource.aws_ecs_service.this.deployment_circuit_breaker.rollback", false],
    "ecs-deployment-keeps-capacity": ["resource.aws_ecs_service.this.deployment_minimum_healthy_percent", 50],
  }),
  ...ofModule("ecs-cluster", {
    "ecs-shell-logged": [
      "resource.aws_ecs_cluster.this.configuration",
      { execute_command_configuration: [{ logging: "NONE" }] },
    ],
  }),
  ...ofModule("ses", {
    "mail-tls-only": ["resource.aws_sesv2_configuration_set.this.delivery_options.tls_policy", "OPTIONAL"],
  }),
  ...ofModule("alb-kubernetes", {
    ...LOAD_BALANCER,
    "lb-listener-encrypted": ["resource.aws_lb_listener.https", HTTP_LISTENER],
  }),
  ...ofModule("alb", {
    ...LOAD_BALANCER,
    "lb-listener-encrypted": ["resource.aws_lb_listener.https", HTTP_LISTENER],
    "lb-rules-authenticated": ["resource.aws_lb_listener.https.default_action", BEHIND_LOGIN],
  }),
  ...ofModule("web-acl", WEB_ACL),
  ...ofModule("web-acl-cloudfront", WEB_ACL),
  ...ofModule("cloudtrail", {
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.this.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.this.retention_in_days"],
  }),
  ...ofModule("web-acl", {
    "logs-not-public": ["locals.log_policy.Statement.0", WRITTEN_BY_EVERYBODY],
  }),
  ...ofModule("alb-codedeploy", {
    ...LOAD_BALANCER,
    "lb-listener-encrypted": ["resource.aws_lb_listener.test", HTTP_LISTENER],
    "lb-web-acl": ["resource.aws_lb.this.tags"],
  }),
  ...ofModule("ecs-service-codedeploy", {
    "ecs-service-private": ["resource.aws_ecs_service.this.network_configuration.assign_public_ip", true],
    "ecs-no-shell": ["resource.aws_ecs_service.this.enable_execute_command", true],
    "codedeploy-rolls-back": [
      "resource.aws_codedeploy_deployment_group.this.auto_rollback_configuration.enabled",
      false,
    ],
    "iam-actions-named": ["locals.codedeploy_policy.Statement.0.Action", ["ecs:*"]],
    "iam-pass-role-narrow": ["locals.codedeploy_policy.Statement.4.Condition"],
    "trust-service-of-own-account": ["locals.codedeploy_trust.Statement.0.Condition"],
  }),
];
