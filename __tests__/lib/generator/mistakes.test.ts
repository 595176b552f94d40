/** Mistakes of an author, each with one message: place, value got, allowed values. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import { z } from "zod";
import { defineModule, hcl, InputError, local, type Root, resource, resourceForEach, sensitive } from "../../../lib";
import { terraformType } from "../../../lib/generator/inputs/types";
import { renderModule } from "../../../lib/generator/module/render";
import { renderRoot } from "../../../lib/generator/root/render";
import { together } from "../../../modules/cloudwatch-alarms/alarm";
import { databaseAlarms } from "../../../modules/cloudwatch-alarms/database-alarms";
import { messagesPerTask } from "../../../modules/ecs-service/backlog";
import { planSubnets } from "../../../modules/vpc/plan";
import { limitedEndpoints, requiredEndpoints } from "../../../modules/vpc-interface-endpoints/services";
import { baselineRules } from "../../../modules/web-acl/rules";
import { built, type Inputs } from "./built-module";
import { failure, input, newRoot } from "./support";

const LINE = "__tests__/lib/generator/mistakes.test.ts:<line>";

/** The only message of a mistake, with `<line>` for the numbers of lines and columns. */
function told(work: () => unknown): string {
  const error = failure(work);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).not.toMatch(/^ {4}at /m);
  return error.message.replace(/:\d+:\d+/g, ":<line>");
}

const LIST = input<string[]>("list", terraformType(z.array(z.string()), "list"));
const DEFINITION = { name: "m", description: "d", outputs: {}, example: {}, build: () => ({}) };
const define = (inputs: Record<string, z.ZodType>) => defineModule({ ...DEFINITION, inputs });

test.each<[string, () => unknown, string, string]>([
  [
    "an input without a description",
    () => define({ a: z.string() }),
    "input a",
    'got no description; allowed: a sentence in .describe("…")',
  ],
  [
    "an optional input without a default",
    () => define({ a: z.string().optional().describe("d") }),
    "input a",
    "got an optional type without a default; allowed: .nullable().default(null)",
  ],
  [
    "a reserved name",
    () => define({ count: z.int().default(1).describe("d") }),
    "input count",
    'got the name "count", an argument of Terraform\'s own; allowed: names other than source, version, providers, count, for_each, lifecycle, depends_on, locals',
  ],
  [
    "a name that Terraform does not take",
    () => define({ "a-b": z.int().default(1).describe("d") }),
    "input a-b",
    'got the name "a-b"; allowed: lower-case letters, digits and underscores, a letter first',
  ],
  [
    "two inputs with one name in Terraform",
    () => define({ maxAge: z.int().default(1).describe("d"), max_age: z.int().default(1).describe("d") }),
    "input max_age",
    'got the name "max_age", as maxAge has in Terraform; allowed: a different name for each',
  ],
  [
    "a default for a secret",
    () => define({ a: sensitive(z.string()).default("x").describe("d") }),
    "input a",
    "got a default for a sensitive input, which stays readable; allowed: no default, or null",
  ],
  [
    "a type that Terraform does not have",
    () => define({ a: z.union([z.string(), z.number()]).describe("d") }),
    "input a",
    "got a union of types; allowed: the types of Terraform: strings, numbers, booleans, enumerations, lists, sets, maps, objects, each nullable or not",
  ],
  [
    "an example that breaks its own type",
    () => define({ a: z.int().min(3).describe("d") }),
    "example",
    "a: got nothing; allowed: an integer, at least 3",
  ],
  [
    "an output that build() does not return",
    () => {
      const outputs = { a: z.string().describe("d") };
      // @ts-expect-error: the output a is missing
      renderModule(defineModule({ ...DEFINITION, inputs: {}, outputs }).specification);
    },
    "modules/m",
    "output a: got nothing from build(); allowed: a value for each declared output",
  ],
  [
    "an input that nothing reads",
    () => renderModule(define({ a: z.string().default("").describe("d") }).specification),
    "modules/m",
    "inputs: got a, which no resource or output reads; allowed: inputs that build() passes to Terraform. A condition in TypeScript does not count: use resourceIf, blockIf or input(ifTrue, ifFalse)",
  ],
])("%s in a definition", (_, work, place, problem) => {
  expect(told(work)).toBe(`${place === "modules/m" ? place : `module m, ${place}`} (${LINE})\n  ${problem}`);
});

