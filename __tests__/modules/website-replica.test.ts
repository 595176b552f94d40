import { WebsiteReplica } from "../../modules/website-replica";
import { describePlan } from "../support/planned";

const DISTRIBUTION = "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1DIST";

describePlan(
  "a replica of a website",
  (root) => {
    new WebsiteReplica(
      root,
      "replica",
      {
        bucketName: "shop-app-replica",
        kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
        distributionArn: DISTRIBUTION,
        accessLogBucket: "shop-access-logs",
      },
      { providers: { aws: root.awsAlias("standby", "eu-west-1") } },
    );
  },
  (plan) => {
    test("only the distribution reads the copies", () => {
      const statements = Object.values(plan().statements("module.replica.aws_s3_bucket_policy.this"));
      expect(statements.filter(({ Effect }) => Effect === "Allow")).toEqual([
        {
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: expect.anything(),
          Condition: { StringEquals: { "aws:SourceArn": DISTRIBUTION } },
        },
      ]);
    });
  },
);
