import { RESOURCE_TAGS, ROOTS } from "../../../lib/guardrails/roots";
import { Reference, Unknown, type Value } from "../../../lib/hcl";
import { type Case, testRows } from "./cases";
import { judgeRoot, resourceOf, rootOf } from "./fixture";

const versions = (version: Value) => ({ required_providers: { aws: { source: "hashicorp/aws", version } } });
const aws = (...aws: Value[]) => ({ providers: { aws } });
const backend = (s3: Value) => ({ terraform: { backend: { s3 } } });
const moduleWith = (requirement: { readonly [name: string]: Value }) => ({
  terraform: { required_version: "~> 1.11" },
  requirements: { "modules/s3": requirement },
});

const tags = { App: "orders", CostCenter: "1", Env: "dev", Owner: "platform" };
const encrypted = { encrypt: true, kms_key_id: "alias/terraform-state" };

const cases: readonly Case[] = [
  ["provider-version-exact", "it is", { terraform: versions("5.100.0") }, "holds"],
  ["provider-version-exact", "it is a range", { terraform: versions("~> 5.100") }, 'broken: aws = "~> 5.100"'],
  [
    "provider-version-exact",
    "it is written in short",
    { terraform: { required_providers: { aws: ">= 5.0" } } },
    'broken: aws = ">= 5.0"',
  ],
  ["provider-version-exact", "none is given", { terraform: versions(null) }, "broken: aws = null"],
  [
    "version-ranges-bounded",
    "they are",
    moduleWith({ required_version: ">= 1.11.0, < 2.0.0", ...versions(">= 5.100.0, < 6.0.0") }),
    "holds",
  ],
  ["version-ranges-bounded", "Terraform's is missing", {}, "broken: required_version = null"],
  [
    "version-ranges-bounded",
    "a module takes every later Terraform",
    moduleWith({ required_version: ">= 1.11.0" }),
    'broken: modules/s3: required_version = ">= 1.11.0"',
  ],
  [
    "version-ranges-bounded",
    "a module takes every later provider",
    moduleWith({ required_version: "< 2.0.0", ...versions(">= 5.100.0") }),
    'broken: modules/s3: aws = ">= 5.100.0"',
  ],
  ["provider-account-pinned", "it is", aws({ allowed_account_ids: ["111111111111"] }), "holds"],
  [
    "provider-account-pinned",
    "one with an alias is not",
    aws({ allowed_account_ids: ["111111111111"] }, { alias: "dns" }),
    "broken: provider.aws[1].allowed_account_ids = null",
  ],
  [
    "provider-account-pinned",
    "two are allowed",
    aws({ allowed_account_ids: ["1", "2"] }),
    'broken: provider.aws[0].allowed_account_ids = ["1", "2"]',
  ],
  [
    "provider-account-pinned",
    "the provider has no configuration",
    { terraform: versions("5.100.0") },
    "broken: no configuration of the aws provider",
  ],
  [
    "provider-account-pinned",
    "they are open",
    aws({ allowed_account_ids: new Unknown() }),
    "unknown: provider.aws[0].allowed_account_ids = (known after apply)",
  ],
  ["provider-no-credentials", "none are", { ...aws({ region: "us-east-1" }), ...backend(encrypted) }, "holds"],
  [
    "provider-no-credentials",
    "a cluster tells its token",
    { providers: { kubernetes: [{ token: new Reference("module.cluster.data.aws_eks_cluster_auth.this", "token") }] } },
    "holds",
  ],
  [
    "provider-no-credentials",
    "one is, and is not shown",
    aws({ secret_key: "s3cr3t" }),
    "broken: provider.aws[0].secret_key",
  ],
  ["provider-no-credentials", "the backend has one", backend({ access_key: "A" }), "broken: backend.s3.access_key"],
  ["provider-no-credentials", "one is open", aws({ token: new Unknown() }), "unknown: provider.aws[0].token"],
  ["state-encrypted", "it is", backend(encrypted), "holds"],
  [
    "state-encrypted",
    "it is kept elsewhere",
    { terraform: { backend: { local: {} } } },
    "broken: backend.s3.encrypt = null",
  ],
  ["state-encrypted", "AWS has the key", backend({ encrypt: true }), "broken: backend.s3.kms_key_id = null"],
  ["state-locked", "by a file", backend({ use_lockfile: true }), "holds"],
  ["state-locked", "by a table", backend({ dynamodb_table: "terraform-locks" }), "holds"],
  ["state-locked", "there is another breach where it is kept elsewhere", {}, "holds"],
  [
    "state-locked",
    "it is not",
    backend({ use_lockfile: false }),
    "broken: backend.s3.use_lockfile = false and backend.s3.dynamodb_table = null",
  ],
  ["default-tags", "all are there", aws({ default_tags: [{ tags }] }), "holds"],
  [
    "default-tags",
    "one is empty",
    aws({ default_tags: [{ tags: { ...tags, Owner: "" } }] }),
    'broken: provider.aws[0].default_tags.tags.Owner = ""',
  ],
  [
    "default-tags",
    "an alias has none",
    aws({ default_tags: [{ tags }] }, { alias: "dns" }),
    "broken: provider.aws[1].default_tags.tags.App = null",
  ],
  [
    "default-tags",
    "they are open",
    aws({ default_tags: new Unknown() }),
    "unknown: provider.aws[0].default_tags.tags.App = (known after apply)",
  ],
  ["root-only-calls", "it does", { ownBlocks: [] }, "holds"],
  ["root-only-calls", "it has a bucket", { ownBlocks: ["aws_s3_bucket.extra"] }, "broken: aws_s3_bucket.extra"],
];

testRows(ROOTS, cases);

test.each<[string, Value, object]>([
  ["there are no tags", null, { outcome: "holds" }],
  ["there are others", { Name: "orders" }, { outcome: "holds" }],
  ["it says the same", { Env: "dev" }, { outcome: "holds" }],
  ["it says something else", { Env: "prod" }, { outcome: "broken", got: 'tags.Env = "prod"' }],
  ["it is open", { Env: new Unknown() }, { outcome: "unknown", got: "tags.Env = (known after apply)" }],
  ["all are open", new Unknown(), { outcome: "unknown", got: "tags = (known after apply)" }],
])("tags-not-overridden: %s", (_, own, verdict) => {
  const topic = resourceOf("aws_sns_topic", { tags: own });
  const root = rootOf([topic], aws({ default_tags: [{ tags }] }));
  expect(RESOURCE_TAGS[0].judge(topic, root)).toEqual(verdict);
});

test("a root without anything breaks no rule about what it does not have", () => {
  const broken = ROOTS.filter((row) => judgeRoot(row, {}) !== "holds").map(({ id }) => id);
  expect(broken).toEqual(["version-ranges-bounded", "state-encrypted"]);
});