test.each<[string, (scope: Construct, input: Inputs) => unknown, string]>([
  [
    "a local twice",
    (scope) => [local(scope, "name", "a"), local(scope, "name", "b")],
    `got local.name, which ${LINE} has already; allowed: a different name for each block`,
  ],
  [
    "a list for for_each",
    (scope) => resourceForEach(scope, S3Bucket, "a", LIST, () => ({})),
    "for_each: got var.list, a list; allowed: a map or a set, whose keys do not depend on an order",
  ],
  [
    "a dependency on an attribute",
    (scope) => resource(scope, S3Bucket, "a", { dependsOn: [resource(scope, S3Bucket, "b", {}).arn] }),
    "aws_s3_bucket.a, depends_on: got aws_s3_bucket.b.arn; allowed: whole resources",
  ],
  [
    "an attribute that the resource does not have",
    // @ts-expect-error: no such attribute
    (scope) => resource(scope, S3Bucket, "a", {}).arm,
    "aws_s3_bucket.a: got arm, which TypeScript reads as undefined; allowed: attributes that Terraform exports",
  ],
  [
    "a provider of a root",
    (scope) => resource(scope, S3Bucket, "a", { provider: newRoot().awsAlias("far", "us-east-1") }),
    "aws_s3_bucket.a, provider: got aws.far of environments/shop/dev; allowed: providers that build() receives",
  ],
  [
    "HCL that ends too early",
    (_, input) => hcl<string>`lower(${input.name} +`,
    "got the end; allowed: an expression at character 17 of lower(var.name +▸",
  ],
  [
    "an unknown function",
    (_, input) => hcl<string>`fromat("%s", ${input.name})`,
    'got the function fromat; allowed: format, tomap, chomp in fromat("%s", var.name)',
  ],
  [
    "too many arguments",
    (_, input) => hcl<string>`lower(${input.name}, "a")`,
    'got 2 arguments for lower; allowed: lower(str) in lower(var.name, "a")',
  ],
  [
    "a deploy-time value in JavaScript",
    (_, input) => JSON.stringify({ name: input.name }),
    "got var.name in JSON.stringify, but only Terraform knows its value; allowed: jsonencode(…)",
  ],
])("%s in a build", (_, build, problem) => {
  expect(told(() => built(build))).toBe(`modules/fixture (${LINE})\n  ${problem}`);
});

test.each<[string, (root: Root) => unknown, string]>([
  [
    "an output twice",
    (root) => [root.output("url", hcl<string>`"a"`, "A."), root.output("url", hcl<string>`"b"`, "B.")],
    'output: got the name "url" twice; allowed: a different name for each output',
  ],
  [
    "a document twice",
    (root) => [root.document("RUNBOOK.md", "a"), root.document("RUNBOOK.md", "b")],
    "document: got RUNBOOK.md twice; allowed: once",
  ],
  [
    "a resource",
    (root) => [resource(root, S3Bucket, "a", {}), renderRoot(root)],
    "got resource in a root; allowed: module calls and outputs",
  ],
  [
    "a network that begins inside of another",
    () => planSubnets({ cidr: "10.30.1.0/16", zones: { a: 0, b: 1 } }),
    'cidr: got "10.30.1.0/16"; allowed: an IPv4 network from /16 to /24; did you mean 10.30.0.0/16?',
  ],
  [
    "one zone",
    () => planSubnets({ cidr: "10.30.0.0/16", zones: { a: 0 } }),
    'zones: got {"a":0}; allowed: two to four availability zones, each at a different place from 0 to 3',
  ],
  [
    "an unknown instance class",
    () => databaseAlarms("shop", { ...THRESHOLDS, instanceClass: "db.x9.huge" }),
    "instanceClass: got db.x9.huge; allowed: db.t3.micro, ",
  ],
  [
    "an alarm behind the last connection",
    () => databaseAlarms("shop", { ...THRESHOLDS, connectionPercent: 100 }),
    "connectionPercent: got 100; allowed: 1 to 95",
  ],
  [
    "alarms twice",
    () => together({ alarms: databaseAlarms("a", THRESHOLDS) }, { alarms: databaseAlarms("b", THRESHOLDS) }),
    "alarms: got database-cpu, database-free-storage, database-connections twice; allowed: a different name for each",
  ],
  [
    "a delay that no task can keep",
    () => messagesPerTask({ acceptableDelaySeconds: 1, secondsPerMessage: 2 }),
    "acceptableDelaySeconds: got 1, secondsPerMessage: got 2; allowed: a delay that is not below",
  ],
  [
    "an action of an unknown service",
    () => requiredEndpoints({ actions: ["braket:CreateJob"], secrets: false }),
    'action: got "braket:CreateJob"; allowed: actions of cloudwatch, ',
  ],
  [
    "a zone without an id",
    () => limitedEndpoints(["logs"], ["us-east-1d"], {}),
    "zoneIds: got none for us-east-1d; allowed: an id such as use1-az4 for each zone",
  ],
  [
    "an unknown rule group",
    () => baselineRules({ requestsPer5Minutes: 100, countedRules: { Bots: ["a"] } }),
    "countedRules: got Bots; allowed: rules of AWSManagedRulesAmazonIpReputationList, ",
  ],
])("%s in a root", (_, compose, problem) => {
  const message = told(() => compose(newRoot()));
  expect(message.slice(0, message.indexOf("\n"))).toBe(`environments/shop/dev (${LINE})`);
  expect(message).toContain(`\n  ${problem}`);
});

const THRESHOLDS = { cpuPercent: 80, freeStorageGiB: 5, instanceClass: "db.t4g.micro", connectionPercent: 80 };
