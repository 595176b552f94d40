import { z } from "zod";
import { Guardduty } from "../../modules/guardduty";
import { matches } from "../support/event-pattern";
import { describePlan } from "../support/planned";

const alertTopicArn = "arn:aws:sns:eu-central-1:111122223333:account-alerts";

describePlan(
  "threat detection",
  (root) => {
    new Guardduty(root, "default", { name: "account", alertTopicArn });
    new Guardduty(root, "other", { name: "other", alertTopicArn, features: ["EKS_AUDIT_LOGS"] });
  },
  (plan) => {
    const status = (call: string) =>
      Object.fromEntries(
        plan()
          .all("aws_guardduty_detector_feature")
          .filter(({ address }) => address.startsWith(`module.${call}.`))
          .map(({ values }) => [values.name, values.status]),
      );

    test("is enabled, and reports within 15 minutes", () => {
      expect(plan().values("module.default.aws_guardduty_detector.this")).toMatchObject({
        enable: true,
        finding_publishing_frequency: "FIFTEEN_MINUTES",
      });
    });

    test("sets every protection plan, because a new detector enables some by default", () => {
      const off = { EBS_MALWARE_PROTECTION: "DISABLED", LAMBDA_NETWORK_LOGS: "DISABLED" };
      expect(status("default")).toEqual({
        ...off,
        EKS_AUDIT_LOGS: "DISABLED",
        RDS_LOGIN_EVENTS: "ENABLED",
        S3_DATA_EVENTS: "ENABLED",
      });
      expect(status("other")).toEqual({
        ...off,
        EKS_AUDIT_LOGS: "ENABLED",
        RDS_LOGIN_EVENTS: "DISABLED",
        S3_DATA_EVENTS: "DISABLED",
      });
    });

    test("notifies the topic of findings of medium severity and above", () => {
      const pattern: unknown = JSON.parse(
        z.string().parse(plan().values("module.default.aws_cloudwatch_event_rule.finding").event_pattern),
      );
      const finding = (severity: number) => ({
        source: "aws.guardduty",
        "detail-type": "GuardDuty Finding",
        detail: { severity, type: "UnauthorizedAccess:S3/TorIPCaller" },
      });
      expect([2, 3.9, 4, 8.5].filter((severity) => matches(pattern, finding(severity)))).toEqual([4, 8.5]);
      expect(plan().values("module.default.aws_cloudwatch_event_target.finding")).toMatchObject({
        rule: "account-guardduty-finding",
        arn: alertTopicArn,
      });
    });
  },
);
