import { EksNodeGroup as AwsEksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  blockForEach,
  defineModule,
  type Expression,
  hcl,
  partition,
  policyDocument,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";

const VERSION = text(/^1\.[1-9]\d$/, "a Kubernetes version such as 1.36", "1.36.2");

/**
 * Policies of every node. The permissions of the VPC CNI belong to the role of its service account.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
const POLICIES = { worker: "AmazonEKSWorkerNodePolicy", images: "AmazonEC2ContainerRegistryPullOnly" } as const;

/** Tags of the provider do not reach what an Auto Scaling group launches. */
const LAUNCHED = ["instance", "volume", "network-interface"] as const;

export const EksNodeGroup = defineModule({
  name: "eks-node-group",
  description:
    "A managed node group over a launch template: private, encrypted disks, IMDSv2 that pods cannot reach. EKS drains and replaces nodes one by one after a change of the version or the template. The number of nodes between the limits belongs to the autoscaler.",
  inputs: {
    name: resourceName(36).describe("Prefix of the names of the group, its template and its role."),
    cluster: z
      .object({ name: z.string().min(1), kubernetesVersion: VERSION })
      .describe(
        "The cluster: its name, available after the add-ons that nodes need (from the `eks-addons` module), and the version of its control plane.",
      ),
    kubernetesVersion: VERSION.describe(
      "Kubernetes version of the nodes, from three minor versions below the control plane's.",
    ),
    releaseVersion: text(/^1\.[1-9]\d\.\d+-\d{8}$/, "a release of the AMI such as 1.36.2-20260714", "latest").describe(
      "Release of the EKS AMI. A change replaces the nodes one by one.",
    ),
    amiType: z
      .enum(["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"])
      .default("AL2023_x86_64_STANDARD")
      .describe("Kind of the AMI, for the architecture of the instance types. A change replaces the group."),
    instanceTypes: sizing(
      set(text(/^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "instance types such as m7i.large", "large")).min(1),
    ).describe("Instance types. A change replaces the group."),
    minNodes: sizing(z.int().min(1).max(450)).describe("Minimum number of nodes, and the number at the creation."),
    maxNodes: sizing(z.int().min(1).max(450)).describe("Maximum number of nodes."),
    diskGiB: sizing(z.int().min(20).max(16384)).describe("Size of each node's disk, gp3."),
    subnetIds: set(z.string()).min(1).describe("Private subnets. A change replaces the group."),
    labels: z.record(z.string(), z.string()).default({}).describe("Labels of the nodes."),
    taints: z
      .record(
        z.string(),
        z.object({ value: z.string(), effect: z.enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]) }),
      )
      .default({})
      .describe("Taints of the nodes by key."),
    tags: z.record(z.string(), z.string()).describe("Tags of the instances, disks and network interfaces."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  rules: [
    {
      inputs: ["maxNodes", "minNodes"],
      allowed: "at least minNodes",
      holds: ({ minNodes, maxNodes }) => minNodes <= maxNodes,
      condition: "var.min_nodes <= var.max_nodes",
      counterexample: { minNodes: 3, maxNodes: 2 },
    },
    {
      inputs: ["kubernetesVersion", "cluster"],
      allowed: "the control plane's version, or one of the three minor versions before it",
      holds: ({ kubernetesVersion, cluster }) => {
        const behind = minor(cluster.kubernetesVersion) - minor(kubernetesVersion);
        return behind >= 0 && behind <= 3;
      },
      condition:
        'contains([0, 1, 2, 3], tonumber(split(".", var.cluster.kubernetes_version)[1]) - tonumber(split(".", var.kubernetes_version)[1]))',
      counterexample: { kubernetesVersion: "1.37", cluster: { name: "shop-prod", kubernetesVersion: "1.36" } },
    },
    {
      inputs: ["releaseVersion", "kubernetesVersion"],
      allowed: "a release of the nodes' version",
      holds: ({ releaseVersion, kubernetesVersion }) => releaseVersion.startsWith(`${kubernetesVersion}.`),
      condition: 'startswith(var.release_version, format("%s.", var.kubernetes_version))',
      counterexample: { releaseVersion: "1.35.6-20260714", kubernetesVersion: "1.36" },
    },
  ],
  outputs: {
    clusterName: z.string().describe("Name of the cluster, available after the nodes are ready."),
    roleArn: z.string().describe("Role of the nodes. EKS makes its access entry."),
    autoscalingGroupName: z.string().describe("Auto Scaling group of the nodes, for metrics and alarms."),
  },
  example: {
    name: "shop-prod-general",
    cluster: { name: "shop-prod", kubernetesVersion: "1.36" },
    kubernetesVersion: "1.36",
    releaseVersion: "1.36.2-20260714",
    instanceTypes: ["m7i.large"],
    minNodes: 3,
    maxNodes: 6,
    diskGiB: 50,
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    taints: { dedicated: { value: "batch", effect: "NO_SCHEDULE" } },
    tags: { App: "shop" },
  },
  build(scope, input) {
    const role = nodeRole(scope, input);
    const template = launchTemplate(scope, input);
    const group = resource(scope, AwsEksNodeGroup, "this", {
      clusterName: input.cluster.name,
      nodeGroupNamePrefix: `${input.name}-`,
      nodeRoleArn: role.arn,
      subnetIds: input.subnetIds,
      amiType: input.amiType,
      capacityType: "ON_DEMAND",
      instanceTypes: hcl<string[]>`sort(${input.instanceTypes})`,
      version: input.kubernetesVersion,
      releaseVersion: input.releaseVersion,
      launchTemplate: { id: template.id, version: hcl<string>`tostring(${template}.latest_version)` },
      scalingConfig: { minSize: input.minNodes, maxSize: input.maxNodes, desiredSize: input.minNodes },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      labels: input.labels,
      taint: blockForEach(input.taints, ({ value, effect }, key) => ({ key, value, effect })),
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scalingConfig.desiredSize"] },
      dependsOn: role.attachments,
    });
    return {
      clusterName: readyAfter(input.cluster.name, group),
      roleArn: role.arn,
      autoscalingGroupName: hcl<string>`one(one(${group}.resources).autoscaling_groups).name`,
    };
  },
});

interface NodeInput {
  readonly name: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

function nodeRole(scope: Construct, input: NodeInput) {
  const role = resource(scope, IamRole, "this", {
    name: `${input.name}-node`,
    description: "Nodes of the cluster: join it and pull images",
    permissionsBoundary: input.permissionsBoundaryArn,
    // EC2 sends no source when it assumes the role of an instance.
    assumeRolePolicy: policyDocument(scope, "trust", [
      {
        Sid: "AssumeByInstances",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]),
  });
  const arnPartition = partition(scope);
  const attachments = Object.entries(POLICIES).map(([name, policy]) =>
    resource(scope, IamRolePolicyAttachment, name, {
      role: role.name,
      policyArn: `arn:${arnPartition}:iam::aws:policy/${policy}`,
    }),
  );
  return { arn: role.arn, attachments };
}

interface TemplateInput {
  readonly name: Expression<string>;
  readonly diskGiB: Expression<number>;
  readonly tags: Expression<Record<string, string>>;
}

/** It names no security group, so that EKS attaches that of the cluster. */
function launchTemplate(scope: Construct, input: TemplateInput) {
  return resource(scope, LaunchTemplate, "this", {
    namePrefix: `${input.name}-`,
    description: "Nodes of the cluster",
    updateDefaultVersion: true,
    // With one hop, the answers of the metadata service do not reach pods.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    // The key of the account's Auto Scaling is AWS's own: another key needs a grant to a service-linked role.
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeType: "gp3", volumeSize: input.diskGiB, encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    tagSpecifications: LAUNCHED.map((resourceType) => ({
      resourceType,
      tags: hcl<Record<string, string>>`merge(${input.tags}, { Name = ${input.name} })`,
    })),
    lifecycle: { createBeforeDestroy: true },
  });
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}
