/** The verdicts on types, compared with the provider's schema: a new argument there needs a new look. */
import { argumentsWith, markAt } from "../../../../lib/judgement/guardrails/types";
import { CONFINED_TYPES } from "../../../../lib/judgement/isolation/confined-types";
import { POLICIES } from "../../../../lib/judgement/isolation/contents";
import { RECIPIENTS } from "../../../../lib/judgement/isolation/recipients";

const confined = [...CONFINED_TYPES];

test("a type has recipients, or a reason for none", () => {
  expect(confined.map(([type]) => type).filter((type) => type in RECIPIENTS)).toEqual([]);
});

test.each(Object.entries(RECIPIENTS))("%s has its arguments with recipients in the schema", (type, paths) => {
  expect(paths.filter((path) => markAt(type, path) === "unknown")).toEqual([]);
});

test("a type with a policy document in the schema is confined for this reason", () => {
  const withPolicy = confined.filter(([type]) => argumentsWith(type, "policy").some((name) => POLICIES.has(name)));
  const statedSo = confined.filter(([, reason]) => reason.startsWith("a policy document"));
  expect(withPolicy.filter(([, reason]) => !reason.startsWith("a policy document")).map(([type]) => type)).toEqual([
    "aws_cloudwatch_log_data_protection_policy", // It masks logs, and allows nobody anything.
  ]);
  expect(statedSo.filter((one) => !withPolicy.includes(one))).toEqual([]);
});

test("the arguments of confined types that look like a principal in the schema are those that were judged", () => {
  const found = Object.fromEntries(
    confined
      .map(([type]) => [type, argumentsWith(type, "principal").sort().join(" ")] as const)
      .filter(([, names]) => names !== "" && names !== "expected_bucket_owner"),
  );
  expect(found).toEqual({
    aws_api_gateway_method_settings:
      "require_authorization_for_cache_control unauthorized_cache_control_header_strategy",
    aws_api_gateway_rest_api: "body",
    aws_budgets_budget: "account_id",
    aws_ce_anomaly_subscription: "account_id",
    aws_chatbot_slack_channel_configuration: "user_authorization_required",
    aws_cloudfront_distribution: "trusted_key_groups trusted_signers",
    aws_cloudtrail_organization_delegated_admin_account: "account_id",
    aws_cloudwatch_event_target: "group key values",
    aws_cloudwatch_metric_alarm: "account_id",
    aws_cognito_identity_pool: "allow_unauthenticated_identities",
    aws_cognito_user_pool:
      "attributes_require_verification_before_update auto_verified_attributes create_auth_challenge custom_message define_auth_challenge email_sending_account lambda_arn post_authentication post_confirmation pre_authentication pre_sign_up pre_token_generation sms_authentication_message user_migration verify_auth_challenge_response",
    aws_config_config_rule: "owner",
    aws_db_instance: "domain domain_fqdn domain_ou iam_database_authentication_enabled",
    aws_dynamodb_table: "bucket_owner",
    aws_eks_addon: "service_account",
    aws_eks_cluster: "authentication_mode bootstrap_cluster_creator_admin_permissions",
    aws_eks_node_group: "ec2_ssh_key",
    aws_guardduty_organization_admin_account: "admin_account_id",
    aws_launch_template: "key_name",
    aws_lb_listener: "authentication_request_extra_params authorization_endpoint on_unauthenticated_request",
    aws_lb_listener_rule: "authentication_request_extra_params authorization_endpoint on_unauthenticated_request",
    aws_organizations_delegated_administrator: "account_id service_principal",
    aws_organizations_organization: "aws_service_access_principals",
    aws_rds_cluster: "domain iam_database_authentication_enabled",
    aws_s3_account_public_access_block: "account_id",
    aws_scheduler_schedule: "group",
    aws_securityhub_invite_accepter: "master_id",
    aws_securityhub_member: "account_id",
    aws_securityhub_organization_admin_account: "admin_account_id",
    kubernetes_deployment_v1: "group service_account_name user",
  });
});
