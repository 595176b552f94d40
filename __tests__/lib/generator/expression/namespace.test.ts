/** Names of blocks in nested constructs, and names that two blocks would share. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { local, resource, resourceForEach, resourceIf } from "../../../../lib";
import { Namespace } from "../../../../lib/generator/expression/namespace";
import { built } from "../built-module";
import { newRoot } from "../support";

const HERE = "__tests__/lib/generator/expression/namespace\\.test\\.ts:\\d+:\\d+";

test("a resource in nested constructs has the ids around it in its name, and is referred to by it", () => {
  const { main, outputs } = built((scope, input) => {
    const site = new Construct(scope, "site");
    const logs = resource(new Construct(site, "AccessLogs"), S3Bucket, "this", { bucket: "logs" });
    resource(new Construct(site, "error-logs"), S3Bucket, "this", { bucket: `${logs.bucket}-errors` });
    resourceForEach(site, S3Bucket, "zone", input.zones, (zone) => ({ bucket: zone }));
    resourceIf(site, S3Bucket, "extra", input.logs, { bucket: local(site, "extra", "extra") });
    return logs.arn;
  });
  expect(main).toMatchObject({
    locals: { site_extra: "extra" },
    resource: {
      aws_s3_bucket: {
        site_access_logs_this: { bucket: "logs" },
        site_error_logs_this: { bucket: "${aws_s3_bucket.site_access_logs_this.bucket}-errors" },
        site_zone: { for_each: "${var.zones}" },
        site_extra: { count: "${var.logs ? 1 : 0}", bucket: "${local.site_extra}" },
      },
    },
  });
  expect(outputs).toHaveProperty("output.made.value", "${aws_s3_bucket.site_access_logs_this.arn}");
});

test.each<[string, string, (scope: Construct) => void]>([
  [
    "the same name in one construct",
    "aws_s3_bucket.a",
    (scope) => {
      resource(scope, S3Bucket, "a", {});
      resource(scope, S3Bucket, "a", {});
    },
  ],
  [
    "names that are the same once they are joined",
    "aws_s3_bucket.a_b_c",
    (scope) => {
      resource(new Construct(scope, "a_b"), S3Bucket, "c", {});
      resource(new Construct(scope, "a"), S3Bucket, "b_c", {});
    },
  ],
  [
    "the same name for two locals",
    "local.a",
    (scope) => {
      local(scope, "a", 1);
      local(scope, "a", 2);
    },
  ],
])("%s is an error with both lines", (_, address, build) => {
  expect(() => built(build)).toThrow(
    new RegExp(
      `^modules/fixture \\(${HERE}\\)\\n {2}got ${address}, which ${HERE} has already; allowed: a different name for each block$`,
    ),
  );
});

test.each<[string, () => Namespace]>([
  ["a root", newRoot],
  ["a module", () => new Namespace("modules/fixture")],
])("an override on %s is refused, as it would be lost", (_, scope) => {
  expect(() => scope().addOverride("terraform.required_version")).toThrow(
    /addOverride: got terraform\.required_version; allowed: arguments/,
  );
  expect(() =>
    built((inside) => void Reflect.apply(Namespace.prototype.addOverride, Namespace.of(inside), ["check.a", {}])),
  ).toThrow("addOverride: got check.a;");
});

test("a resource has no addOverride, as its arguments are typed", () => {
  expect(() =>
    built((scope) => {
      const bucket = resource(scope, S3Bucket, "a", {});
      // @ts-expect-error: not an attribute
      bucket.addOverride("tags", {});
    }),
  ).toThrow();
});
