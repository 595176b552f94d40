/** The Kubernetes cluster: control plane, add-ons, nodes, and who may use its API. */
import { values } from "../../../lib";
import { EksAddons } from "../../../modules/eks-addons";
import { EksCluster } from "../../../modules/eks-cluster";
import { EksNodeGroup } from "../../../modules/eks-node-group";
import { Kms } from "../../../modules/kms";
import { ROLES, workloadsBoundaryArn } from "../../common/delivery";
import { githubEnvironment } from "../../common/system-root";
import { COMPONENTS } from "../components";
import { type ComposedEnvironment, type Context, nameOf, SYSTEM, TOOLS_GROUP } from "../context";
import type { Addon } from "../environment";
import type { vpc } from "./network";
import { role } from "./roles";

export function controlPlane(context: Context, network: ReturnType<typeof vpc>) {
  const { root, environment, name } = context;
  const { account, region, versions, sizing } = environment;
  const secretsKey = new Kms(root, "cluster_key", {
    accountId: account.id,
    region,
    name: `${name}-cluster`,
    description: "WardMitra: Secrets of Kubernetes",
  });
  const cluster = new EksCluster(root, "cluster", {
    name,
    accountId: account.id,
    kubernetesVersion: versions.kubernetes,
    subnetIds: values(network.vpc.privateSubnetIds),
    access: access(environment),
    kmsKeyArn: secretsKey.arn,
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  root.output("cluster_endpoint", cluster.endpoint, "URL of the Kubernetes API, for the data of the environment.");
  root.output(
    "cluster_certificate_authority",
    cluster.certificateAuthority,
    "Certificate authority of the Kubernetes API, for the data of the environment.",
  );
  return cluster;
}

export type Cluster = ReturnType<typeof controlPlane>;

/**
 * Roles by what they do with the API. A plan reads the Secrets in which Helm keeps its releases. The role of pull requests has no
 * access: their authors could read every Secret. People change nothing by hand.
 */
function access(environment: ComposedEnvironment) {
  const { account } = environment;
  const arn = (role: string) => `arn:aws:iam::${account.id}:role/${role}`;
  return {
    apply: {
      roleArn: arn(ROLES.apply(githubEnvironment(SYSTEM, environment, COMPONENTS.cluster))),
      policy: "AmazonEKSClusterAdminPolicy",
    },
    plan: { roleArn: arn(ROLES.plan), policy: "AmazonEKSAdminViewPolicy" },
    deploy: {
      roleArn: arn(ROLES.deploy(nameOf(environment))),
      policy: "AmazonEKSEditPolicy",
      namespaces: ["wardmitra"],
    },
    developers: { roleArn: arn(account.people.developer), policy: "AmazonEKSViewPolicy" },
    operators: {
      roleArn: arn(account.people.operator),
      policy: "AmazonEKSEditPolicy",
      namespaces: ["wardmitra"],
      groups: [TOOLS_GROUP],
    },
    admins: { roleArn: arn(account.people.admin), policy: "AmazonEKSAdminViewPolicy", groups: [TOOLS_GROUP] },
  } as const;
}

/** The first add-ons make nodes ready, the others run on nodes. */
export function nodesAndAddons(context: Context, network: ReturnType<typeof vpc>, cluster: Cluster) {
  const { root, environment, name } = context;
  const { account, versions, sizing } = environment;
  const version = (addon: Addon) => ({ version: versions.addons[addon] });
  const cni = role(context, cluster, "aws_node");
  const networking = new EksAddons(root, "networking", {
    clusterName: cluster.name,
    addons: {
      "vpc-cni": {
        ...version("vpc-cni"),
        configuration: JSON.stringify({ enableNetworkPolicy: "true" }),
        role: { arn: cni.arn },
      },
      "kube-proxy": version("kube-proxy"),
    },
  });
  const nodes = new EksNodeGroup(root, "nodes", {
    name,
    cluster: { name: networking.clusterName, kubernetesVersion: versions.kubernetes },
    kubernetesVersion: versions.nodes,
    releaseVersion: versions.nodeRelease,
    ...sizing.nodes,
    subnetIds: values(network.vpc.privateSubnetIds),
    tags: { ...root.props.tags },
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const disks = role(context, cluster, "ebs_csi_controller");
  new EksAddons(root, "addons", {
    clusterName: nodes.clusterName,
    addons: {
      coredns: {
        ...version("coredns"),
        configuration: JSON.stringify({ autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 4 } }),
      },
      "aws-ebs-csi-driver": { ...version("aws-ebs-csi-driver"), role: { arn: disks.arn } },
      "metrics-server": version("metrics-server"),
    },
  });
  return nodes;
}
