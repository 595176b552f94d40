import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  defineModule,
  isSet,
  type Root,
  readyAfter,
  resource,
  resourceForEach,
  resourceIf,
  set,
} from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { unknownKeyProblems } from "../../../../lib/judgement/configuration/unknown-keys";
import { failure, newRoot } from "../../generator/support";

const Bucket = defineModule({
  name: "bucket",
  description: "d",
  inputs: { name: z.string().describe("d") },
  outputs: { arn: z.string().describe("d"), name: z.string().describe("d") },
  example: { name: "a" },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name });
    return { arn: bucket.arn, name: readyAfter(bucket.bucket) };
  },
});

const Copies = defineModule({
  name: "copies",
  description: "d",
  inputs: {
    names: set(z.string()).default([]).describe("d"),
    named: z.record(z.string(), z.string()).default({}).describe("d"),
    arn: z.string().nullable().default(null).describe("d"),
    boxed: z.object({ arn: z.string() }).nullable().default(null).describe("d"),
  },
  outputs: {},
  example: {},
  build(scope, input) {
    resourceForEach(scope, S3Bucket, "names", input.names, (name) => ({ bucket: name }));
    resourceForEach(scope, S3Bucket, "named", input.named, (name) => ({ bucket: name }));
    resourceIf(scope, S3Bucket, "arn", isSet(input.arn), (arn) => ({ bucket: arn }));
    resourceIf(scope, S3Bucket, "boxed", isSet(input.boxed), ({ arn }) => ({ bucket: arn }));
    return {};
  },
});

type Inputs = ConstructorParameters<typeof Copies>[2];

function configured(call: (root: Root, arn: InstanceType<typeof Bucket>) => unknown) {
  const root = newRoot();
  call(root, new Bucket(root, "made", { name: "made" }));
  return new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content]))).root(root.address);
}

const problems = (inputs: (bucket: InstanceType<typeof Bucket>) => Inputs) =>
  unknownKeyProblems(
    configured((root, bucket) => new Copies(root, "copies", inputs(bucket))),
    () => new Map([["environments/shop/dev module.copies", "system.ts:7:3"]]),
  );

const message = (resourceName: string) =>
  `environments/shop/dev: module.copies.aws_s3_bucket.${resourceName} (system.ts:7:3)\n  count or for_each: got ` +
  "module.made.aws_s3_bucket.this.arn, which only an apply tells; allowed: values that the source knows: a map with keys of its " +
  "own around the values, or an object around a value that may be null";

test("keys and switches that only an apply tells are a problem with the line of the call and the way out", () => {
  expect(problems(({ arn }) => ({ names: [arn, "b"] }))).toEqual([message("names")]);
  expect(problems(({ arn }) => ({ arn }))).toEqual([message("arn")]);
});

test("keys of the source, and an object around the value, are known", () => {
  expect(problems(({ arn }) => ({ named: { made: arn }, boxed: { arn } }))).toEqual([]);
});

test("a value that the source gives to the other resource is known", () => {
  expect(problems(({ name }) => ({ names: [name], arn: name }))).toEqual([]);
});

test("a key that a map does not have is an error with the keys that it has, the root and the resource", () => {
  const Missing = defineModule({
    name: "missing",
    description: "d",
    inputs: { names: z.record(z.string(), z.string()).describe("d") },
    outputs: {},
    example: { names: {} },
    build(scope, input) {
      resource(scope, S3Bucket, "this", { bucket: input.names.at("c") });
      return {};
    },
  });
  const { message } = failure(() => configured((root) => new Missing(root, "missing", { names: { a: "1", b: "2" } })));
  expect(message).toBe(
    'environments/shop/dev: module.missing.aws_s3_bucket.this, of modules/missing\n  got the key "c"; allowed: a, b',
  );
});
