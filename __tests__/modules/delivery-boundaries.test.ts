import { z } from "zod";
import { DeliveryBoundaries } from "../../modules/delivery-boundaries";
import { emitted, failure, newRoot } from "../lib/generator/support";

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

const MAIN = z.object({
  locals: z.record(
    z.string(),
    z.object({ Statement: z.array(z.looseObject({ Sid: z.string(), Effect: z.string() })) }),
  ),
  resource: z.object({ aws_iam_policy: z.record(z.string(), z.looseObject({ name: z.string() })) }),
});
const main = () => MAIN.parse(emitted(DeliveryBoundaries, "main.tf.json"));

function denials(boundary: string): string[] {
  const statements = main().locals[boundary]?.Statement ?? [];
  return statements.filter(({ Effect }) => Effect === "Deny").map(({ Sid }) => Sid);
}

test("there are three boundaries, with the prefix of the pipeline's roles", () => {
  const names = Object.values(main().resource.aws_iam_policy).map(({ name }) => name);
  expect(names).toEqual([
    "${var.name}-account-boundary",
    "${var.name}-environments-boundary",
    "${var.name}-workloads-boundary",
  ]);
});

const COMMON = [
  "DenySecretsAndData",
  "DenyObjects",
  "DenyItems",
  "DenyDecryptingByHand",
  "DenyGrantsToOthers",
  "DenyLosingAuditLogs",
  "DenyHandingOutAndLosing",
];

test("each denies actions that the pipeline never needs, and roles of the others have the same denials", () => {
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

test("the account's role creates roles only with listed boundaries, and can read its own boundary", () => {
  const statements = Object.fromEntries((main().locals.account?.Statement ?? []).map((one) => [one.Sid, one]));
  const condition = JSON.stringify(statements.DenyRolesWithoutBoundary?.Condition);
  expect(condition).toMatch(/^\{"StringNotEquals":\{"iam:PermissionsBoundary":/);
  expect(condition).not.toContain("*");
  expect(condition.match(/(?<=:policy\/)[^"\\]+/g)).toEqual([
    "${var.name}-account-boundary",
    "${var.name}-environments-boundary",
    "${var.name}-workloads-boundary",
  ]);
  expect(condition).toContain("var.other_boundary_arns");
  expect(statements.DenyChangingThisBoundary).toMatchObject({
    Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
    Resource: expect.stringMatching(/:policy\/\$\{var\.name\}-account-boundary$/),
  });
});

test("environments read the tags of the buckets of state and plans, and change none of them", () => {
  const statements = Object.fromEntries((main().locals.environments?.Statement ?? []).map((one) => [one.Sid, one]));
  expect(statements.AllowBuckets).toHaveProperty("Action", expect.arrayContaining(["s3:List*"]));
  const denied = ["s3:*agResource", "s3:Put*"];
  expect(statements.DenyChangingBuckets).toHaveProperty("Action", expect.arrayContaining(denied));
});

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
