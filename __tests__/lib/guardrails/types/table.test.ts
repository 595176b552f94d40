/** The committed table of types, held against the schema of the provider and against the types that the roots use. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Configurations } from "../../../../lib/configuration";
import { heldBy, isJudged, markAt } from "../../../../lib/guardrails/types";
import { JUDGED_TYPES } from "../../../../lib/guardrails/types/judged-types";
import { HARMLESS } from "../../../../lib/guardrails/types/marks";
import { SCHEMAS, tableText, typeTable } from "../../../../lib/guardrails/types/schema";
import { renderTree } from "../../../../lib/synthesize";
import { inOfflineCopy } from "../../../../lib/terraform";
import { terraform } from "../../../../lib/terraform/run";
import { writeTree } from "../../../../lib/write";
import { roots } from "../../../../main";
import { describeWithTerraform } from "../../../terraform-needed";
import { withVerifiedProvider } from "../../../verified-provider";
import { newRoot } from "../../support";
import { temporaryFolder } from "../../terraform/sample";

const committed = readFileSync(path.resolve("lib/guardrails/types/aws.json"), "utf8");
const folder = temporaryFolder();

describeWithTerraform("the table of types", () => {
  test("is what the schema of the provider says", async () => {
    writeTree(folder, renderTree([newRoot()]));
    const schema = await inOfflineCopy(folder, "environments/shop/dev", async (copy) =>
      terraform(["providers", "schema", "-json"], await withVerifiedProvider(copy)),
    );
    expect(tableText(typeTable(SCHEMAS.parse(JSON.parse(schema))))).toBe(committed);
  }, 60_000);
});

const table: Readonly<Record<string, object>> = JSON.parse(committed);

test("every type that the roots use is judged", () => {
  const tree = new Configurations(new Map(renderTree(roots).map(({ path: file, content }) => [file, content])));
  const types = new Set(
    roots.flatMap(({ address }) =>
      tree
        .root(address)
        .of("*")
        .map(({ type }) => type),
    ),
  );
  expect([...types].filter((type) => !isJudged(type))).toEqual([]);
  expect(types.size).toBeGreaterThan(70);
});

test("judgements are about types and arguments that the provider has", () => {
  expect(Object.keys(JUDGED_TYPES).filter((type) => !(type in table))).toEqual([]);
  const arguments_ = Object.keys(HARMLESS).map((name) => name.split("."));
  for (const [type = "", argument = ""] of arguments_) {
    expect([type, argument, markAt(type, argument)]).toEqual([type, argument, undefined]);
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
  ["aws_s3_bucket_object_lock_configuration", "rule.default_retention.days", "retention"],
  ["aws_s3_bucket_object_lock_configuration", "rule.default_retention.mode", "protection"],
  ["aws_sqs_queue", "from_the_future", "unknown"],
  ["nobody_knows", "anything", "unknown"],
  ["kubernetes_config_map_v1", "data.greeting", "unknown"],
] as const)("a change of %s.%s can change: %s", (type, argument, mark) => {
  expect(markAt(type, argument)).toBe(mark);
});
