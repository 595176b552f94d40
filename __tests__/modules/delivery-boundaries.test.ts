import { DeliveryBoundaries } from "../../modules/delivery-boundaries";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const example = {
  name: "delivery",
  accountId: "111122223333",
  services: ["ec2"],
  workloadActions: ["s3:GetObject"],
  workloadActionsOnAll: ["ecr:GetAuthorizationToken"],
  taskRoleArns: ["arn:aws:iam::111122223333:role/shop-api-task"],
  stateBucketArns: ["arn:aws:s3:::shop-terraform-state"],
  plansBucketArns: ["arn:aws:s3:::shop-terraform-plans"],
  lockTableArns: ["arn:aws:dynamodb:eu-central-1:111122223333:table/terraform-locks"],
  stateKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/1"],
};

const SETTINGS = "arn:aws:ssm:*:111122223333:parameter/shop/*/config/*";

describePlan(
  "boundaries",
  (root) => {
    new DeliveryBoundaries(root, "tasks", example);
    const { taskRoleArns: _, ...pods } = { ...example, services: ["ec2", "eks"], settingsArns: [SETTINGS] };
    new DeliveryBoundaries(root, "pods", pods);
    new DeliveryBoundaries(root, "guests", { ...example, services: ["cognito-identity", "ec2"] });
    new DeliveryBoundaries(root, "functions", {
      ...example,
      services: ["kms", "lambda", "s3"],
      artifactBucketArns: ["arn:aws:s3:::shop-artifacts"],
      actionsInOtherAccounts: ["rds:CopyDBSnapshot", "kms:Decrypt"],
      otherAccountIds: ["444455556666"],
    });
  },
  (plan) => {
    type Boundary = "account" | "environments" | "workloads";
    const statements = (boundary: Boundary, call: "tasks" | "pods" | "guests" | "functions" = "tasks") =>
      plan().statements(`module.${call}.aws_iam_policy.${boundary}`);
    const denials = (boundary: Boundary) =>
      Object.entries(statements(boundary)).flatMap(([sid, { Effect }]) => (Effect === "Deny" ? [sid] : []));

    test("are three, with the prefix of the pipeline's roles", () => {
      const own = plan().resources.filter(({ address }) => address.startsWith("module.tasks."));
      expect(own.map(({ values }) => values.name)).toEqual([
        "delivery-account-boundary",
        "delivery-environments-boundary",
        "delivery-workloads-boundary",
      ]);
    });

    test("deny actions that the pipeline never needs, and roles of the others have the same denials", () => {
      expect(denials("account")).toEqual([
        "DenyUsersAndKeys",
        "DenyChangingThisBoundary",
        "DenyLeavingBoundaries",
        "DenyRolesWithoutBoundary",
        "DenyLosingState",
        ...COMMON,
      ]);
      expect(denials("environments")).toEqual([
        "DenyRolesOutsideTheBoundary",
        "DenyGuardedRoles",
        "DenyChangingBuckets",
        "DenyChangingLocks",
        "DenyChangingKeys",
        "DenyAccountAlerts",
        ...COMMON,
      ]);
      expect(denials("workloads")).toEqual(["DenyTheStore", "DenyWorkflows"]);
    });

    test("let the account's role create roles only with listed boundaries, and read its own boundary", () => {
      const { DenyRolesWithoutBoundary, DenyChangingThisBoundary } = statements("account");
      const names = ["account", "environments", "workloads"].map((whose) => `delivery-${whose}-boundary`);
      expect(DenyRolesWithoutBoundary?.Condition).toEqual({
        StringNotEquals: { "iam:PermissionsBoundary": names.map((name) => `arn:aws:iam::111122223333:policy/${name}`) },
      });
      expect(DenyChangingThisBoundary).toMatchObject({
        Action: [
          "iam:CreatePolicyVersion",
          "iam:DeletePolicy",
          "iam:DeletePolicyVersion",
          "iam:SetDefaultPolicyVersion",
        ],
        Resource: "arn:aws:iam::111122223333:policy/delivery-account-boundary",
      });
    });

    test("let environments read the tags of the buckets of state and plans, and change none of them", () => {
      const { AllowStore, DenyChangingBuckets } = statements("environments");
      expect(AllowStore?.Action).toEqual(expect.arrayContaining(["s3:List*"]));
      expect(DenyChangingBuckets?.Action).toEqual(expect.arrayContaining(["s3:*agResource", "s3:Put*"]));
    });

    test("let the pipeline read archives of functions, and change none of the settings of their buckets alone", () => {
      const objects = (call: "tasks" | "functions") => statements("environments", call).DenyObjects?.NotResource;
      expect(objects("tasks")).toEqual(["arn:aws:s3:::shop-terraform-plans/*", "arn:aws:s3:::shop-terraform-state/*"]);
      expect(objects("functions")).toEqual(["arn:aws:s3:::shop-artifacts/*", ...[objects("tasks")].flat()]);
    });

    test("name the locks alone where environments have S3 and KMS as a whole", () => {
      expect(statements("environments", "functions").AllowStore).toEqual({
        Effect: "Allow",
        Action: ["dynamodb:DeleteItem", "dynamodb:Describe*", "dynamodb:GetItem", "dynamodb:List*", "dynamodb:PutItem"],
        Resource: example.lockTableArns,
      });
      expect(statements("environments").AllowStore?.Resource).toEqual(
        [
          ...[...example.stateBucketArns, ...example.plansBucketArns].flatMap((arn) => [arn, `${arn}/*`]),
          ...example.lockTableArns,
          ...example.stateKeyArns,
        ].sort(),
      );
    });

    test("let workloads use resources of the named accounts by the named actions, and of no other one", () => {
      expect(statements("workloads")).not.toHaveProperty("AllowInOtherAccounts");
      expect(statements("workloads", "functions").AllowInOtherAccounts).toEqual({
        Effect: "Allow",
        Action: ["kms:Decrypt", "rds:CopyDBSnapshot"],
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceAccount": ["444455556666"] } },
      });
    });

    test("without clusters, deny every session of an identity provider, and have no statement for clusters", () => {
      expect(statements("workloads").DenyWorkflows?.Condition).toEqual({ Null: { "aws:FederatedProvider": "false" } });
      expect(statements("environments")).not.toHaveProperty("AllowIssuersOfClusters");
      expect(statements("workloads")).toHaveProperty("AllowHandingRolesToTasks");
    });

    test("with clusters, let service accounts in, and let environments manage the issuers of clusters only", () => {
      expect(statements("workloads", "pods").DenyWorkflows?.Condition).toEqual({
        Null: { "aws:FederatedProvider": "false" },
        StringNotLike: { "aws:FederatedProvider": ["arn:*:iam::*:oidc-provider/oidc.eks.*", "oidc.eks.*"] },
      });
      expect(statements("environments", "pods").AllowIssuersOfClusters).toMatchObject({
        Action: "iam:*OpenIDConnectProvider*",
        Resource: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.*",
      });
      expect(statements("workloads", "pods")).not.toHaveProperty("AllowHandingRolesToTasks");
    });

    test("with identity pools, let identities of Cognito in", () => {
      expect(statements("workloads", "guests").DenyWorkflows?.Condition).toEqual({
        Null: { "aws:FederatedProvider": "false" },
        StringNotLike: { "aws:FederatedProvider": ["cognito-identity.amazonaws.com"] },
      });
    });

    test("open the parameters without secrets, and no others", () => {
      const { DenySecretsAndData, DenyParameters } = statements("environments", "pods");
      expect(DenyParameters).toEqual({ Effect: "Deny", Action: "ssm:GetParameter*", NotResource: [SETTINGS] });
      expect(DenySecretsAndData?.Action).not.toContain("ssm:GetParameter*");
      expect(statements("environments").DenySecretsAndData?.Action).toContain("ssm:GetParameter*");
      expect(statements("account", "pods")).toHaveProperty("DenyParameters");
    });
  },
);

const COMMON = [
  "DenySecretsAndData",
  "DenyObjects",
  "DenyItems",
  "DenyDecryptingByHand",
  "DenyGrantsToOthers",
  "DenyLosingAuditLogs",
  "DenyHandingOutAndLosing",
];

test.each([
  ["a boundary by its name", { otherBoundaryArns: ["shop-people-boundary"] }, 'otherBoundaryArns[0]: got "shop-people'],
  ["no service", { services: [] }, "services: got []; allowed: a list without repetition, at least 1 items"],
  ["all of a service for workloads", { workloadActions: ["s3:*"] }, 'workloadActions[0]: got "s3:*"; allowed: '],
  [
    "no store of state",
    { stateBucketArns: [] },
    "stateBucketArns: got []; allowed: a list without repetition, at least 1 items",
  ],
  ["a bucket by its name", { plansBucketArns: ["shop"] }, 'plansBucketArns[0]: got "shop"; allowed: '],
])("%s is refused", (_, wrong, message) => {
  const inputs = { ...example, ...wrong };
  expect(failure(() => new DeliveryBoundaries(newRoot(), "boundaries", inputs)).message).toContain(message);
});
