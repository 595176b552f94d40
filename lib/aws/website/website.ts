/** Files in a private bucket behind a CloudFront distribution, with its log and its names. */
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import { readyAfter } from "../../generator/module/module";
import { type ProviderAlias, resource } from "../../generator/module/resource";
import {
  closeBucket,
  denyOtherEncryption,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  readByDistribution,
} from "../bucket";
import type { DeliveredLog } from "../delivered-logs";
import { type Additions, distribution, type Site } from "./distribution";
import { logDistribution } from "./logging";
import { aliasRecords } from "./records";

interface Website extends Site, DeliveredLog {
  readonly zoneId: Expression<string>;
  readonly bucketName: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
}

/** @param edge configuration of `us-east-1` */
export function website(scope: Construct, input: Website, edge: ProviderAlias, additions: Additions = {}) {
  const bucket = resource(scope, S3Bucket, "this", { bucket: input.bucketName, lifecycle: { preventDestroy: true } });
  const access = resource(scope, CloudfrontOriginAccessControl, "this", {
    name: input.name,
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const site = distribution(scope, bucket, access, input, additions);
  keepUploads(scope, bucket);
  const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
  const policy = closeBucket(scope, bucket, [
    readByDistribution(bucket, site.arn),
    ...denyOtherEncryption(bucket, input.kmsKeyArn),
  ]);
  logBucketAccess(scope, bucket, input.accessLogBucket);
  const logGroupName = logDistribution(scope, site, input, edge);
  aliasRecords(scope, site, input);
  return {
    logGroupName,
    outputs: {
      bucketName: readyAfter(bucket.bucket, encryption, policy),
      bucketArn: bucket.arn,
      distributionId: site.id,
      distributionArn: site.arn,
    },
  };
}
