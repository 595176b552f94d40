/** Static assets behind CloudFront, which takes its certificate, its web ACL and its logs in us-east-1. */
import { AcmCertificate } from "../../../modules/acm-certificate";
import { CloudfrontSite } from "../../../modules/cloudfront-site";
import { Kms } from "../../../modules/kms";
import { baselineRules } from "../../../modules/web-acl/rules";
import { WebAclCloudfront } from "../../../modules/web-acl-cloudfront";
import { bucketName, type Context } from "../context";
import type { Data } from "./data";

const EDGE_REGION = "us-east-1";

export function assets({ root, environment, name }: Context, { accessLogs }: Data): void {
  const { account, region, assetsDomain, zoneId, assetsRequestsPer5Minutes, sizing } = environment;
  const edge = root.awsAlias("us_east_1", EDGE_REGION);
  const inEdge = { providers: { aws: edge } };
  const certificate = new AcmCertificate(root, "assets_certificate", { domainName: assetsDomain, zoneId }, inEdge);
  const filesKey = new Kms(root, "assets_key", {
    accountId: account.id,
    region,
    name: `${name}-assets`,
    description: "WardMitra: static assets",
    services: ["cloudfront"],
  });
  const logsKey = new Kms(
    root,
    "edge_logs_key",
    {
      accountId: account.id,
      region: EDGE_REGION,
      name: `${name}-edge-logs`,
      description: "WardMitra: logs of CloudFront and its web ACL",
      services: ["logs"],
    },
    inEdge,
  );
  const logs = {
    accountId: account.id,
    logKmsKeyArn: logsKey.arn,
    logRetentionDays: sizing.logRetentionDays,
  };
  const webAcl = new WebAclCloudfront(
    root,
    "assets_web_acl",
    { ...logs, name: `${name}-assets`, rules: baselineRules({ requestsPer5Minutes: assetsRequestsPer5Minutes }) },
    inEdge,
  );
  const site = new CloudfrontSite(
    root,
    "assets",
    {
      ...logs,
      name: `${name}-assets`,
      domainName: assetsDomain,
      zoneId,
      certificateArn: certificate.arn,
      webAclArn: webAcl.arn,
      bucketName: bucketName(environment, "assets"),
      kmsKeyArn: filesKey.arn,
      accessLogBucket: accessLogs.name,
    },
    { providers: { "aws.us_east_1": edge } },
  );
  root.output("assets_bucket", site.bucketName, "Bucket of the static assets, for uploads.");
  root.output("assets_distribution", site.distributionId, "Distribution of the static assets, for invalidations.");
}
