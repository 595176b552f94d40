import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { ServicequotasTemplate } from "@cdktf/provider-aws/lib/servicequotas-template";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import { defineModule, resource } from "../../../../lib";
import type { Arguments } from "../../../../lib/generator/module/resource";
import { renderRoot } from "../../../../lib/generator/root/render";
import { emitted, failure, newRoot } from "../support";

function moduleOf(build: (scope: Construct) => void, providers: readonly string[] = ["aws"]) {
  return defineModule({
    name: "platform",
    description: "d",
    providers,
    inputs: {},
    outputs: { name: z.string().describe("d") },
    example: {},
    build(scope) {
      build(scope);
      return { name: "n" };
    },
  });
}

const release = (scope: Construct) => resource(scope, Release, "this", { name: "shop", chart: "./chart" });

test("a provider that a module uses and does not declare is an error that names both, with the line of the resource", () => {
  const Platform = moduleOf((scope) => {
    release(scope);
    resource(scope, NamespaceV1, "this", { metadata: { name: "shop" } });
  });
  const message = failure(() => emitted(Platform, "main.tf.json")).message;
  expect(message).toMatch(
    /helm_release\.this \(__tests__\/lib\/generator\/module\/used-providers\.test\.ts:\d+:\d+\): got provider helm; allowed: aws, which module platform declares; add "helm" to its providers/,
  );
  expect(message).toContain('got provider kubernetes; allowed: aws, which module platform declares; add "kubernetes"');
});

test("a provider that a module declares and its root does not configure is an error that names both", () => {
  const Platform = moduleOf(release, ["helm"]);
  const root = newRoot();
  new Platform(root, "platform", {});
  const where = "environments/shop/dev\n  call platform of module platform: got ";
  const allowed = "; allowed: root.provider(…) with the configuration of helm that the module needs";
  expect(() => renderRoot(root)).toThrow(`${where}no configuration of provider helm${allowed}`);
  const other = root.provider(HelmProvider, { alias: "other" });
  expect(() => renderRoot(root)).toThrow(`${where}helm.other${allowed}`);
  const passing = newRoot({ path: "environments/shop/prod" });
  new Platform(passing, "platform", {}, { providers: { helm: passing.provider(HelmProvider, { alias: "other" }) } });
  expect(renderRoot(passing).length).toBeGreaterThan(2);
  expect(() => new Platform(root, "second", {}, { providers: { helm: root.awsAlias("far", "us-east-1") } })).toThrow(
    "providers: got aws.far for helm; allowed: a configuration of helm",
  );
  expect(other.address).toBe("helm.other");
});

test("a provider without installed bindings is an error with the package to install", () => {
  const Platform = moduleOf(() => {}, ["atlas"]);
  expect(() => emitted(Platform, "versions.tf.json")).toThrow(
    "provider atlas\n  bindings: got no package @cdktf/provider-atlas; allowed: providers whose bindings are installed; run: npm install @cdktf/provider-atlas",
  );
});

/** As bindings of version 6 have it: `region` is an argument of nearly every type. */
interface RegionalBucketConfig {
  readonly bucket: string;
  readonly region?: string;
}

class RegionalBucket extends TerraformResource {
  static readonly tfResourceType = "aws_s3_bucket";
  private readonly values: RegionalBucketConfig;
  constructor(scope: Construct, id: string, { bucket, region }: RegionalBucketConfig) {
    super(scope, id, {
      terraformResourceType: "aws_s3_bucket",
      terraformGeneratorMetadata: { providerName: "aws", providerVersion: "6.25.0" },
    });
    this.values = { bucket, ...(region !== undefined && { region }) };
  }
  protected override synthesizeAttributes() {
    return { ...this.values };
  }
}

const regional = (more: Partial<Arguments<RegionalBucketConfig>>) =>
  moduleOf((scope) => {
    resource(scope, RegionalBucket, "this", { bucket: "shop", ...more });
  });

test("the argument region of a resource is refused, because related resources would not have it", () => {
  expect(() => emitted(regional({ region: "us-east-1" }), "main.tf.json")).toThrow(
    'modules/platform/aws_s3_bucket.this\n  region: got "us-east-1"; allowed: none, as the resource is where its provider configuration is',
  );
});

test("the region of a setting is accepted", () => {
  const Quotas = moduleOf((scope) => {
    resource(scope, ServicequotasTemplate, "this", {
      region: "us-east-1",
      quotaCode: "L-1",
      serviceCode: "ec2",
      value: 1,
    });
  });
  expect(emitted(Quotas, "main.tf.json")).toHaveProperty(
    "resource.aws_servicequotas_template.this.region",
    "us-east-1",
  );
});

test("a class from other bindings than the installed ones is refused", () => {
  expect(() => emitted(regional({}), "main.tf.json")).toThrow(
    /aws_s3_bucket\.this .*: got bindings of aws 6\.25\.0; allowed: those of 5\.100\.0, which are installed/,
  );
});

class BetaBucket extends TerraformResource {
  static readonly tfResourceType = "google_storage_bucket";
  constructor(scope: Construct, id: string, _: object) {
    super(scope, id, {
      terraformResourceType: "google_storage_bucket",
      terraformGeneratorMetadata: { providerName: "helm", providerVersion: "3.1.1" },
    });
  }
}

test("a resource has the argument provider if the first word of its type is not the provider", () => {
  const Beta = moduleOf(
    (scope) => {
      resource(scope, BetaBucket, "this", {});
      resource(scope, S3Bucket, "this", {});
    },
    ["aws", "helm"],
  );
  expect(emitted(Beta, "main.tf.json")).toHaveProperty("resource.google_storage_bucket.this.provider", "helm");
  expect(emitted(Beta, "main.tf.json")).not.toHaveProperty("resource.aws_s3_bucket.this.provider");
});
