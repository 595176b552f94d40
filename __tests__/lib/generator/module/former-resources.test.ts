import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { forget, resource, resourceForEach } from "../../../../lib";
import { built, type Inputs } from "../built-module";

test("a resource keeps what its former name stands for, also a name of CDKTF, and its former keys", () => {
  const { main } = built((scope, input) => {
    resource(new Construct(scope, "docs"), S3Bucket, "this", { renamedFrom: "docs_bucket_D8583716" });
    resourceForEach(scope, S3Bucket, "zone", input.zones, () => ({ renamedFrom: { 'eu "1"': "one" } }));
  });
  expect(main).toHaveProperty("moved", [
    { from: "aws_s3_bucket.docs_bucket_D8583716", to: "aws_s3_bucket.docs_this" },
    { from: 'aws_s3_bucket.zone["one"]', to: 'aws_s3_bucket.zone["eu \\"1\\""]' },
  ]);
  expect(main).not.toHaveProperty("resource.aws_s3_bucket.zone.renamed_from");
});

test("a renamed resource and a renamed key of it need one step", () => {
  const { main } = built((scope, input) => {
    resourceForEach(scope, S3Bucket, "zone", input.zones, () => ({
      renamedFrom: { name: "area", keys: { eu: "one" } },
    }));
  });
  expect(main).toHaveProperty("moved", [
    { from: "aws_s3_bucket.area", to: "aws_s3_bucket.zone" },
    { from: 'aws_s3_bucket.zone["one"]', to: 'aws_s3_bucket.zone["eu"]' },
  ]);
});

test("a former resource is forgotten, and not destroyed", () => {
  const { main } = built((scope) => forget(scope, S3Bucket, "docs_bucket_D8583716"));
  expect(main).toHaveProperty("removed", [
    { from: "aws_s3_bucket.docs_bucket_D8583716", lifecycle: { destroy: false } },
  ]);
});

test.each<[string, RegExp, (scope: Construct, input: Inputs) => unknown]>([
  [
    "the name of a present resource",
    /former-resources\.test\.ts:\d+:\d+\)\n {2}renamedFrom: got aws_s3_bucket\.a for aws_s3_bucket\.b, which is a resource \(.*\.ts:\d+:\d+\); allowed: a former resource/,
    (scope) => {
      resource(scope, S3Bucket, "b", { renamedFrom: "a" });
      resource(scope, S3Bucket, "a", {});
    },
  ],
  [
    "one former name for two resources",
    /renamedFrom: got aws_s3_bucket\.old twice/,
    (scope) => {
      resource(scope, S3Bucket, "a", { renamedFrom: "old" });
      resource(scope, S3Bucket, "b", { renamedFrom: "old" });
    },
  ],
  [
    "an address",
    /aws_s3_bucket\.a, renamedFrom: got "aws_s3_bucket\.b"; allowed: a name such as docs/,
    (scope) => resource(scope, S3Bucket, "a", { renamedFrom: "aws_s3_bucket.b" }),
  ],
  [
    "keys of a single resource",
    /aws_s3_bucket\.a, renamedFrom: got keys; allowed: the former name/,
    (scope) => resource(scope, S3Bucket, "a", { renamedFrom: { a: "b" } }),
  ],
  [
    "a former name of a data source",
    /data\.aws_region\.a, renamedFrom: got a data source; allowed: resources/,
    (scope) => resource(scope, DataAwsRegion, "a", { renamedFrom: "b" }),
  ],
  [
    "forget() of a present resource",
    /forget: got aws_s3_bucket\.a, which the module has; allowed: a former resource/,
    (scope) => {
      resource(scope, S3Bucket, "a", {});
      forget(scope, S3Bucket, "a");
    },
  ],
  [
    "forget() of a data source",
    /forget: got data\.aws_region\.a; allowed: resources/,
    (scope) => forget(scope, DataAwsRegion, "a"),
  ],
  [
    "forget() of one resource twice",
    /forget: got aws_s3_bucket\.a, which .*\.ts:\d+:\d+ forgets already; allowed: once/,
    (scope) => {
      forget(scope, S3Bucket, "a");
      forget(scope, S3Bucket, "a");
    },
  ],
])("%s is refused", (_, message, build) => {
  expect(() => built((scope, input) => void build(scope, input))).toThrow(message);
});
