/** The modules of a Kubernetes cluster, in one plan: control plane, add-ons, nodes, roles of service accounts. */
import { EksAddons } from "../../modules/eks-addons";
import { EksCluster } from "../../modules/eks-cluster";
import { EksNodeGroup } from "../../modules/eks-node-group";
import { IrsaRole } from "../../modules/irsa-role";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const ACCOUNT = "111122223333";
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const key = (id: number) => `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}`;
const ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const subnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const boundary = { permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary` };

const cluster = {
  name: "shop",
  accountId: ACCOUNT,
  kubernetesVersion: "1.36",
  subnetIds,
  access: {
    apply: { roleArn: roleArn("apply"), policy: "AmazonEKSClusterAdminPolicy" },
    people: { roleArn: roleArn("people"), policy: "AmazonEKSEditPolicy", namespaces: ["shop"], groups: ["tools"] },
  },
  kmsKeyArn: key(1),
  logKmsKeyArn: key(2),
  logRetentionDays: 90,
  ...boundary,
} as const;

const nodes = {
  name: "shop",
  cluster: { name: "shop", kubernetesVersion: "1.36" },
  kubernetesVersion: "1.35",
  releaseVersion: "1.35.6-20260714",
  instanceTypes: ["m7i.large"],
  minNodes: 2,
  maxNodes: 4,
  diskGiB: 50,
  subnetIds,
  tags: { App: "shop" },
  ...boundary,
} as const;

const cni = { version: "v1.22.4-eksbuild.3", configuration: '{"enableNetworkPolicy":"true"}' };

const role = {
  name: "shop-api",
  description: "API",
  providerArn: PROVIDER,
  issuer: ISSUER,
  namespace: "shop",
  serviceAccount: "api",
  statements: { Write: { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::shop/*"] } },
  ...boundary,
} as const;

describePlan(
  "a Kubernetes cluster",
  (root) => {
    new EksCluster(root, "cluster", cluster);
    new EksCluster(root, "reachable", { ...cluster, name: "reachable", publicAccessCidrs: ["203.0.113.0/28"] });
    new EksAddons(root, "addons", {
      clusterName: "shop",
      addons: { "vpc-cni": { ...cni, role: { arn: roleArn("cni") } } },
    });
    new EksNodeGroup(root, "nodes", { ...nodes, taints: { dedicated: { value: "batch", effect: "NO_SCHEDULE" } } });
    new IrsaRole(root, "role", role);
  },
  (plan) => {
    const controlPlane = () => plan().values("module.cluster.aws_eks_cluster.this");

    test("has a private endpoint, and none on the internet", () => {
      expect(controlPlane().vpc_config).toMatchObject([
        { endpoint_private_access: true, endpoint_public_access: false, subnet_ids: subnetIds },
      ]);
    });

    test("can be reached from named blocks on the internet, if there are any", () => {
      expect(plan().values("module.reachable.aws_eks_cluster.this").vpc_config).toMatchObject([
        { endpoint_private_access: true, endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/28"] },
      ]);
    });

    test("accepts access entries only, and gives its creator no access and no add-on", () => {
      expect(controlPlane()).toMatchObject({
        access_config: [{ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false }],
        bootstrap_self_managed_addons: false,
        upgrade_policy: [{ support_type: "STANDARD" }],
      });
    });

    test("encrypts Secrets, and logs everything into a group of its own", () => {
      expect(controlPlane()).toMatchObject({
        encryption_config: [{ provider: [{ key_arn: key(1) }], resources: ["secrets"] }],
        enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      });
      expect(plan().values("module.cluster.aws_cloudwatch_log_group.control_plane")).toMatchObject({
        name: "/aws/eks/shop/cluster",
        kms_key_id: key(2),
        retention_in_days: 90,
      });
    });

    test("gives each role one access policy, for the cluster or for namespaces", () => {
      const association = (name: string) =>
        plan().values(`module.cluster.aws_eks_access_policy_association.this["${name}"]`);
      const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
      expect(association("apply")).toMatchObject({
        principal_arn: roleArn("apply"),
        policy_arn: policy("AmazonEKSClusterAdminPolicy"),
        access_scope: [{ type: "cluster", namespaces: null }],
      });
      expect(association("people")).toMatchObject({
        policy_arn: policy("AmazonEKSEditPolicy"),
        access_scope: [{ type: "namespace", namespaces: ["shop"] }],
      });
      const entry = (name: string) => plan().values(`module.cluster.aws_eks_access_entry.this["${name}"]`);
      expect(entry("apply")).toMatchObject({ type: "STANDARD" });
      expect(entry("people")).toMatchObject({ kubernetes_groups: ["tools"] });
    });

    test("has add-ons with exact versions, whose settings win over changes by hand", () => {
      expect(plan().values('module.addons.aws_eks_addon.this["vpc-cni"]')).toMatchObject({
        addon_version: cni.version,
        configuration_values: cni.configuration,
        service_account_role_arn: roleArn("cni"),
        resolve_conflicts_on_update: "OVERWRITE",
      });
    });

    test("has nodes with versions of their own, between the limits of the autoscaler", () => {
      expect(plan().values("module.nodes.aws_eks_node_group.this")).toMatchObject({
        node_group_name_prefix: "shop-",
        version: "1.35",
        release_version: "1.35.6-20260714",
        scaling_config: [{ min_size: 2, max_size: 4, desired_size: 2 }],
        taint: [{ key: "dedicated", value: "batch", effect: "NO_SCHEDULE" }],
      });
    });

    test("has nodes with encrypted disks and tags, whose metadata service pods cannot reach", () => {
      const template = plan().values("module.nodes.aws_launch_template.this");
      expect(template).toMatchObject({
        metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }],
        block_device_mappings: [
          { device_name: "/dev/xvda", ebs: [{ encrypted: "true", volume_type: "gp3", volume_size: 50 }] },
        ],
        update_default_version: true,
      });
      const tags = { App: "shop", Name: "shop" };
      expect(template.tag_specifications).toEqual(
        ["instance", "volume", "network-interface"].map((resource_type) => ({ resource_type, tags })),
      );
      expect(template.vpc_security_group_ids).toBeNull();
    });

    test("has roles that one service account can assume, with audience and subject compared exactly", () => {
      const address = "module.role.aws_iam_role.this";
      expect(plan().statements(address, "assume_role_policy")).toEqual({
        AssumeByServiceAccount: {
          Effect: "Allow",
          Principal: { Federated: PROVIDER },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: "sts.amazonaws.com",
              [`${ISSUER}:sub`]: "system:serviceaccount:shop:api",
            },
          },
        },
      });
      expect(plan().statements("module.role.aws_iam_role_policy.this[0]")).toEqual({
        Write: { Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::shop/*"] },
      });
    });
  },
);

test("Terraform never destroys a cluster by itself, and replaced nodes exist until the new ones do", () => {
  const lifecycle = (values: object) => ({ lifecycle: values });
  expect(emitted(EksCluster, "main.tf.json")).toHaveProperty(
    "resource.aws_eks_cluster.this",
    expect.objectContaining({
      ...lifecycle({ prevent_destroy: true }),
      depends_on: [
        "aws_cloudwatch_log_group.control_plane",
        "aws_iam_role_policy_attachment.this",
        "aws_iam_role_policy.secrets_key",
      ],
    }),
  );
  expect(emitted(EksNodeGroup, "main.tf.json")).toHaveProperty(
    "resource.aws_eks_node_group.this",
    expect.objectContaining(
      lifecycle({ create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] }),
    ),
  );
});

const access = (entry: object) => ({ ...cluster, access: { one: { roleArn: roleArn("one"), ...entry } } });

test.each<[string, () => unknown, string]>([
  [
    "the whole internet",
    () => new EksCluster(newRoot(), "cluster", { ...cluster, publicAccessCidrs: ["0.0.0.0/0"] }),
    'publicAccessCidrs[0]: got "0.0.0.0/0"; allowed: text, IPv4 blocks from /8 to /32',
  ],
  [
    "a patch version",
    () => new EksCluster(newRoot(), "cluster", { ...cluster, kubernetesVersion: "1.36.2" }),
    'kubernetesVersion: got "1.36.2"; allowed: text, a Kubernetes version such as 1.36',
  ],
  [
    "nodes ahead of the control plane",
    () =>
      new EksNodeGroup(newRoot(), "nodes", { ...nodes, kubernetesVersion: "1.37", releaseVersion: "1.37.0-20270101" }),
    "allowed: the control plane's version, or one of the three minor versions before it",
  ],
  [
    "a release of another version",
    () => new EksNodeGroup(newRoot(), "nodes", { ...nodes, releaseVersion: "1.34.1-20260101" }),
    "allowed: a release of the nodes' version",
  ],
  [
    "a CNI that ignores network policies",
    () => new EksAddons(newRoot(), "addons", { clusterName: "shop", addons: { "vpc-cni": { version: cni.version } } }),
    "without it, no network policy has an effect",
  ],
  [
    "a CNI with a boolean, which it does not accept",
    () =>
      new EksAddons(newRoot(), "addons", {
        clusterName: "shop",
        addons: { "vpc-cni": { ...cni, configuration: '{"enableNetworkPolicy":true}' } },
      }),
    "as text",
  ],
  [
    "every service account of a namespace",
    () => new IrsaRole(newRoot(), "role", { ...role, serviceAccount: "*" }),
    'serviceAccount: got "*"; allowed: text, up to 63 lower-case letters',
  ],
])("%s is refused", (_, work, message) => {
  expect(failure(work).message).toContain(message);
});

test("an access policy for the whole cluster takes no namespaces", () => {
  const inputs = access({ policy: "AmazonEKSClusterAdminPolicy", namespaces: ["shop"] });
  const message = failure(() => Reflect.construct(EksCluster, [newRoot(), "cluster", inputs])).message;
  expect(message).toContain("namespaces only with AmazonEKSAdminPolicy");
});
