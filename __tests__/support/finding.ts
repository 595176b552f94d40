/** An event of Security Hub, as EventBridge has it. */

export function findingEvent(more: object = {}) {
  const id = "arn:aws:securityhub:eu-west-1:111122223333:security-control/S3.8/finding/1";
  return {
    source: "aws.securityhub",
    "detail-type": "Security Hub Findings - Imported",
    detail: {
      findings: [
        {
          Id: id,
          ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
          AwsAccountId: "111122223333",
          Region: "eu-west-1",
          GeneratorId: "security-control/S3.8",
          Title: "S3 general purpose buckets should block public access",
          Description: "This control checks the bucket's block of public access.",
          Severity: { Label: "HIGH" },
          Workflow: { Status: "NEW" },
          RecordState: "ACTIVE",
          Compliance: { Status: "FAILED", SecurityControlId: "S3.8" },
          Remediation: { Recommendation: { Url: "https://docs.aws.amazon.com/console/securityhub/S3.8/remediation" } },
          Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::shop-documents" }],
          ...more,
        },
      ],
    },
  };
}
