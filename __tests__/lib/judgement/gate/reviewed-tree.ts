/** A small tree with one of everything that a plan's configuration repeats, and real plans of changed copies of it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { z } from "zod";
import { defineModule, readyAfter, resource, resourceForEach, resourceIf, sensitive } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { inOfflineCopy, type PlanJson, planJson, readPlan } from "../../../../lib/terraform";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { newRoot } from "../../generator/support";

export const ROOT = "environments/shop/dev";

const Buckets = defineModule({
  name: "buckets",
  description: "Buckets.",
  providers: ["aws", "aws.replica"],
  inputs: {
    names: z.record(z.string(), z.string()).describe("Names by key."),
    main: z.string().default("main").describe("Name of the first."),
    spare: z.boolean().default(false).describe("Whether there is a spare one."),
    owner: sensitive(z.string()).describe("Who owns them."),
  },
  outputs: { name: z.string().describe("Name of the first.") },
  example: { names: { a: "a" }, owner: "o" },
  build(scope, input, providers) {
    const first = resource(scope, S3Bucket, "this", { bucket: input.main, tags: { Owner: input.owner } });
    const versions = resource(scope, S3BucketVersioningA, "this", {
      bucket: first.id,
      versioningConfiguration: { status: "Enabled" },
      dependsOn: [first],
    });
    resourceForEach(scope, S3Bucket, "each", input.names, (name) => ({ bucket: name }));
    resourceIf(scope, S3Bucket, "spare", input.spare, { bucket: "spare" });
    resource(scope, S3Bucket, "replica", { bucket: "replica", provider: providers["aws.replica"] });
    return { name: readyAfter(first.bucket, versions) };
  },
});

const Plain = defineModule({
  name: "plain",
  description: "A bucket.",
  inputs: { name: z.string().describe("Name.") },
  outputs: { name: z.string().describe("Name.") },
  example: { name: "a" },
  build(scope, input) {
    return { name: resource(scope, S3Bucket, "this", { bucket: input.name }).bucket };
  },
});

export function writeReviewed(folder: string): Configurations {
  const root = newRoot();
  const replica = root.awsAlias("replica", "eu-west-1");
  const buckets = new Buckets(
    root,
    "buckets",
    { names: { a: "a", b: "b" }, owner: "me" },
    { providers: { "aws.replica": replica } },
  );
  new Plain(root, "plain", { name: "plain" });
  new Plain(root, "far", { name: "far" }, { providers: { aws: replica } });
  root.output("name", buckets.name, "Name of the first.");
  writeTree(folder, renderTree([root]));
  return new Configurations(readTree(folder));
}

type Change = (content: string) => string;

/** The plan of an offline copy in which files are changed. @param changes by file below the tree; new ones are made */
export function planOf(folder: string, changes: readonly (readonly [string, Change])[]): Promise<PlanJson> {
  return inOfflineCopy(folder, ROOT, async (copy) => {
    for (const [file, change] of changes) {
      const place = path.join(copy.folder, "../../..", file);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, change(readFileSync(place, { encoding: "utf8", flag: "a+" })));
    }
    return readPlan(ROOT, await planJson(await withVerifiedProvider(copy)));
  });
}
