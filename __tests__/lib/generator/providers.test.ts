import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { bindingsOf } from "../../../lib/generator/bindings";
import { type ProviderChoices, Providers } from "../../../lib/generator/providers";
import { checkedProviders } from "../../../lib/generator/synth/project-providers";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { temporaryFolder } from "../terraform/sample";
import { contentOf, failure, jsonOf, newRoot } from "./support";

const TODAY = "2026-11-29";
const choices = (all: ProviderChoices) => new Providers(all, [], TODAY);
const upgrade = {
  provider: "aws",
  from: "5.100.0",
  to: "6.25.0",
  until: "2027-03-31",
  otherBindings: "provider-aws-6",
};
const versions = (providers: Providers, own: Record<string, string> = {}) =>
  jsonOf(renderTree([newRoot({ providerVersions: own })], providers), "environments/shop/dev/versions.tf.json");
const aws = (version: string) => ({
  terraform: { required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws", version } } },
});

test("source and version come from the installed bindings", () => {
  expect(bindingsOf("helm")).toEqual({ source: "registry.terraform.io/hashicorp/helm", version: "3.1.1" });
  expect(new Providers().range("helm")).toBe(">= 3.1.1, < 4.0.0");
  expect(versions(new Providers())).toMatchObject(aws("5.100.0"));
});

test("a project chooses range and version of its roots, and each root chooses another version in the range", () => {
  const providers = choices({ ranges: { aws: ">= 5.90.0, < 6.0.0" }, versions: { aws: "5.98.0" } });
  expect(providers.range("aws")).toBe(">= 5.90.0, < 6.0.0");
  expect(versions(providers)).toMatchObject(aws("5.98.0"));
  expect(versions(providers, { aws: "5.100.0" })).toMatchObject(aws("5.100.0"));
  expect(() => versions(providers, { aws: "5.89.0" })).toThrow(
    "environments/shop/dev\n  provider aws: got version 5.89.0; allowed: >= 5.90.0, < 6.0.0, as modules accept it",
  );
  expect(() => versions(providers, { aws: "~> 5.90" })).toThrow('aws: got "~> 5.90"; allowed: text, a version such as');
  expect(() => versions(providers, { helm: "3.1.1" })).toThrow(
    "providerVersions: got helm; allowed: providers that the root configures: aws",
  );
});

test("a pin of another major version than the bindings is an error without an upgrade", () => {
  const providers = choices({ ranges: { aws: ">= 5.100.0, < 7.0.0" } });
  expect(versions(providers)).toMatchObject(aws("5.100.0"));
  expect(() => versions(providers, { aws: "6.25.0" })).toThrow(
    "environments/shop/dev: provider aws\n  got version 6.25.0, and bindings of 5.100.0; allowed: one major version, or an upgrade in main.ts (providers.upgrades) from one to the other",
  );
  const other = choices({ ranges: { aws: ">= 5.100.0, < 8.0.0" }, upgrades: [{ ...upgrade, to: "7.1.0" }] });
  expect(() => versions(other, { aws: "6.25.0" })).toThrow("allowed: one major version, or an upgrade");
});

test("an upgrade widens the range, keeps the pins, and ends on its last day", () => {
  const providers = choices({ upgrades: [upgrade] });
  expect(providers.range("aws")).toBe(">= 5.100.0, < 7.0.0");
  expect(versions(providers)).toMatchObject(aws("5.100.0"));
  expect(versions(providers, { aws: "6.25.0" })).toMatchObject(aws("6.25.0"));
  const ended = new Providers({ upgrades: [upgrade] }, [], "2027-04-01");
  expect(versions(ended)).toMatchObject(aws("5.100.0"));
  expect(failure(() => versions(ended, { aws: "6.25.0" })).message).toBe(
    "environments/shop/dev: provider aws\n  got version 6.25.0, and bindings of 5.100.0, and an upgrade until 2027-03-31; allowed: the major version of the bindings, or a later day",
  );
});

describe("a lock file", () => {
  const folder = temporaryFolder();
  const root = () => {
    const own = newRoot();
    own.provider(HelmProvider, {});
    return own;
  };
  const LOCK = "environments/shop/dev/.terraform.lock.hcl";
  const helm = `provider "registry.terraform.io/hashicorp/helm" {
  version     = "3.1.1"
  constraints = ">= 3.1.1, 3.1.1, < 4.0.0"
  hashes = [
    "h1:made-by-terraform",
    "zh:0123",
  ]
}
`;

  test("is not written if the checksums are not known", () => {
    expect(renderTree([root()]).map(({ path: file }) => file)).not.toContain(LOCK);
  });

  test("has the checksums of the lock files that the project declares", () => {
    const file = path.join(folder, "cluster.lock.hcl");
    writeFileSync(file, `# This file is maintained automatically by "terraform init".\n\n${helm}`);
    const files = renderTree([root()], checkedProviders({ lockFiles: [file] }));
    expect(contentOf(files, LOCK)).toContain(helm);
  });

  test("that the project declares has to be there, and to be Terraform's", () => {
    expect(() => checkedProviders({ lockFiles: ["nowhere.hcl"] })).toThrow(
      'main.ts\n  providers.lockFiles: got "nowhere.hcl", which does not exist; allowed: lock files that terraform providers lock wrote',
    );
    const file = path.join(folder, "other.hcl");
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, "hashes = evil()\n");
    expect(() => checkedProviders({ lockFiles: [file] })).toThrow(
      'got the line "hashes = evil()"; allowed: lines that',
    );
  });
});

test("all problems of the providers in main.ts are reported at once", () => {
  expect(() => checkedProviders({ versions: { aws: "5" }, range: {}, upgrades: [{ provider: "aws" }] })).toThrow(
    /^main\.ts\n(.*\n)*.*providers\.versions\.aws: allowed: a version such as 5\.100\.0(.*\n)*.*providers\.upgrades\.0\.from(.*\n)*.*range/,
  );
});
