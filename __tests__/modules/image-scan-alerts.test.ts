import { z } from "zod";
import { ImageScanAlerts } from "../../modules/image-scan-alerts";
import { matches } from "../support/event-pattern";
import { transformed } from "../support/input-transformer";
import { describePlan } from "../support/planned";

const alertTopicArn = "arn:aws:sns:eu-west-1:111122223333:shop-alerts";
const digest = `sha256:${"0".repeat(64)}`;

function scanned(detail: object) {
  const image = { "repository-name": "shop/api", "image-digest": digest, "scan-status": "COMPLETE" };
  const counts = { "finding-severity-counts": { MEDIUM: 2 } };
  return {
    source: "aws.ecr",
    "detail-type": "ECR Image Scan",
    region: "eu-west-1",
    detail: { ...image, ...counts, ...detail },
  };
}

describePlan(
  "alerts for scans of images",
  (root) => {
    new ImageScanAlerts(root, "alerts", { name: "shop", repositoryNames: ["shop/api"], alertTopicArn });
  },
  (plan) => {
    test.each([
      ["an image with critical vulnerabilities", { "finding-severity-counts": { CRITICAL: 1, LOW: 9 } }, true],
      ["an image with high vulnerabilities", { "finding-severity-counts": { HIGH: 3 } }, true],
      ["a failed scan", { "scan-status": "FAILED", "finding-severity-counts": {} }, true],
      ["an image with other vulnerabilities", {}, false],
      ["an image without vulnerabilities", { "finding-severity-counts": {} }, false],
      [
        "an image of another repository",
        { "repository-name": "other/api", "finding-severity-counts": { CRITICAL: 1 } },
        false,
      ],
    ])("%s: %j is reported: %s", (_what, detail, expected) => {
      const pattern: unknown = plan().document("module.alerts.aws_cloudwatch_event_rule.this", "event_pattern");
      expect(matches(pattern, scanned(detail))).toBe(expected);
    });

    test("go to the topic, and contain the command that lists the findings", () => {
      const target = plan().values("module.alerts.aws_cloudwatch_event_target.this");
      expect(target).toMatchObject({ rule: "shop-image-scan", arn: alertTopicArn });
      const [transformer] = z.array(z.unknown()).parse(target.input_transformer);
      expect(transformed(transformer, scanned({ "finding-severity-counts": { HIGH: 3 } }))).toContain(
        `critical: \nVulnerabilities of severity high: 3\nThe findings: aws ecr describe-image-scan-findings --region eu-west-1 --repository-name shop/api --image-id imageDigest=${digest}`,
      );
    });
  },
);
