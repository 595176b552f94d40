import { RESOURCE_TAGS, ROOTS } from "../../../../lib/judgement/guardrails/roots";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";
import { proveRows } from "./rows";

const versions = (version: HclValue) => ({ required_providers: { aws: { source: "hashicorp/aws", version } } });
const aws = (...aws: HclValue[]) => ({ providers: { aws } });
const backend = (s3: HclValue) => ({ terraform: { backend: { s3 } } });
const moduleWith = (requirement: { readonly [name: string]: HclValue }) => ({
  terraform: { required_version: "~> 1.11" },
  requirements: { "modules/s3": requirement },
});

const tags = { App: "shop", CostCenter: "1", Env: "dev", Owner: "platform" };
/** A topic with its own tags in a root with default tags. */
const tagged = (own: HclValue) => ({
  ...aws({ default_tags: [{ tags }] }),
  resources: [resourceOf("aws_sns_topic", { tags: own })],
});

proveRows([...ROOTS, ...RESOURCE_TAGS], {
  "provider-version-exact": [
    ["holds if it is", { terraform: versions("5.100.0") }, "holds"],
    ["is broken if it is a range", { terraform: versions("~> 5.100") }, 'broken: aws = "~> 5.100"'],
    [
      "is broken for a range without an upper bound",
      { terraform: { required_providers: { aws: ">= 5.0" } } },
      'broken: aws = ">= 5.0"',
    ],
    ["is broken if none is given", { terraform: versions(null) }, "broken: aws = null"],
  ],
  "version-ranges-bounded": [
    [
      "holds if they are",
      moduleWith({ required_version: ">= 1.11.0, < 2.0.0", ...versions(">= 5.100.0, < 6.0.0") }),
      "holds",
    ],
    ["is broken if Terraform's is missing", {}, "broken: required_version = null"],
    [
      "is broken if a module accepts every later Terraform",
      moduleWith({ required_version: ">= 1.11.0" }),
      'broken: modules/s3: required_version = ">= 1.11.0"',
    ],
    [
      "is broken if a module accepts every later provider",
      moduleWith({ required_version: ">= 1.11.0, < 2.0.0", ...versions(">= 5.100.0") }),
      'broken: modules/s3: aws = ">= 5.100.0"',
    ],
    [
      "holds if a module accepts two major versions of a provider",
      moduleWith({ required_version: "< 2.0.0, >= 1.0.0", ...versions(">= 5.100.0, < 7.0.0") }),
      "holds",
    ],
    [
      "is broken if a module accepts three",
      moduleWith({ required_version: "~> 1.11", ...versions(">= 5.100.0, <= 7.0.0") }),
      'broken: modules/s3: aws = ">= 5.100.0, <= 7.0.0"',
    ],
    [
      "is broken if a bound is far away",
      moduleWith({ required_version: "~> 1.11", ...versions("< 100.0.0, >= 5.100.0") }),
      'broken: modules/s3: aws = "< 100.0.0, >= 5.100.0"',
    ],
    [
      "is broken if one number after ~> bounds nothing",
      moduleWith({ required_version: "~> 1" }),
      'broken: modules/s3: required_version = "~> 1"',
    ],
    [
      "is broken if a version is excluded and none is the last",
      moduleWith({ required_version: "~> 1.11", ...versions(">= 5.100.0, != 7.0.0") }),
      'broken: modules/s3: aws = ">= 5.100.0, != 7.0.0"',
    ],
  ],
  "provider-account-pinned": [
    ["holds if it is", aws({ allowed_account_ids: ["111111111111"] }), "holds"],
    [
      "is broken if one with an alias is not",
      aws({ allowed_account_ids: ["111111111111"] }, { alias: "dns" }),
      "broken: provider.aws[1].allowed_account_ids = null",
    ],
    [
      "is broken if two are allowed",
      aws({ allowed_account_ids: ["1", "2"] }),
      'broken: provider.aws[0].allowed_account_ids = ["1", "2"]',
    ],
    [
      "is broken if the provider has no configuration",
      { terraform: versions("5.100.0") },
      "broken: no configuration of the aws provider",
    ],
    [
      "is unknown if they are unknown",
      aws({ allowed_account_ids: new Unknown() }),
      "unknown: provider.aws[0].allowed_account_ids = (known after apply)",
    ],
  ],
  "provider-no-credentials": [
    [
      "holds without credentials",
      { ...aws({ region: "us-east-1" }), ...backend({ kms_key_id: "alias/state" }) },
      "holds",
    ],
    [
      "holds for a token from a cluster's data source",
      {
        providers: { kubernetes: [{ token: new Reference("module.cluster.data.aws_eks_cluster_auth.this", "token") }] },
      },
      "holds",
    ],
    ["is broken if one does, without showing it", aws({ secret_key: "s3cr3t" }), "broken: provider.aws[0].secret_key"],
    ["is broken if the backend has one", backend({ access_key: "A" }), "broken: backend.s3.access_key"],
    [
      "is broken for a connection string with a password",
      { terraform: { backend: { pg: { conn_str: "postgres://state:hunter2x@db.example.com/state" } } } },
      "broken: backend.pg.conn_str holds a URL with a password",
    ],
    [
      "holds for the name of a key",
      { terraform: { backend: { gcs: { kms_encryption_key: "projects/a/locations/b/keyRings/c/cryptoKeys/d" } } } },
      "holds",
    ],
    [
      "is broken for a password in the environment of a command",
      { terraform: { backend: { kubernetes: { exec: { env: { DB_PASSWORD: "hunter2" } } } } } },
      "broken: backend.kubernetes.exec.env.DB_PASSWORD holds a literal value",
    ],
    [
      "is broken for a password of a backend's own name",
      { terraform: { backend: { azurerm: { sas_token: "sv=2024" } } } },
      "broken: backend.azurerm.sas_token",
    ],
    ["is unknown if one is unknown", aws({ token: new Unknown() }), "unknown: provider.aws[0].token"],
  ],
  "default-tags": [
    ["holds with all tags", aws({ default_tags: [{ tags }] }), "holds"],
    [
      "is broken if one is empty",
      aws({ default_tags: [{ tags: { ...tags, Owner: "" } }] }),
      'broken: provider.aws[0].default_tags.tags.Owner = ""',
    ],
    [
      "is broken if an alias has none",
      aws({ default_tags: [{ tags }] }, { alias: "dns" }),
      "broken: provider.aws[1].default_tags.tags.App = null",
    ],
    [
      "is unknown if they are unknown",
      aws({ default_tags: new Unknown() }),
      "unknown: provider.aws[0].default_tags.tags.App = (known after apply)",
    ],
  ],
  "root-only-calls": [
    ["holds if it does", { ownBlocks: [] }, "holds"],
    ["is broken if it has a bucket", { ownBlocks: ["aws_s3_bucket.extra"] }, "broken: aws_s3_bucket.extra"],
  ],
  "tags-not-overridden": [
    ["holds if there are no tags", tagged(null), "holds"],
    ["holds with other tags", tagged({ Name: "shop" }), "holds"],
    ["holds with the same value", tagged({ Env: "dev" }), "holds"],
    ["is broken if it has another value", tagged({ Env: "prod" }), 'broken: tags.Env = "prod"'],
    ["is unknown if it is unknown", tagged({ Env: new Unknown() }), "unknown: tags.Env = (known after apply)"],
    ["is unknown if all are unknown", tagged(new Unknown()), "unknown: tags = (known after apply)"],
  ],
});

test("an empty root breaks no rule about resources that it does not have", () => {
  const broken = ROOTS.filter((row) => row.judgeRoot(rootOf([])).outcome !== "holds").map(({ id }) => id);
  expect(broken).toEqual(["version-ranges-bounded"]);
});
