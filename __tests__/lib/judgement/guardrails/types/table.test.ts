/** The committed table of types, compared with the schema of the provider. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { heldBy, markAt } from "../../../../../lib/judgement/guardrails/types";
import { tableOfClusters } from "../../../../../lib/judgement/guardrails/types/bindings";
import { HARMLESS, MARKED } from "../../../../../lib/judgement/guardrails/types/judged-arguments";
import { JUDGED_TYPES } from "../../../../../lib/judgement/guardrails/types/judged-types";
import { MARKS } from "../../../../../lib/judgement/guardrails/types/marks";
import {
  type Documented,
  SCHEMAS,
  type TypeTable,
  tableText,
  typeTable,
} from "../../../../../lib/judgement/guardrails/types/schema";
import { providerSchema } from "../../../../support/provider-schema";
import { describeWithTerraform } from "../../../../support/terraform-needed";

const committed = readFileSync(path.resolve("lib/judgement/guardrails/types/aws.json"), "utf8");

const committedOfClusters = readFileSync(path.resolve("lib/judgement/guardrails/types/clusters.json"), "utf8");

const table: TypeTable = { ...JSON.parse(committed), ...JSON.parse(committedOfClusters) };

/** The documentation's marks in the committed table: the documentation is not part of the provider. */
function documentation(type: string): Documented | undefined {
  const { page, marks } = table[type] ?? {};
  if (page === undefined) return undefined;
  return { page, markOf: (name) => MARKS.find((mark) => marks?.[mark]?.documentation?.split(" ").includes(name)) };
}

describeWithTerraform("the table of types", () => {
  test("contains each argument of the provider's schema with the verdict from its name and the schema", async () => {
    const schemas = SCHEMAS.parse(JSON.parse(await providerSchema()));
    expect(tableText(typeTable(schemas, documentation))).toBe(committed);
  }, 60_000);
});

test("the table of clusters contains each argument of the bindings", () => {
  expect(tableText(tableOfClusters(path.resolve(".")))).toBe(committedOfClusters);
});

test("judgements name only types and arguments of the provider, or of Terraform itself", () => {
  expect(Object.keys(JUDGED_TYPES).filter((type) => !(type in table))).toEqual(["terraform_data"]);
  for (const [name, mark] of [...Object.keys(HARMLESS).map((one) => [one, undefined]), ...Object.entries(MARKED)]) {
    const [type = "", argument = ""] = name?.split(".") ?? [];
    expect([name, markAt(type, argument)]).toEqual([name, mark]);
  }
});

test.each([
  ["aws_iam_role", "access"],
  ["aws_lambda_permission", "access"],
  ["aws_eks_access_entry", "access"],
  ["aws_ami_launch_permission", "access"],
  ["aws_route53_record", "network"],
  ["aws_ec2_managed_prefix_list", "network"],
  ["aws_cloudtrail", "logging"],
  ["aws_guardduty_detector", "logging"],
  ["aws_dynamodb_table", "data"],
  ["aws_ebs_volume", "data"],
  ["aws_cloudwatch_dashboard", "nothing"],
])("%s holds %s", (type, holds) => {
  expect(heldBy(type)).toBe(holds);
});

test.each([
  ["aws_db_instance", "publicly_accessible", "public"],
  ["aws_db_instance", "instance_class", undefined],
  ["aws_ecs_task_definition", "task_role_arn", "role"],
  ["aws_ecs_service", "network_configuration.subnets", "network"],
  ["aws_ecs_service", "desired_count", undefined],
  ["aws_lambda_function", "environment.variables.GREETING", undefined],
  ["aws_lb_target_group", "health_check.path", undefined],
  ["aws_cloudwatch_log_group", "retention_in_days", "retention"],
  ["aws_cloudwatch_metric_alarm", "threshold", undefined],
  // Only the documentation indicates these marks.
  ["aws_msk_cluster", "encryption_info.encryption_in_transit.client_broker", "key"],
  ["aws_appsync_graphql_api", "visibility", "public"],
  ["aws_cognito_user_pool", "password_policy.minimum_length", "secret"],
  // Only the schema marks this as sensitive.
  ["aws_transfer_server", "host_key", "secret"],
  ["aws_s3_bucket_object_lock_configuration", "rule.default_retention.days", "retention"],
  ["aws_s3_bucket_object_lock_configuration", "rule.default_retention.mode", "protection"],
  ["aws_sqs_queue", "from_the_future", "unknown"],
  ["nobody_knows", "anything", "unknown"],
  ["kubernetes_config_map_v1", "data.greeting", undefined],
  ["kubernetes_deployment_v1", "spec.template.spec.container.image", undefined],
  ["kubernetes_deployment_v1", "spec.template.spec.container.security_context.privileged", "protection"],
  ["kubernetes_deployment_v1", "spec.template.spec.container.env.GREETING.value", undefined],
  ["kubernetes_deployment_v1", "spec.template.spec.container.env.NODE_OPTIONS.value", "code"],
  ["kubernetes_cron_job", "spec.job_template.spec.template.spec.restart_policy", undefined],
  ["kubernetes_namespace_v1", "metadata.labels.pod-security.kubernetes.io/enforce", "protection"],
  ["kubernetes_service_v1", "spec.type", "public"],
  ["kubernetes_horizontal_pod_autoscaler_v2", "spec.max_replicas", undefined],
  ["helm_release", "version", "policy"],
  ["helm_release", "timeout", undefined],
  ["helm_release", "values.image.tag", undefined],
  ["helm_release", "values.resources.limits.memory", undefined],
  ["helm_release", "values.rbac.rules.verbs", "policy"],
  ["helm_release", "values.networkPolicy.enabled", "enabled"],
  ["kubernetes_pod_v2", "anything", "unknown"],
] as const)("the effect of a change of %s.%s is: %s", (type, argument, mark) => {
  expect(markAt(type, argument)).toBe(mark);
});
