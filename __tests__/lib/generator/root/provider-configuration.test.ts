import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { defineModule, type Root, resource } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations } from "../../../../lib/judgement/configuration";
import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { inOfflineCopy, planJson, readPlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { temporaryFolder } from "../../terraform/sample";
import { deployTime, failure, jsonOf, newRoot } from "../support";

const Copies = defineModule({
  name: "copies",
  description: "d",
  providers: ["aws", "aws.archive"],
  inputs: {},
  outputs: {},
  example: {},
  build(scope, _, providers) {
    resource(scope, S3Bucket, "this", { bucket: "copies", provider: providers["aws.archive"] });
    return {};
  },
});
const Platform = defineModule({
  name: "platform",
  description: "d",
  providers: ["helm"],
  inputs: {},
  outputs: {},
  example: {},
  build(scope) {
    resource(scope, Release, "this", {
      name: "shop",
      chart: "shop",
      version: "1.0.0",
      namespace: "shop",
      atomic: true,
    });
    return {};
  },
});

const providersOf = (root: Root) => jsonOf(renderRoot(root), `${root.address}/providers.tf.json`);
const command = ["eks", "get-token", "--cluster-name", "shop"];
const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args: command };
const host = "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";

function archive(root: Root) {
  return root.provider(AwsProvider, {
    alias: "archive",
    region: "eu-west-1",
    allowedAccountIds: ["444455556666"],
    assumeRole: [{ roleArn: "arn:aws:iam::444455556666:role/archive", sessionName: "groundplan" }],
    defaultTags: [{ tags: { CostCenter: "1", App: "archive", Owner: "records", Env: "dev" } }],
  });
}

test("an alias accepts every argument of its provider, and its arguments replace those of the root", () => {
  const root = newRoot();
  new Copies(root, "copies", {}, { providers: { "aws.archive": archive(root) } });
  expect(providersOf(root)).toHaveProperty("provider.aws", [
    {
      region: "eu-central-1",
      allowed_account_ids: ["111122223333"],
      default_tags: [{ tags: { App: "shop", CostCenter: "4711", Env: "dev", Owner: "platform" } }],
    },
    {
      alias: "archive",
      region: "eu-west-1",
      allowed_account_ids: ["444455556666"],
      assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/archive", session_name: "groundplan" }],
      default_tags: [{ tags: { App: "archive", CostCenter: "1", Env: "dev", Owner: "records" } }],
    },
  ]);
  expect(jsonOf(renderRoot(root), `${root.address}/main.tf.json`)).toHaveProperty("module.copies.providers", {
    aws: "aws",
    "aws.archive": "aws.archive",
  });
});

test("the default configuration of aws accepts arguments as well, and keeps the root's account", () => {
  const root = newRoot();
  root.provider(AwsProvider, { maxRetries: 5 });
  expect(providersOf(root)).toMatchObject({
    provider: { aws: [{ max_retries: 5, region: "eu-central-1", allowed_account_ids: ["111122223333"] }] },
  });
});

test("Kubernetes and Helm authenticate with a command whose environment variables keep their names", () => {
  const root = newRoot();
  const env = { AWS_PROFILE: "shop" };
  root.provider(KubernetesProvider, { host, clusterCaCertificate: "PEM", exec: [{ ...exec, env }] });
  root.provider(HelmProvider, { kubernetes: { host, clusterCaCertificate: "PEM", exec: { ...exec, env } } });
  new Platform(root, "platform", {});
  const written = { api_version: exec.apiVersion, command: "aws", args: command, env };
  expect(providersOf(root)).toHaveProperty("provider", {
    helm: [{ kubernetes: { host, cluster_ca_certificate: "PEM", exec: written } }],
    kubernetes: [{ host, cluster_ca_certificate: "PEM", exec: [written] }],
  });
  expect(jsonOf(renderRoot(root), `${root.address}/versions.tf.json`)).toHaveProperty("terraform.required_providers", {
    helm: { source: "registry.terraform.io/hashicorp/helm", version: "3.1.1" },
    kubernetes: { source: "registry.terraform.io/hashicorp/kubernetes", version: "2.38.0" },
  });
});

test("a root of another provider configures aws if a call needs it, and passes every guardrail", () => {
  const root = newRoot();
  const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  root.provider(HelmProvider, { kubernetes: { host, clusterCaCertificate: certificate } });
  new Platform(root, "platform", {});
  const cluster = { host, cluster_ca_certificate: certificate };
  expect(providersOf(root)).toHaveProperty("provider", { helm: [{ kubernetes: cluster }] });
  const tree = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
  const judged = judgeRoot(new Configurations(tree).root(root.address), [], "2026-11-29");
  expect(judged.broken.map(({ guardrail }) => guardrail.id)).toEqual([]);
  const both = newRoot();
  both.provider(HelmProvider, {});
  new Copies(both, "copies", {}, { providers: { "aws.archive": archive(both) } });
  expect(Object.keys(Object(providersOf(both)).provider)).toEqual(["aws", "helm"]);
});

test("unknown arguments do not compile", () => {
  const root = newRoot();
  // @ts-expect-error: no argument of the provider
  root.provider(HelmProvider, { host });
  // @ts-expect-error: a list of blocks where the provider takes one object
  root.provider(HelmProvider, { alias: "b", kubernetes: { exec: [exec] } });
  // @ts-expect-error: no provider class
  root.provider(S3Bucket, { bucket: "a" });
  expect(() => renderRoot(root)).toThrow("got resource in a root; allowed: module calls and outputs");
});

test("a second configuration of the same address is refused with its place", () => {
  const root = newRoot();
  archive(root);
  expect(failure(() => root.awsAlias("archive", "eu-west-1")).message).toMatch(
    /^environments\/shop\/dev\/aws\.archive \(.*\)\n {2}got a second configuration of aws\.archive; allowed: one for each alias$/,
  );
  expect(() => root.provider(AwsProvider, { alias: "far", region: "mars" })).toThrow('region: got "mars"');
  expect(() => root.provider(HelmProvider, { alias: deployTime<string>("var.name") })).toThrow(
    "alias: got an expression; allowed: text",
  );
});

describeWithTerraform("real Terraform", () => {
  const folder = temporaryFolder();

  test("plans with an alias in another account", async () => {
    const root = newRoot();
    new Copies(root, "copies", {}, { providers: { "aws.archive": archive(root) } });
    writeTree(folder, renderTree([root]));
    const text = await inOfflineCopy(folder, root.address, async (copy) => planJson(await withVerifiedProvider(copy)));
    const { resource_changes: changes, configuration } = readPlan("plan", text);
    expect(changes.map(({ address }) => address)).toEqual(["module.copies.aws_s3_bucket.this"]);
    expect(Object.keys(configuration.provider_config)).toContain("aws.archive");
  }, 120_000);
});
