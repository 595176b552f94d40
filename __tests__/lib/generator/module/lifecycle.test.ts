import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { condition, type Expression, hcl, resource, resourceForEach } from "../../../../lib";
import { built, type Inputs } from "../built-module";
import { deployTime } from "../support";

test("arguments to ignore have their TypeScript names, and Terraform's in the tree", () => {
  const { main } = built((scope) => {
    resource(scope, EcsService, "a", {
      name: "a",
      lifecycle: { ignoreChanges: ["desiredCount", "taskDefinition"], createBeforeDestroy: true },
    });
    resource(scope, EcsService, "d", {
      name: "d",
      lifecycle: { ignoreChanges: ["networkConfiguration.assignPublicIp"] },
    });
    resource(scope, S3Bucket, "e", { lifecycle: { ignoreChanges: ['tags["Last.used"]'] } });
    resource(scope, S3Bucket, "b", { lifecycle: { ignoreChanges: "all", preventDestroy: true } });
    // @ts-expect-error: Terraform's spelling is none of TypeScript
    resource(scope, EcsService, "c", { name: "c", lifecycle: { ignoreChanges: ["desired_count"] } });
  });
  expect(main).toMatchObject({
    resource: {
      aws_ecs_service: {
        a: { lifecycle: { ignore_changes: ["desired_count", "task_definition"], create_before_destroy: true } },
        d: { lifecycle: { ignore_changes: ["network_configuration[0].assign_public_ip"] } },
      },
      aws_s3_bucket: {
        b: { lifecycle: { ignore_changes: "all", prevent_destroy: true } },
        e: { lifecycle: { ignore_changes: ['tags["Last.used"]'] } },
      },
    },
  });
});

test("conditions are templates of Terraform, with the resource as self", () => {
  const { main } = built((scope, input) => {
    resource(scope, S3Bucket, "a", {
      lifecycle: {
        precondition: [{ condition: input.logs, errorMessage: `logs: got ${input.logs}; allowed: true` }],
        postcondition: [{ condition: condition`self.arn != ""`, errorMessage: "no $" + "{arn}" }],
      },
    });
  });
  expect(main).toHaveProperty("resource.aws_s3_bucket.a.lifecycle", {
    precondition: [{ condition: "${var.logs}", error_message: "logs: got ${var.logs}; allowed: true" }],
    postcondition: [{ condition: '${self.arn != ""}', error_message: "no $$" + "{arn}" }],
  });
});

test("a resource is replaced with others of its module, their instances or their attributes", () => {
  const { main } = built((scope, input) => {
    const one = resource(scope, S3Bucket, "one", {});
    const each = resourceForEach(scope, S3Bucket, "each", input.zones, () => ({}));
    resource(scope, S3Bucket, "a", { lifecycle: { replaceTriggeredBy: [one, one.arn, each.at("b")] } });
  });
  expect(main).toHaveProperty("resource.aws_s3_bucket.a.lifecycle.replace_triggered_by", [
    "aws_s3_bucket.one",
    "aws_s3_bucket.one.arn",
    'aws_s3_bucket.each["b"]',
  ]);
});

test.each<[string, (input: Inputs) => Expression<unknown>]>([
  ["var.logs", (input) => input.logs],
  ["upper(aws_s3_bucket.one.arn)", () => deployTime("upper(aws_s3_bucket.one.arn)")],
  ["module.a.arn of environments/shop/dev", () => deployTime("module.a.arn", "environments/shop/dev")],
  ['"a"', () => hcl<string>`"a"`],
])("%s replaces nothing", (got, trigger) => {
  expect(() =>
    built((scope, input) => {
      resource(scope, S3Bucket, "a", { lifecycle: { replaceTriggeredBy: [trigger(input)] } });
    }),
  ).toThrow(
    `aws_s3_bucket.a, replaceTriggeredBy: got ${got}; allowed: resources of modules/fixture, or attributes of them`,
  );
});
