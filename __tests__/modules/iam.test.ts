import { Iam } from "../../modules/iam";
import { describePlan } from "../support/planned";
import { EVERYTHING, may } from "../support/policy";
import { arnOf } from "../support/stand-ins";

const user = (name: string) => `arn:aws:iam::444455556666:user/${name}`;
const DATABASE = "arn:aws:rds:eu-central-1:111122223333:db:orders";
const SNAPSHOTS = "arn:aws:rds:eu-central-1:111122223333:snapshot:orders-*";
const DATABASE_LOG = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/rds/instance/orders/postgresql";
const AUDIT_LOG = "arn:aws:logs:eu-central-1:111122223333:log-group:/audit/orders";
const boundary = "arn:aws:iam::111122223333:policy/orders-people-boundary";

describePlan(
  "roles for people",
  (root) => {
    new Iam(root, "people", {
      name: "orders",
      accountId: "111122223333",
      developerUserArns: [user("zoe"), user("ana")],
      operatorUserArns: [user("zoe")],
      operations: { MakeSnapshots: { actions: ["rds:CreateDBSnapshot"], resources: [SNAPSHOTS, DATABASE] } },
      adminUserArns: [user("bo")],
      maxSessionHours: 2,
    });
  },
  (plan) => {
    /** What a role may, if AWS's read-only policy allowed everything. */
    const reader = (name: string) => {
      const statements = plan().statements(`module.people.aws_iam_policy.${name}`);
      return {
        statements,
        may: (action: string, resource: string, context = {}) =>
          may([EVERYTHING, ...Object.values(statements)], [EVERYTHING], { action, resource, context }),
      };
    };
    const role = (name: string) => `module.people.aws_iam_role.${name}`;

    test("can be assumed only by their own users, with MFA within the last hour", () => {
      const trust = (users: string[]) => ({
        AssumeWithMfa: {
          Effect: "Allow",
          Principal: { AWS: users },
          Action: "sts:AssumeRole",
          Condition: {
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          },
        },
      });
      expect(plan().statements(role("developer"), "assume_role_policy")).toEqual(trust([user("ana"), user("zoe")]));
      expect(plan().statements(role("operator"), "assume_role_policy")).toEqual(trust([user("zoe")]));
      expect(plan().statements(role("admin"), "assume_role_policy")).toEqual(trust([user("bo")]));
    });

    test("have the boundary and the given session duration", () => {
      for (const name of ["developer", "operator", "admin"]) {
        expect(plan().values(role(name))).toMatchObject({
          name: `orders-${name}`,
          permissions_boundary: arnOf("module.people.aws_iam_policy.boundary"),
          max_session_duration: 7200,
        });
      }
    });

    test("read, as developers, and administer, as administrators", () => {
      const attached = plan()
        .all("aws_iam_role_policy_attachment")
        .map(({ values }) => [values.role, values.policy_arn]);
      expect(attached).toEqual([
        ["orders-admin", "arn:aws:iam::aws:policy/AdministratorAccess"],
        ["orders-developer", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
        ["orders-developer", arnOf("module.people.aws_iam_policy.developer")],
        ["orders-operator", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
        ["orders-operator", arnOf("module.people.aws_iam_policy.operator")],
      ]);
    });

    test("deny developers records, secrets, messages and decryption", () => {
      const { may } = reader("developer");
      for (const action of ["secretsmanager:GetSecretValue", "s3:GetObject", "sqs:ReceiveMessage", "kms:Decrypt"]) {
        expect(may(action, "arn:aws:sqs:eu-central-1:111122223333:orders-dead-letters")).toBe(false);
      }
      for (const group of [DATABASE_LOG, AUDIT_LOG]) {
        expect(may("logs:GetLogEvents", `${group}:log-stream:a`)).toBe(false);
      }
      expect(may("logs:GetLogEvents", "arn:aws:logs:eu-central-1:111122223333:log-group:/ecs/a:log-stream:b")).toBe(
        true,
      );
    });

    test("allow operators the named operations and dead letters, and no other message, record or secret", () => {
      const { may, statements } = reader("operator");
      const through = (service: string) => ({ "kms:ViaService": `${service}.eu-central-1.amazonaws.com` });
      const queue = "arn:aws:sqs:eu-central-1:111122223333:orders";
      expect(statements.MakeSnapshots).toEqual({
        Effect: "Allow",
        Action: ["rds:CreateDBSnapshot"],
        Resource: [DATABASE, SNAPSHOTS],
      });
      expect(may("sqs:ReceiveMessage", `${queue}-dead-letters`)).toBe(true);
      expect(may("sqs:ReceiveMessage", queue)).toBe(false);
      expect(may("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a")).toBe(
        false,
      );
      expect(may("s3:GetObject", "arn:aws:s3:::orders/a")).toBe(false);
      expect(may("logs:GetLogEvents", `${DATABASE_LOG}:log-stream:a`)).toBe(false);
      for (const service of ["secretsmanager", "sqs"]) {
        expect(may("kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/a", through(service))).toBe(true);
      }
      expect(may("kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/a", through("s3"))).toBe(false);
      expect(may("kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/a")).toBe(false);
    });

    test("create no users, groups, passwords and access keys", () => {
      const types = new Set(plan().resources.map(({ type }) => type));
      expect([...types].sort()).toEqual([
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_role_policy_attachment",
        ...(types.has("aws_partition") ? ["aws_partition"] : []),
      ]);
    });

    test("have a boundary that grants nothing and can be neither changed nor removed", () => {
      const { AllowWithinOtherPolicies, ...denials } = plan().statements("module.people.aws_iam_policy.boundary");
      expect(AllowWithinOtherPolicies).toEqual({ Effect: "Allow", Action: "*", Resource: "*" });
      expect(Object.values(denials).every(({ Effect }) => Effect === "Deny")).toBe(true);
      expect(denials).toMatchObject({
        DenyUsersAndKeys: {
          Action: expect.arrayContaining(["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile"]),
          Resource: "*",
        },
        DenyChangingTheBoundary: {
          Action: expect.arrayContaining(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]),
          Resource: boundary,
        },
        DenyLeavingTheBoundary: {
          Action: expect.arrayContaining(["iam:DeleteRolePermissionsBoundary"]),
          Resource: "*",
        },
        DenyRolesOutsideTheBoundary: {
          Action: expect.arrayContaining(["iam:CreateRole", "iam:PutRolePermissionsBoundary"]),
          Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundary } },
        },
        DenySwitchingOffRecords: { Action: expect.arrayContaining(["cloudtrail:StopLogging", "ec2:DeleteFlowLogs"]) },
        DenyLosingKeys: { Action: expect.arrayContaining(["kms:ScheduleKeyDeletion"]) },
      });
    });

    test("do not allow a role without the boundary", () => {
      const { DenyRolesOutsideTheBoundary, DenyChangingTrust } = plan().statements(
        "module.people.aws_iam_policy.boundary",
      );
      expect(DenyRolesOutsideTheBoundary?.Action).toEqual(
        expect.arrayContaining(["iam:AttachRolePolicy", "iam:PutRolePolicy"]),
      );
      expect(DenyChangingTrust).toEqual({
        Effect: "Deny",
        Action: ["iam:*OpenIDConnectProvider*", "iam:*SAMLProvider*", "iam:UpdateAssumeRolePolicy"],
        Resource: "*",
      });
    });
  },
);
