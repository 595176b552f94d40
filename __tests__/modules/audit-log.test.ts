import { AuditLog } from "../../modules/audit-log";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";

describePlan(
  "an audit log",
  (root) => {
    new AuditLog(root, "default", { name: "orders", kmsKeyArn });
    new AuditLog(root, "longer", { name: "shop", kmsKeyArn, retentionDays: 3653 });
  },
  (plan) => {
    test("is encrypted, has a retention of six years or longer, and has a name that boundaries protect", () => {
      expect(plan().values("module.default.aws_cloudwatch_log_group.this")).toMatchObject({
        name: "/audit/orders",
        kms_key_id: kmsKeyArn,
        retention_in_days: 2192,
      });
      expect(plan().values("module.longer.aws_cloudwatch_log_group.this")).toMatchObject({ retention_in_days: 3653 });
    });
  },
);

test("Terraform refuses to destroy an audit log", () => {
  expect(emitted(AuditLog, "main.tf.json")).toMatchObject({
    resource: { aws_cloudwatch_log_group: { this: { lifecycle: { prevent_destroy: true } } } },
  });
});

test("a retention below six years is refused for an audit log", () => {
  const short = { name: "orders", kmsKeyArn, retentionDays: 1827 };
  // @ts-expect-error five years
  expect(failure(() => new AuditLog(newRoot(), "log", short)).message).toContain("retentionDays: got 1827; allowed: ");
});
