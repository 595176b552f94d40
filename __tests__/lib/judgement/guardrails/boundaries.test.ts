import { bounded } from "../../../../lib/judgement/guardrails/boundaries";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";

type Statement = { readonly [element: string]: HclValue };

const ALL = { Effect: "Allow", Action: "*", Resource: "*" };
const BOUNDARY = "arn:aws:iam::111111111111:policy/boundary";

function outcome(
  policy: HclValue,
  boundary: HclValue = new Reference("module.call.aws_iam_policy.this", "arn"),
): string {
  const role = resourceOf("aws_iam_role", { permissions_boundary: boundary });
  return bounded(role, rootOf([role, resourceOf("aws_iam_policy", { name: "boundary", policy })])).outcome;
}

function limits(...Statement: readonly Statement[]): string {
  return outcome(new EncodedJson({ Statement }));
}

const deny = (more: Statement): Statement => ({ Effect: "Deny", Resource: "*", ...more });
const setOtherBoundary = {
  Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:Put*"],
  Condition: { StringNotEquals: { "IAM:PermissionsBoundary": BOUNDARY } },
};
const leaveBoundary = {
  Action: [
    "iam:Delete*PermissionsBoundary",
    "iam:CreateUser",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
  ],
};

test.each<[what: string, ...statements: Statement[]]>([
  ["all", ALL],
  ["all, in another spelling", { ...ALL, Action: "*:*", Resource: "arn:*:*:*:*:*" }],
  ["all but one service", { Effect: "Allow", NotAction: "s3:*", Resource: "**" }],
  ["all of IAM", { ...ALL, Action: "I*:*" }],
  ["all on a day or with TLS", { ...ALL, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ["all within the account", { ...ALL, Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } } }],
  ["all roles of the account", { ...ALL, Action: "iam:*", Resource: "arn:aws:iam::111111111111:role/*" }],
  ["all, in parts", { ...ALL, Action: "iam:C*" }, { ...ALL, Action: ["IAM:Attach*", "s3:*"] }],
  ["all but a few unimportant actions", ALL, deny({ Action: ["organizations:*", "s3:DeleteBucket"] })],
  ["all with a denial on one resource", ALL, deny({ Action: "*", Resource: "arn:aws:iam::111111111111:role/a" })],
  [
    "all with a denial on a condition",
    ALL,
    deny({ Action: "iam:*", Condition: { Bool: { "aws:ViaAWSService": "true" } } }),
  ],
  [
    "all with a denial that covers no boundary",
    ALL,
    deny({ ...setOtherBoundary, Condition: { StringNotLike: { "iam:PermissionsBoundary": "*" } } }),
    deny(leaveBoundary),
  ],
  ["all but leaving the boundary", ALL, deny(setOtherBoundary)],
  ["keys of other users", { ...ALL, Action: "iam:CreateAccessKey" }],
  ["another version of the boundary", { ...ALL, Action: "iam:CreatePolicyVersion" }],
  [
    "new roles with any boundary of the account",
    {
      ...ALL,
      Action: ["iam:CreateRole", "iam:AttachRolePolicy"],
      Condition: { ArnLike: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/*" } },
    },
  ],
  ["leaving the boundary", { ...ALL, Action: "iam:DeleteRolePermissionsBoundary" }],
])("a boundary that allows %s restricts nothing", (_what, ...statements) => {
  expect(limits(...statements)).toBe("broken");
});

test.each<[what: string, ...statements: Statement[]]>([
  ["some services", { ...ALL, Action: ["s3:*", "ec2:*"] }],
  ["all but IAM", { Effect: "Allow", NotAction: ["IAM:*", "organizations:*"], Resource: "*" }],
  ["all with a denial of IAM", ALL, deny({ Action: "iam:*" })],
  ["all with a denial of other boundaries", ALL, deny(setOtherBoundary), deny(leaveBoundary)],
  ["roles of one name", { ...ALL, Action: "iam:*", Resource: "arn:aws:iam::111111111111:role/app-*" }],
  [
    "roles within a boundary",
    {
      ...ALL,
      Action: ["iam:CreateRole", "iam:Attach*"],
      Condition: { ArnEquals: { "iam:PermissionsBoundary": BOUNDARY } },
    },
  ],
])("a boundary that allows %s restricts the role", (_what, ...statements) => {
  expect(limits(...statements)).toBe("holds");
});

test.each<[boundary: HclValue, outcome: string]>([
  [null, "broken"],
  ["arn:aws:iam::aws:policy/AdministratorAccess", "broken"],
  [new PartialText(["arn:", new Unknown(), ":iam::aws:policy/AdministratorAccess"]), "broken"],
  ["arn:aws:iam::aws:policy/IAMFullAccess", "broken"],
  ["arn:aws:iam::aws:policy/PowerUserAccess", "holds"],
  ["arn:aws:iam::111111111111:policy/of-another-root", "holds"],
  [BOUNDARY, "broken"],
  [new Unknown(), "unknown"],
])("the boundary %j: %s", (boundary, expected) => {
  expect(outcome(new EncodedJson({ Statement: ALL }), boundary)).toBe(expected);
});

test("an administrator policy that a data source looks up restricts nothing", () => {
  const address = "module.call.data.aws_iam_policy.this";
  const role = resourceOf("aws_iam_role", { permissions_boundary: new Reference(address, "arn") });
  const named = (name: string) => {
    const source = resourceOf("aws_iam_policy", { name }, { mode: "data", address });
    return bounded(role, rootOf([role, source])).outcome;
  };
  expect([named("AdministratorAccess"), named("ReadOnlyAccess")]).toEqual(["broken", "holds"]);
});

test("an unknown boundary gives an unknown verdict", () => {
  expect(outcome(new Unknown())).toBe("unknown");
});
