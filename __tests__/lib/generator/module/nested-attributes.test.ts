import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AppconfigEnvironment } from "@cdktf/provider-aws/lib/appconfig-environment";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { z } from "zod";
import { defineModule, type Expression, resource, resourceForEach, set } from "../../../../lib";
import { codeOf } from "../../../../lib/generator/expression/code";
import { renderModule } from "../../../../lib/generator/module/render";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { inRoot } from "../../../../lib/terraform";
import { terraform } from "../../../../lib/terraform/run";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { temporaryFolder } from "../../terraform/sample";
import { contentOf, emitted, newRoot } from "../support";

const codes: Record<string, string> = {};
const note = (values: Readonly<Record<string, Expression<unknown>>>) =>
  Object.assign(codes, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, codeOf(value).hcl])));

const Cluster = defineModule({
  name: "cluster",
  description: "d",
  inputs: { zones: set(z.string()).describe("d") },
  outputs: { ca: z.string().describe("d"), group: z.string().describe("d"), record: z.string().describe("d") },
  example: { zones: ["a"] },
  build(scope, input) {
    const cluster = resource(scope, EksCluster, "this", {
      name: "shop",
      roleArn: "arn:aws:iam::111122223333:role/eks",
      vpcConfig: { subnetIds: ["subnet-1"] },
    });
    const certificate = resource(scope, AcmCertificate, "this", { domainName: "example.com" });
    const regional = resourceForEach(scope, AcmCertificate, "zone", input.zones, (zone) => ({ domainName: zone }));
    const environment = resource(scope, AppconfigEnvironment, "this", { applicationId: "abcdefg", name: "shop" });
    note({
      issuer: cluster.identity.at(0).oidc.at(0).issuer,
      ofOne: regional.at("a").domainValidationOptions.at(0).resourceRecordName,
      monitored: environment.monitor.at(0).alarmArn,
      escaped: environment.tagsAll.at('a "b"'),
    });
    // @ts-expect-error: a list of objects, whose attributes Terraform has only behind an index
    expect(() => cluster.certificateAuthority.data.toString()).toThrow();
    return {
      ca: cluster.certificateAuthority.at(0).data,
      group: cluster.vpcConfig.clusterSecurityGroupId,
      record: certificate.domainValidationOptions.at(0).resourceRecordName,
    };
  },
});

const Platform = defineModule({
  name: "platform",
  description: "d",
  providers: ["kubernetes", "helm"],
  inputs: {},
  outputs: { version: z.string().describe("d") },
  example: {},
  build(scope) {
    const namespace = resource(scope, NamespaceV1, "this", { metadata: { name: "shop" } });
    resource(scope, ConfigMapV1, "this", { metadata: { name: "shop", namespace: namespace.metadata.name } });
    const release = resource(scope, Release, "this", { name: "shop", chart: "./chart" });
    // @ts-expect-error: the provider takes one block, so that no index is needed
    expect(() => namespace.metadata.at(0)).toThrow(
      "got at, which TypeScript reads as undefined; allowed: attributes that Terraform exports",
    );
    // @ts-expect-error: an attribute that the block does not have
    expect(() => namespace.metadata.nickname).toThrow(
      "got nickname, which TypeScript reads as undefined; allowed: attributes that Terraform exports",
    );
    // @ts-expect-error: a nested block is no text
    const text: Expression<string> = namespace.metadata;
    expect(text).toBeDefined();
    return { version: release.metadata.version };
  },
});

test("a reference into a block that occurs once has its index in Terraform", () => {
  expect(emitted(Platform, "main.tf.json")).toHaveProperty(
    "resource.kubernetes_config_map_v1.this.metadata.namespace",
    "${kubernetes_namespace_v1.this.metadata[0].name}",
  );
  expect(emitted(Cluster, "outputs.tf.json")).toHaveProperty(
    "output.group.value",
    "${aws_eks_cluster.this.vpc_config[0].cluster_security_group_id}",
  );
});

test("a reference into an object has no index, into a list an index, and into a set tolist() and an index", () => {
  expect(emitted(Platform, "outputs.tf.json")).toHaveProperty(
    "output.version.value",
    "${helm_release.this.metadata.version}",
  );
  renderModule(Cluster.specification);
  expect(emitted(Cluster, "outputs.tf.json")).toMatchObject({
    output: {
      ca: { value: "${aws_eks_cluster.this.certificate_authority[0].data}" },
      record: { value: "${tolist(aws_acm_certificate.this.domain_validation_options)[0].resource_record_name}" },
    },
  });
  expect(codes).toEqual({
    issuer: "aws_eks_cluster.this.identity[0].oidc[0].issuer",
    ofOne: 'tolist(aws_acm_certificate.zone["a"].domain_validation_options)[0].resource_record_name',
    monitored: "tolist(aws_appconfig_environment.this.monitor)[0].alarm_arn",
    escaped: 'aws_appconfig_environment.this.tags_all["a \\"b\\""]',
  });
});

describeWithTerraform("real Terraform", () => {
  const folder = temporaryFolder();

  test("knows each of the references", async () => {
    const root = newRoot();
    new Cluster(root, "cluster", { zones: ["a"] });
    const files = renderTree([root]);
    const outputs = contentOf(files, "modules/cluster/outputs.tf.json").replace(
      '"output": {',
      `"output": { ${Object.entries(codes)
        .map(([name, hcl]) => `${JSON.stringify(name)}: { "value": ${JSON.stringify(`\${${hcl}}`)} },`)
        .join("\n")}`,
    );
    writeTree(
      folder,
      files.map((file) => (file.path === "modules/cluster/outputs.tf.json" ? { ...file, content: outputs } : file)),
    );
    await inRoot(folder, root.address, async (workplace) => {
      const ready = await withVerifiedProvider(workplace);
      await expect(terraform(["validate", "-no-color"], ready)).resolves.toContain("Success");
    });
  }, 120_000);
});
