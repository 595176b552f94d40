import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import { defineModule, resource, resourceForEach, resourceIf, set } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { inOfflineCopy, planJson, readPlan } from "../../../lib/terraform";
import { describeWithTerraform } from "../../support/terraform-needed";
import { withVerifiedProvider } from "../../support/verified-provider";
import { emitted, failure, newRoot } from "../generator/support";
import { temporaryFolder } from "./sample";

const Server = defineModule({
  name: "server",
  description: "A server from the newest image.",
  inputs: {
    owner: z.string().describe("Account of the image."),
    groups: set(z.string()).describe("Names of security groups."),
    clustered: z.boolean().describe("Whether the cluster is read."),
  },
  outputs: { image: z.string().describe("Image."), endpoint: z.string().nullable().describe("Endpoint.") },
  example: { owner: "111122223333", groups: ["web"], clustered: true },
  build(scope, input) {
    const image = resource(
      scope,
      DataAwsAmi,
      "this",
      { mostRecent: true, owners: [input.owner], filter: [{ name: "name", values: ["base-*"] }] },
      { id: "ami-0123456789abcdef0", name: "base-${1}" },
    );
    const groups = resourceForEach(scope, DataAwsSecurityGroup, "these", input.groups, (name) => ({ name }), {
      id: "sg-0123456789abcdef0",
    });
    const cluster = resourceIf(
      scope,
      DataAwsEksCluster,
      "this",
      input.clustered,
      { name: "shop" },
      {
        endpoint: "https://shop.example",
      },
    );
    const partition = resource(scope, DataAwsPartition, "current", {});
    resource(scope, Instance, "this", {
      ami: image.id,
      instanceType: "t4g.micro",
      tags: { Image: `from ${image.name} in ${partition.partition}`, Group: groups.at("web").id },
      dependsOn: [image],
    });
    return { image: image.id, endpoint: cluster.get("endpoint") };
  },
});

test("a module has the values of its data sources in a file that Terraform does not read", () => {
  expect(emitted(Server, "stand-ins.json")).toEqual({
    "data.aws_ami.this": { id: "ami-0123456789abcdef0", name: "base-${1}" },
    "data.aws_eks_cluster.this": { endpoint: "https://shop.example" },
    "data.aws_security_group.these": { id: "sg-0123456789abcdef0" },
  });
});

test("an attribute that the module reads and that has no value offline is an error with the attribute", () => {
  const Bare = defineModule({
    name: "bare",
    description: "A bucket with the name of an image.",
    inputs: {},
    outputs: {},
    example: {},
    build(scope) {
      const image = resource(scope, DataAwsAmi, "this", { owners: ["self"] }, { name: "base" });
      resource(scope, S3Bucket, "this", { bucket: `${image.name}-${image.id}-${image.architecture}` });
      return {};
    },
  });
  expect(failure(() => emitted(Bare, "main.tf.json")).message).toMatch(
    /stand-ins\.test\.ts:\d+:\d+\)\n {2}data\.aws_ami\.this: got no stand-in for id, architecture; allowed: /,
  );
});

const folder = temporaryFolder();

describeWithTerraform("real Terraform, without an account,", () => {
  test("plans a root whose module reads data sources, also with for_each and count", async () => {
    const root = newRoot();
    const { image } = new Server(root, "server", { owner: "111122223333", groups: ["web"], clustered: true });
    root.output("image", image, "Image.");
    writeTree(folder, renderTree([root]));
    const text = await inOfflineCopy(folder, root.address, async (copy) => planJson(await withVerifiedProvider(copy)));
    const [server] = readPlan("plan", text).resource_changes.filter(({ mode }) => mode === "managed");
    expect(server?.change.after).toMatchObject({
      ami: "ami-0123456789abcdef0",
      tags: { Image: "from base-${1} in aws", Group: "sg-0123456789abcdef0" },
    });
  }, 120_000);
});
