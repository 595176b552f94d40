import { RESOURCE_TAGS, ROOTS } from "../../../../lib/judgement/guardrails/roots";
import { Reference, Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";
import { proveRows } from "./rows";

const versions = (version: Value) => ({ required_providers: { aws: { source: "hashicorp/aws", version } } });
const aws = (...aws: Value[]) => ({ providers: { aws } });
const backend = (s3: Value) => ({ terraform: { backend: { s3 } } });
const moduleWith = (requirement: { readonly [name: string]: Value }) => ({
  terraform: { required_version: "~> 1.11" },
  requirements: { "modules/s3": requirement },
});

const tags = { App: "shop", CostCenter: "1", Env: "dev", Owner: "platform" };
/** A topic with tags of its own in a root that has others for everything. */
const tagged = (own: Value) => ({
  ...aws({ default_tags: [{ tags }] }),
  resources: [resourceOf("aws_sns_topic", { tags: own })],
});
const encrypted = { encrypt: true, kms_key_id: "alias/terraform-state" };

proveRows([...ROOTS, ...RESOURCE_TAGS], {
  "provider-version-exact": [
    ["holds where it is", { terraform: versions("5.100.0") }, "holds"],
    ["is broken where it is a range", { terraform: versions("~> 5.100") }, 'broken: aws = "~> 5.100"'],
    [
      "is broken where it is written in short",
      { terraform: { required_providers: { aws: ">= 5.0" } } },
      'broken: aws = ">= 5.0"',
    ],
    ["is broken where none is given", { terraform: versions(null) }, "broken: aws = null"],
  ],
  "version-ranges-bounded": [
    [
      "holds where they are",
      moduleWith({ required_version: ">= 1.11.0, < 2.0.0", ...versions(">= 5.100.0, < 6.0.0") }),
      "holds",
    ],
    ["is broken where Terraform's is missing", {}, "broken: required_version = null"],
    [
      "is broken where a module takes every later Terraform",
      moduleWith({ required_version: ">= 1.11.0" }),
      'broken: modules/s3: required_version = ">= 1.11.0"',
    ],
    [
      "is broken where a module takes every later provider",
      moduleWith({ required_version: "~> 1.11", ...versions(">= 5.100.0") }),
      'broken: modules/s3: aws = ">= 5.100.0"',
    ],
    [
      "holds where a module accepts two major versions of a provider",
      moduleWith({ required_version: "< 2.0.0, >= 1.0.0", ...versions(">= 5.100.0, < 7.0.0") }),
      "holds",
    ],
    [
      "is broken where a module accepts three",
      moduleWith({ required_version: "~> 1.11", ...versions(">= 5.100.0, <= 7.0.0") }),
      'broken: modules/s3: aws = ">= 5.100.0, <= 7.0.0"',
    ],
    [
      "is broken where a bound is far away",
      moduleWith({ required_version: "~> 1.11", ...versions("< 100.0.0, >= 5.100.0") }),
      'broken: modules/s3: aws = "< 100.0.0, >= 5.100.0"',
    ],
    [
      "is broken where one number after ~> bounds nothing",
      moduleWith({ required_version: "~> 1" }),
      'broken: modules/s3: required_version = "~> 1"',
    ],
    [
      "is broken where a version is excluded and none is the last",
      moduleWith({ required_version: "~> 1.11", ...versions(">= 5.100.0, != 7.0.0") }),
      'broken: modules/s3: aws = ">= 5.100.0, != 7.0.0"',
    ],
  ],
  "provider-account-pinned": [
    ["holds where it is", aws({ allowed_account_ids: ["111111111111"] }), "holds"],
    [
      "is broken where one with an alias is not",
      aws({ allowed_account_ids: ["111111111111"] }, { alias: "dns" }),
      "broken: provider.aws[1].allowed_account_ids = null",
    ],
    [
      "is broken where two are allowed",
      aws({ allowed_account_ids: ["1", "2"] }),
      'broken: provider.aws[0].allowed_account_ids = ["1", "2"]',
    ],
    [
      "is broken where the provider has no configuration",
      { terraform: versions("5.100.0") },
      "broken: no configuration of the aws provider",
    ],
    [
      "is undecided where they are open",
      aws({ allowed_account_ids: new Unknown() }),
      "unknown: provider.aws[0].allowed_account_ids = (known after apply)",
    ],
  ],
  "provider-no-credentials": [
    ["holds where none are", { ...aws({ region: "us-east-1" }), ...backend(encrypted) }, "holds"],
    [
      "holds where a cluster tells its token",
      {
        providers: { kubernetes: [{ token: new Reference("module.cluster.data.aws_eks_cluster_auth.this", "token") }] },
      },
      "holds",
    ],
    ["is broken where one is, and is not shown", aws({ secret_key: "s3cr3t" }), "broken: provider.aws[0].secret_key"],
    ["is broken where the backend has one", backend({ access_key: "A" }), "broken: backend.s3.access_key"],
    ["is undecided where one is open", aws({ token: new Unknown() }), "unknown: provider.aws[0].token"],
  ],
  "state-encrypted": [
    ["holds where it is", backend(encrypted), "holds"],
    [
      "is broken where it is kept elsewhere",
      { terraform: { backend: { local: {} } } },
      "broken: backend.s3.encrypt = null",
    ],
    ["is broken where AWS has the key", backend({ encrypt: true }), "broken: backend.s3.kms_key_id = null"],
  ],
  "state-locked": [
    ["holds by a file", backend({ use_lockfile: true }), "holds"],
    ["holds by a table", backend({ dynamodb_table: "terraform-locks" }), "holds"],
    ["holds where state is kept elsewhere, which is a breach of its own", {}, "holds"],
    [
      "is broken where it is not",
      backend({ use_lockfile: false }),
      "broken: backend.s3.use_lockfile = false and backend.s3.dynamodb_table = null",
    ],
  ],
  "default-tags": [
    ["holds where all are there", aws({ default_tags: [{ tags }] }), "holds"],
    [
      "is broken where one is empty",
      aws({ default_tags: [{ tags: { ...tags, Owner: "" } }] }),
      'broken: provider.aws[0].default_tags.tags.Owner = ""',
    ],
    [
      "is broken where an alias has none",
      aws({ default_tags: [{ tags }] }, { alias: "dns" }),
      "broken: provider.aws[1].default_tags.tags.App = null",
    ],
    [
      "is undecided where they are open",
      aws({ default_tags: new Unknown() }),
      "unknown: provider.aws[0].default_tags.tags.App = (known after apply)",
    ],
  ],
  "root-only-calls": [
    ["holds where it does", { ownBlocks: [] }, "holds"],
    ["is broken where it has a bucket", { ownBlocks: ["aws_s3_bucket.extra"] }, "broken: aws_s3_bucket.extra"],
  ],
  "tags-not-overridden": [
    ["holds where there are no tags", tagged(null), "holds"],
    ["holds where there are others", tagged({ Name: "shop" }), "holds"],
    ["holds where it says the same", tagged({ Env: "dev" }), "holds"],
    ["is broken where it says something else", tagged({ Env: "prod" }), 'broken: tags.Env = "prod"'],
    ["is undecided where it is open", tagged({ Env: new Unknown() }), "unknown: tags.Env = (known after apply)"],
    ["is undecided where all are open", tagged(new Unknown()), "unknown: tags = (known after apply)"],
  ],
});

test("a root without anything breaks no rule about what it does not have", () => {
  const broken = ROOTS.filter((row) => row.judgeRoot(rootOf([])).outcome !== "holds").map(({ id }) => id);
  expect(broken).toEqual(["version-ranges-bounded", "state-encrypted"]);
});
