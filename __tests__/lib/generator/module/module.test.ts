import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { z } from "zod";
import {
  type Choice,
  defineModule,
  type Expression,
  hcl,
  InputError,
  readyAfter,
  resource,
  sensitive,
} from "../../../../lib";
import { codeOf } from "../../../../lib/generator/expression/code";
import { renderModule } from "../../../../lib/generator/module/render";
import { renderRoot } from "../../../../lib/generator/root/render";
import { deployTime, emitted, failure, newRoot } from "../support";

const Bucket = defineModule({
  name: "bucket",
  description: "A bucket.",
  providers: ["aws", "aws.replica"],
  inputs: {
    bucketName: z.string().min(3).describe("Name of the bucket."),
    tier: z.enum(["hot", "cold"]).default("hot").describe("Tier."),
    days: z.int().min(1).nullable().default(null).describe("Days."),
    versioned: z.boolean().default(true).describe("Whether versions are kept."),
  },
  outputs: {
    bucketArn: z.string().describe("ARN."),
    versions: z.boolean().describe("Whether versions are kept."),
    replica: z.object({ domainName: z.string() }).describe("The copy."),
    secret: sensitive(z.string()).describe("Secret."),
  },
  example: { bucketName: "orders" },
  build(scope, input, providers) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.bucketName, tags: { tier: input.tier } });
    const copy = resource(scope, S3Bucket, "copy", { bucketPrefix: "copy-", provider: providers["aws.replica"] });
    const policy = resource(scope, S3BucketPolicy, "this", {
      bucket: bucket.bucket,
      policy: hcl<string>`jsonencode(${input.days})`,
    });
    return {
      bucketArn: readyAfter(bucket.arn, policy, copy),
      versions: input.versioned,
      replica: { domainName: copy.bucketDomainName },
      secret: hcl<string>`md5(${bucket.id})`,
    };
  },
});

describe("the type of a call", () => {
  const root = newRoot();
  const providers = { "aws.replica": root.awsAlias("replica", "eu-west-1") };
  const first = new Bucket(root, "first", { bucketName: "first" }, { providers });

  test("refuses invalid inputs", () => {
    // @ts-expect-error: a missing input
    expect(() => new Bucket(root, "a", { tier: "hot" }, { providers })).toThrow("bucketName: got nothing");
    // @ts-expect-error: an unknown input
    expect(() => new Bucket(root, "a", { bucketName: "abc", tire: "hot" }, { providers })).toThrow("tire: got");
    // @ts-expect-error: a wrong type
    expect(() => new Bucket(root, "a", { bucketName: 5 }, { providers })).toThrow("bucketName: got 5");
    // @ts-expect-error: a word that the enumeration does not have
    expect(() => new Bucket(root, "a", { bucketName: "abc", tier: "warm" }, { providers })).toThrow('tier: got "warm"');
    // @ts-expect-error: null where it is not allowed
    expect(() => new Bucket(root, "a", { bucketName: null }, { providers })).toThrow("bucketName: got null");
    // @ts-expect-error: undefined is not a name
    expect(() => new Bucket(root, "a", { bucketName: undefined }, { providers })).toThrow(InputError);
  });

  test("accepts only expressions of the input's type", () => {
    new Bucket(
      root,
      "named",
      { bucketName: first.bucketArn, versioned: first.versions, days: deployTime<number>("5") },
      { providers },
    );
    // @ts-expect-error: a boolean expression for text
    new Bucket(root, "wrong_text", { bucketName: first.versions }, { providers });
    // @ts-expect-error: a text expression for a boolean
    new Bucket(root, "wrong_switch", { bucketName: "abc", versioned: first.bucketArn }, { providers });
    // @ts-expect-error: any text for an enumeration
    new Bucket(root, "wrong_word", { bucketName: "abc", tier: first.bucketArn }, { providers });
    // @ts-expect-error: a value that may be null for one that may not
    new Bucket(root, "wrong_null", { bucketName: deployTime<string | null>("null") }, { providers });
    // @ts-expect-error: an object for text
    new Bucket(root, "wrong_object", { bucketName: first.replica }, { providers });
  });

  test("has exactly the declared outputs with their types", () => {
    const arn: Expression<string> = first.bucketArn;
    const versions: Choice = first.versions;
    const domain: Expression<string> = first.replica.domainName;
    expect([arn, versions, domain].map(codeOf)).toEqual(
      ["bucket_arn", "versions", "replica.domain_name"].map((name) => ({
        hcl: `module.first.${name}`,
        owner: "environments/shop/dev",
      })),
    );
    // @ts-expect-error: an output that the module does not have
    expect(first.bucketName).toBeUndefined();
    // @ts-expect-error: an output of another type
    const number: Expression<number> = first.bucketArn;
    expect(number).toBe(arn);
  });

  test("requires exactly the declared provider aliases", () => {
    // @ts-expect-error: the alias is missing
    expect(() => new Bucket(root, "none", { bucketName: "abc" })).toThrow("aws.replica");
    const options = { providers: { "aws.copy": providers["aws.replica"] } };
    // @ts-expect-error: another alias
    expect(() => new Bucket(root, "other", { bucketName: "abc" }, options)).toThrow("aws.replica");
  });
});

