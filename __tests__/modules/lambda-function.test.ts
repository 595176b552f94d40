import { LambdaFunction } from "../../modules/lambda-function";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const listener = (colour: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/${colour}/0123456789abcdef/0123456789abcdef`;
const base = {
  name: "pricing",
  accountId: "111122223333",
  code: { bucket: "artifacts", key: "pricing/1.zip", version: "v1" },
  handler: "index.handler",
  memoryMiB: 256,
  timeoutSeconds: 10,
  reservedConcurrency: 500,
  environment: { CURRENCY: "EUR" },
  logLevel: "DEBUG",
  tracing: true,
  durationMetric: { namespace: "Shop", name: "PricingDuration" },
  pathPatterns: ["/prices"],
  rulePriority: 10,
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  logRetentionDays: 7,
} as const;
const FUNCTION = "module.pricing.aws_lambda_function.this";

describePlan(
  "a function behind load balancers",
  (root) => {
    new LambdaFunction(root, "pricing", {
      ...base,
      aliases: {
        blue: { listenerArn: listener("blue"), provisionedConcurrency: { min: 5, max: 50 } },
        green: { listenerArn: listener("green") },
      },
    });
  },
  (plan) => {
    const of = (type: string, alias: string) => plan().values(`module.pricing.${type}.this["${alias}"]`);

    test("runs the first archive with the given memory, time and concurrency", () => {
      expect(plan().values(FUNCTION)).toMatchObject({
        s3_bucket: "artifacts",
        s3_key: "pricing/1.zip",
        s3_object_version: "v1",
        publish: true,
        runtime: "nodejs22.x",
        memory_size: 256,
        timeout: 10,
        reserved_concurrent_executions: 500,
        tracing_config: [{ mode: "Active" }],
        vpc_config: [],
      });
    });

    test("knows the metric that it writes", () => {
      expect(plan().values(FUNCTION).environment).toEqual([
        { variables: { CURRENCY: "EUR", METRIC_NAMESPACE: "Shop", METRIC_NAME: "PricingDuration" } },
      ]);
    });

    test("writes its own log only, as JSON from the given level, with the given retention", () => {
      const group = "module.pricing.aws_cloudwatch_log_group.this";
      expect(plan().values(group)).toMatchObject({ name: "/aws/lambda/pricing", retention_in_days: 7 });
      expect(plan().values(FUNCTION).logging_config).toMatchObject([
        { log_format: "JSON", application_log_level: "DEBUG", log_group: "/aws/lambda/pricing" },
      ]);
      expect(plan().statements("module.pricing.aws_iam_role_policy.this")).toMatchObject({
        WriteLog: { Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${arnOf(group)}:*` },
      });
    });

    test("is the target of the listener of each alias, which alone may invoke the alias", () => {
      for (const colour of ["blue", "green"]) {
        const group = arnOf(`module.pricing.aws_lb_target_group.this["${colour}"]`);
        expect(of("aws_lb_target_group", colour)).toMatchObject({ target_type: "lambda" });
        expect(of("aws_lb_listener_rule", colour)).toMatchObject({
          listener_arn: listener(colour),
          priority: 10,
          action: [{ type: "forward", target_group_arn: group }],
        });
        expect(of("aws_lambda_permission", colour)).toMatchObject({
          principal: "elasticloadbalancing.amazonaws.com",
          action: "lambda:InvokeFunction",
          qualifier: colour,
          source_arn: group,
        });
        expect(of("aws_lb_target_group_attachment", colour)).toMatchObject({
          target_group_arn: group,
          target_id: arnOf(`module.pricing.aws_lambda_alias.this["${colour}"]`),
        });
      }
    });

    test("scales the provisioned concurrency of the alias that has bounds", () => {
      expect(plan().keys("module.pricing.aws_appautoscaling_target.this")).toEqual(["blue"]);
      expect(of("aws_appautoscaling_target", "blue")).toMatchObject({
        resource_id: "function:pricing:blue",
        scalable_dimension: "lambda:function:ProvisionedConcurrency",
        min_capacity: 5,
        max_capacity: 50,
      });
      expect(of("aws_appautoscaling_policy", "blue").target_tracking_scaling_policy_configuration).toMatchObject([
        {
          target_value: 0.7,
          predefined_metric_specification: [{ predefined_metric_type: "LambdaProvisionedConcurrencyUtilization" }],
        },
      ]);
    });
  },
);

test("the pipeline owns the code and the versions of the aliases; a new permission precedes the end of the last one", () => {
  expect(emitted(LambdaFunction, "main.tf.json")).toMatchObject({
    resource: {
      aws_lambda_function: { this: { lifecycle: { ignore_changes: ["s3_key", "s3_object_version"] } } },
      aws_lambda_alias: { this: { lifecycle: { ignore_changes: ["function_version", "routing_config"] } } },
      aws_lambda_permission: { this: { lifecycle: { create_before_destroy: true } } },
    },
  });
});

test("more provisioned than reserved concurrency is refused with the aliases", () => {
  const call = () =>
    new LambdaFunction(newRoot(), "pricing", {
      ...base,
      reservedConcurrency: 60,
      aliases: {
        blue: { listenerArn: listener("blue"), provisionedConcurrency: { min: 5, max: 50 } },
        green: { listenerArn: listener("green"), provisionedConcurrency: { min: 5, max: 50 } },
      },
    });
  expect(failure(call).message).toContain(
    "allowed: a provisioned concurrency of all aliases that is not above the reserved concurrency",
  );
});
