import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { z } from "zod";
import { arnOf, defineModule, hcl, jsonencode, resource, resourceName, set } from "../../lib";

const FIELDS = {
  critical: "$.detail.finding-severity-counts.CRITICAL",
  digest: "$.detail.image-digest",
  high: "$.detail.finding-severity-counts.HIGH",
  region: "$.region",
  repository: "$.detail.repository-name",
  status: "$.detail.scan-status",
} as const;

/** Each line is a JSON string. EventBridge replaces a missing field by nothing. */
const MESSAGE = [
  "Scan of the image <digest> in the repository <repository>: <status>",
  "Vulnerabilities of severity critical: <critical>",
  "Vulnerabilities of severity high: <high>",
  "The findings: aws ecr describe-image-scan-findings --region <region> --repository-name <repository> --image-id imageDigest=<digest>",
]
  .map((line) => `"${line}"`)
  .join("\n");

const COUNTS = "finding-severity-counts";

export const ImageScanAlerts = defineModule({
  name: "image-scan-alerts",
  description:
    "Alerts for images in ECR whose scan failed, or found vulnerabilities of severity high or critical. ECR scans an image when it is pushed, if its repository says so.",
  inputs: {
    name: resourceName(40).describe("Prefix of the rule's name."),
    repositoryNames: set(z.string().min(1)).min(1).describe("Names of the repositories, such as shop/api."),
    alertTopicArn: arnOf("sns").describe("Topic that is notified. Its policy has to allow `events.amazonaws.com`."),
  },
  outputs: {
    ruleName: z.string().describe("Name of the rule."),
  },
  example: {
    name: "shop",
    repositoryNames: ["shop/api"],
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  },
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
  build(scope, input) {
    const rule = resource(scope, CloudwatchEventRule, "this", {
      name: `${input.name}-image-scan`,
      description: "An image has vulnerabilities of severity high or critical, or its scan failed",
      eventPattern: jsonencode({
        source: ["aws.ecr"],
        "detail-type": ["ECR Image Scan"],
        detail: {
          "repository-name": hcl<string[]>`sort(${input.repositoryNames})`,
          // ECR leaves out a severity without findings.
          $or: [
            { "scan-status": ["FAILED"] },
            { [COUNTS]: { CRITICAL: [{ exists: true }] } },
            { [COUNTS]: { HIGH: [{ exists: true }] } },
          ],
        },
      }),
    });
    resource(scope, CloudwatchEventTarget, "this", {
      rule: rule.name,
      arn: input.alertTopicArn,
      inputTransformer: { inputPaths: FIELDS, inputTemplate: MESSAGE },
    });
    return { ruleName: rule.name };
  },
});
