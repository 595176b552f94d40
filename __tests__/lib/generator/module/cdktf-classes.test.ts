/** Constructs of CDKTF that make resources themselves. */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Fn, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { hcl, jsonencode, resource } from "../../../../lib";
import { built } from "../built-module";

/** As it is written for stock CDKTF. */
class Documents extends Construct {
  constructor(scope: Construct, id: string, props: { readonly name: string }) {
    super(scope, id);
    const bucket = new S3Bucket(this, "bucket", { bucket: props.name, tags: { Name: `${props.name}-documents` } });
    new S3BucketVersioningA(this, "versions", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
      dependsOn: [bucket],
    });
    new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: Fn.jsonencode({ Resource: `${bucket.arn}/*` }),
      lifecycle: { ignoreChanges: ["policy"] },
    });
  }
}

test("its resources have the ids of the constructs as names, without hashes, and their references are kept", () => {
  const { main } = built((scope, input) => {
    new Documents(scope, "Documents", { name: "shop" });
    new Documents(scope, "more", { name: `${input.logs("a", "b")}` });
  });
  expect(main).toMatchObject({
    resource: {
      aws_s3_bucket: {
        documents_bucket: { bucket: "shop", tags: { Name: "shop-documents" } },
        more_bucket: { bucket: '${var.logs ? "a" : "b"}' },
      },
      aws_s3_bucket_versioning: {
        documents_versions: {
          bucket: "${aws_s3_bucket.documents_bucket.id}",
          depends_on: ["aws_s3_bucket.documents_bucket"],
          versioning_configuration: { status: "Enabled" },
        },
      },
      aws_s3_bucket_policy: {
        documents_policy: {
          policy: '${jsonencode({"Resource" = "${aws_s3_bucket.documents_bucket.arn}/*"})}',
          lifecycle: { ignore_changes: ["policy"] },
        },
      },
    },
  });
});

test("a value of the module that a function of CDKTF changes is refused", () => {
  expect(() =>
    built((scope, input) => {
      new S3Bucket(scope, "a", { bucket: `${input.logs("a", "b")}`.toUpperCase() });
    }),
  ).toThrow("a deploy-time value that was cut or changed in TypeScript");
});

test.each<[string, RegExp, (scope: Construct) => unknown]>([
  [
    "an output",
    /got group\/url, a TerraformOutput of CDKTF; allowed: resources and data sources; return the value from build\(\)/,
    (scope) => new TerraformOutput(new Construct(scope, "group"), "url", { value: "a" }),
  ],
  [
    "a variable",
    /a TerraformVariable of CDKTF; .*declare an input/,
    (scope) => new TerraformVariable(scope, "name", { type: "string" }),
  ],
  [
    "a move",
    /got moved of CDKTF's own classes; allowed: renamedFrom/,
    (scope) => new S3Bucket(scope, "now", {}).moveFromId("aws_s3_bucket.before"),
  ],
  [
    "an import",
    /got import of CDKTF's own classes; allowed: .*imports of the module's call/,
    (scope) => new S3Bucket(scope, "now", {}).importFrom("shop"),
  ],
  [
    "the address of a resource()",
    /got aws_s3_bucket\.a_b, which .*\.ts:\d+:\d+ has already/,
    (scope) => {
      resource(scope, S3Bucket, "a_b", {});
      new S3Bucket(new Construct(scope, "a"), "b", {});
    },
  ],
  [
    "an attribute of such a resource in raw HCL",
    /got \$\{TfToken\[[^\]]+\]\}, a token of CDKTF; allowed: literals/,
    (scope) => resource(scope, IamPolicy, "a", { policy: hcl<string>`lower(${new S3Bucket(scope, "raw", {}).arn})` }),
  ],
  [
    "an attribute of such a resource in text within raw HCL",
    /a token of CDKTF; allowed: literals/,
    (scope) => jsonencode({ [new S3Bucket(scope, "raw", {}).arn]: 1 }),
  ],
  [
    "an attribute of such a resource as an argument of resource()",
    /a token of CDKTF/,
    (scope) => resource(scope, IamPolicy, "a", { policy: new S3Bucket(scope, "raw", {}).arn }),
  ],
])("%s in it is refused with what takes its place", (_, message, build) => {
  expect(() => built((scope) => void build(scope))).toThrow(message);
});
