import { BackupAccess } from "../../modules/backup-access";
import { describePlan } from "../support/planned";
import { EVERYTHING, may } from "../support/policy";

const accountId = "111122223333";

describePlan(
  "access to backups",
  (root) => {
    new BackupAccess(root, "backups", {
      name: "shop",
      accountId,
      userArns: ["arn:aws:iam::444455556666:user/ana"],
      databases: ["shop", "shop-archive"],
      keyAliases: ["alias/shop-data"],
      otherRoleArns: {
        admin: "arn:aws:iam::111122223333:role/shop-admin",
        operator: "arn:aws:iam::111122223333:role/people/shop-operator",
      },
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/shop-people-boundary",
    });
  },
  (plan) => {
    const rds = (resource: string) => `arn:aws:rds:eu-central-1:${accountId}:${resource}`;
    const role = (action: string, resource: string, context: Record<string, string> = {}) =>
      may(Object.values(plan().statements("module.backups.aws_iam_policy.access")), [EVERYTHING], {
        action,
        resource,
        context,
      });
    const privately = { "rds:PubliclyAccessible": "false" };

    test("is a role for named users with MFA, within the boundary of people", () => {
      expect(plan().values("module.backups.aws_iam_role.this")).toMatchObject({
        name: "shop-backups",
        permissions_boundary: "arn:aws:iam::111122223333:policy/shop-people-boundary",
      });
      expect(plan().statements("module.backups.aws_iam_role.this", "assume_role_policy").AssumeWithMfa).toMatchObject({
        Principal: { AWS: ["arn:aws:iam::444455556666:user/ana"] },
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      });
    });

    test("lets the role restore a private database beside the existing one, from backups of these databases", () => {
      const restore = "rds:RestoreDBInstanceFromDBSnapshot";
      for (const one of ["snapshot:rds:shop-2026-12-01", "snapshot:shop-before", "db:shop-restored", "subgrp:shop"]) {
        expect([one, role(restore, rds(one), privately)]).toEqual([one, true]);
        expect([one, role(restore, rds(one), { "rds:PubliclyAccessible": "true" })]).toEqual([one, false]);
      }
      expect(role(restore, rds("snapshot:other"), privately)).toBe(false);
      expect(role("rds:DescribeDBSnapshots", rds("snapshot:shop-before"))).toBe(true);
    });

    test("lets the role neither delete, share and export backups, nor change the database", () => {
      const never = [
        "rds:DeleteDBInstance",
        "rds:DeleteDBSnapshot",
        "rds:ModifyDBInstance",
        "rds:ModifyDBSnapshotAttribute",
        "rds:StartExportTask",
      ];
      expect(never.filter((action) => role(action, rds("snapshot:shop-before"), privately))).toEqual([]);
      expect(never.filter((action) => role(action, rds("db:shop"), privately))).toEqual([]);
    });

    test("lets the role use the keys of the databases alone, through RDS and Secrets Manager", () => {
      const statements = plan().statements("module.backups.aws_iam_policy.access");
      for (const sid of ["UseKeysOfDatabases", "GrantKeysToRds"]) {
        expect(statements[sid]?.Condition).toMatchObject({
          StringLike: { "kms:ViaService": ["rds.*.amazonaws.com", "secretsmanager.*.amazonaws.com"] },
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/shop-data"] },
        });
      }
    });

    test("keeps the other people from all of it, administrators included", () => {
      const attached = plan()
        .all("aws_iam_role_policy_attachment")
        .flatMap(({ key, values }) => (key === undefined ? [] : [[key, values.role]]));
      expect(attached).toEqual([
        ["admin", "shop-admin"],
        ["operator", "shop-operator"],
      ]);
      const denial = Object.values(plan().statements("module.backups.aws_iam_policy.denial"));
      const other = (action: string) =>
        may([EVERYTHING, ...denial], [EVERYTHING], { action, resource: rds("db:shop") });
      expect(other("rds:DescribeDBSnapshots")).toBe(true);
      expect(other("rds:CreateDBSnapshot")).toBe(true);
      const denied = [
        "backup:StartRestoreJob",
        "rds:CopyDBSnapshot",
        "rds:DeleteDBSnapshot",
        "rds:RestoreDBInstanceToPointInTime",
      ];
      expect(denied.filter(other)).toEqual([]);
    });
  },
);