describe("the emitted module", () => {
  test("declares provider aliases, and a call passes them", () => {
    expect(emitted(Bucket, "versions.tf.json")).toMatchObject({
      terraform: {
        required_providers: {
          aws: {
            source: "registry.terraform.io/hashicorp/aws",
            version: ">= 5.100.0, < 6.0.0",
            configuration_aliases: ["aws.replica"],
          },
        },
      },
    });
    expect(emitted(Bucket, "main.tf.json")).toHaveProperty("resource.aws_s3_bucket.copy.provider", "aws.replica");
    const root = newRoot();
    new Bucket(
      root,
      "documents",
      { bucketName: "abc" },
      { providers: { "aws.replica": root.awsAlias("ireland", "eu-west-1") } },
    );
    const main = renderRoot(root).find((file) => file.path.endsWith("/main.tf.json"));
    expect(JSON.parse(main?.content ?? "")).toHaveProperty("module.documents", {
      source: "../../../modules/bucket",
      providers: { aws: "aws", "aws.replica": "aws.ireland" },
      bucket_name: "abc",
    });
  });

  test("has outputs with description, sensitivity and dependencies", () => {
    expect(emitted(Bucket, "outputs.tf.json")).toHaveProperty("output", {
      bucket_arn: {
        description: "ARN.",
        value: "${aws_s3_bucket.this.arn}",
        depends_on: ["aws_s3_bucket_policy.this", "aws_s3_bucket.copy"],
      },
      replica: { description: "The copy.", value: { domain_name: "${aws_s3_bucket.copy.bucket_domain_name}" } },
      secret: { description: "Secret.", value: "${md5(aws_s3_bucket.this.id)}", sensitive: true },
      versions: { description: "Whether versions are kept.", value: "${var.versioned}" },
    });
  });
});

test("a module without inputs, resources or outputs has no files with empty blocks, which Terraform rejects", () => {
  const Empty = defineModule({
    name: "empty",
    description: "d",
    inputs: {},
    outputs: {},
    example: {},
    build: () => ({}),
  });
  const files = renderModule(Empty.specification).map((file) => file.path);
  expect(files).toEqual(["modules/empty/versions.tf.json", "modules/empty/README.md"]);
});

describe("a definition", () => {
  const base = { name: "m", description: "d", outputs: { a: z.string().describe("d") }, example: {} };
  const build = () => ({ a: "x" });
  const define = (inputs: Record<string, z.ZodType>, example: Record<string, unknown> = {}) =>
    failure(() => emitted(defineModule({ ...base, inputs, example, build }), "main.tf.json")).message;

  test("with an input that nothing reads is refused", () => {
    expect(define({ sizeGiB: z.int().default(1).describe("d"), b: z.string().default("").describe("d") })).toMatch(
      "inputs: got sizeGiB, b, which no resource or output reads; allowed: inputs that build() passes to Terraform",
    );
  });

  test("with an example that violates its schema is refused", () => {
    expect(define({ size: z.int().max(5).describe("d") }, { size: 6 })).toMatch(
      /^module m, example \(\S+module\.test\.ts:\d+:\d+\)\n {2}size: got 6; allowed: an integer, at most 5$/,
    );
    // @ts-expect-error: and it does not compile
    expect(() => defineModule({ ...base, inputs: { b: z.int().describe("d") }, example: { b: "x" }, build })).toThrow(
      'b: got "x"',
    );
  });

  test("with an input or output without a description is refused", () => {
    expect(define({ size: z.int() })).toMatch(
      /^module m, input size \(\S+module\.test\.ts:\d+:\d+\)\n {2}got no description; allowed: a sentence in \.describe\("…"\)$/,
    );
    expect(() => defineModule({ ...base, inputs: {}, outputs: { a: z.string() }, build })).toThrow(
      /^module m, output a \(.*\)\n {2}got no description/,
    );
  });

  test("with an optional input without a default is refused, because the Terraform variable would be required", () => {
    expect(define({ size: z.int().optional().describe("d") })).toContain(
      "got an optional type without a default; allowed: .nullable().default(null)",
    );
  });

  test("with a default for a sensitive input, which would be readable, is refused", () => {
    expect(define({ password: sensitive(z.string()).default("open sesame").describe("d") })).toContain(
      "got a default for a sensitive input, which stays readable; allowed: no default, or null",
    );
  });

  test.each(["source", "version", "providers", "count", "forEach", "lifecycle", "dependsOn", "locals"])(
    "with an input called %s, which means something else in a module block, is refused",
    (name) => {
      expect(define({ [name]: z.string().default("").describe("d") })).toMatch(
        new RegExp(
          `module m, input ${name} .*\n {2}got the name ".*", an argument of Terraform's own; allowed: names other`,
        ),
      );
    },
  );

  test("with two names that are the same in Terraform is refused", () => {
    expect(define({ maxAge: z.int().default(1).describe("d"), max_age: z.int().default(1).describe("d") })).toMatch(
      'got the name "max_age", as maxAge has in Terraform; allowed: a different name for each',
    );
  });

  test("whose build omits an output does not compile and is refused", () => {
    // @ts-expect-error: the output a is missing
    const Forgetful = defineModule({ ...base, inputs: {}, build: () => ({}) });
    expect(failure(() => emitted(Forgetful, "outputs.tf.json")).message).toContain(
      "output a: got nothing from build(); allowed: a value for each declared output",
    );
  });
});
