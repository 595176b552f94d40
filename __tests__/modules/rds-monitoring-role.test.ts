import { RdsMonitoringRole } from "../../modules/rds-monitoring-role";
import { describePlan } from "../support/planned";

const boundary = "arn:aws:iam::111122223333:policy/boundary";

describePlan(
  "a role that is there before the database",
  (root) => {
    new RdsMonitoringRole(root, "role", {
      name: "shop-dr",
      accountId: "111122223333",
      permissionsBoundaryArn: boundary,
    });
  },
  (plan) => {
    test("can be assumed only by RDS, has the boundary, and may send metrics", () => {
      expect(plan().values("module.role.aws_iam_role.this")).toMatchObject({
        name: "shop-dr-rds-monitoring",
        permissions_boundary: boundary,
      });
      expect(plan().statements("module.role.aws_iam_role.this", "assume_role_policy")).toMatchObject({
        AssumeByService: { Principal: { Service: "monitoring.rds.amazonaws.com" } },
      });
      expect(plan().values("module.role.aws_iam_role_policy_attachment.this").policy_arn).toBe(
        "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
      );
    });
  },
);
