import { Iam } from "../../modules/iam";
import { describePlan } from "../planned";
import { arnOf } from "../stand-ins";

const user = (name: string) => `arn:aws:iam::444455556666:user/${name}`;
const boundary = "arn:aws:iam::111122223333:policy/orders-people-boundary";

describePlan(
  "roles for people",
  (root) => {
    new Iam(root, "people", {
      name: "orders",
      accountId: "111122223333",
      developerUserArns: [user("zoe"), user("ana")],
      adminUserArns: [user("bo")],
      maxSessionHours: 2,
    });
  },
  (plan) => {
    const role = (name: string) => `module.people.aws_iam_role.${name}`;

    test("are assumed by their own people, each with MFA within the hour", () => {
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
      expect(plan().statements(role("admin"), "assume_role_policy")).toEqual(trust([user("bo")]));
    });

    test("stay within the boundary, for sessions no longer than asked for", () => {
      for (const name of ["developer", "admin"]) {
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
      ]);
    });

    test("keep developers from records, secrets and what is encrypted", () => {
      expect(plan().statements("module.people.aws_iam_policy.developer")).toEqual({
        DenyReadingData: {
          Effect: "Deny",
          Action: [
            "secretsmanager:GetSecretValue",
            "ssm:GetParameter*",
            "sqs:ReceiveMessage",
            "rds:DownloadCompleteDBLogFile",
            "rds:DownloadDBLogFilePortion",
            "s3:GetObject",
            "s3:GetObjectVersion",
            "ebs:GetSnapshotBlock",
            "kms:Decrypt",
            "rds-db:connect",
          ],
          Resource: "*",
        },
        DenyLogsOfRecords: {
          Effect: "Deny",
          Action: [
            "logs:FilterLogEvents",
            "logs:GetLogEvents",
            "logs:GetLogRecord",
            "logs:StartLiveTail",
            "logs:StartQuery",
          ],
          Resource: ["/aws/rds/*", "/audit/*"].map((groups) => `arn:aws:logs:*:111122223333:log-group:${groups}`),
        },
      });
    });

    test("come without users, groups, passwords and access keys", () => {
      const types = new Set(plan().resources.map(({ type }) => type));
      expect([...types].sort()).toEqual([
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_role_policy_attachment",
        ...(types.has("aws_partition") ? ["aws_partition"] : []),
      ]);
    });

    test("have a boundary that grants nothing by itself and can neither be changed nor left", () => {
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
        DenySwitchingOffRecords: {
          Action: expect.arrayContaining([
            "cloudtrail:StopLogging",
            "config:StopConfigurationRecorder",
            "ec2:DeleteFlowLogs",
            "guardduty:DeleteDetector",
            "logs:DeleteLogStream",
            "s3:BypassGovernanceRetention",
          ]),
        },
        DenyLosingKeys: { Action: expect.arrayContaining(["kms:ScheduleKeyDeletion"]) },
      });
    });

    test("give nobody more through a role that the boundary does not hold", () => {
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
