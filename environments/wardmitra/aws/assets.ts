/** Static assets behind CloudFront, which takes its certificate, its web ACL, its logs and its alarms in us-east-1. */
import type { Expression, ProviderAlias } from "../../../lib";
import { AcmCertificate } from "../../../modules/acm-certificate";
import { CloudfrontSite } from "../../../modules/cloudfront-site";
import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import { webAclAlarms } from "../../../modules/cloudwatch-alarms/catalogue";
import { Kms } from "../../../modules/kms";
import { SnsTopic } from "../../../modules/sns-topic";
import { baselineRules } from "../../../modules/web-acl/rules";
import { WebAclCloudfront } from "../../../modules/web-acl-cloudfront";
import { bucketName, type Context } from "../context";
import type { Data } from "./data";

const EDGE_REGION = "us-east-1";

type InEdge = { readonly providers: { readonly aws: ProviderAlias } };

export function assets(context: Context, { accessLogs }: Data): void {
  const { root, environment, name } = context;
  const { account, region, assetsDomain, zoneId, assetsWebAcl, sizing } = environment;
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
  const logs = {
    accountId: account.id,
    logKmsKeyArn: edgeKey(context, inEdge, "logs", "logs of CloudFront and its web ACL"),
    logRetentionDays: sizing.logRetentionDays,
  };
  const webAcl = new WebAclCloudfront(
    root,
    "assets_web_acl",
    { ...logs, name: `${name}-assets`, rules: baselineRules(assetsWebAcl) },
    inEdge,
  );
  blockedRequests(context, inEdge, webAcl.metricName);
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

/** An alarm notifies a topic of its own region only. */
function blockedRequests(context: Context, inEdge: InEdge, metricName: Expression<string>): void {
  const { root, environment, name } = context;
  const alerts = new SnsTopic(
    root,
    "edge_alerts",
    {
      name: `${name}-alerts`,
      accountId: environment.account.id,
      kmsKeyArn: edgeKey(context, inEdge, "alerts", "alerts on CloudFront's web ACL"),
      publishers: ["cloudwatch.amazonaws.com"],
      emails: environment.alertEmails,
    },
    inEdge,
  );
  const alarms = webAclAlarms(metricName, null, environment.sizing.alarms.assetsWebAcl);
  new CloudwatchAlarms(root, "edge_alarms", { name: `${name}-assets`, topicArn: alerts.arn, ...alarms }, inEdge);
}

function edgeKey(
  { root, environment, name }: Context,
  inEdge: InEdge,
  id: "alerts" | "logs",
  encrypted: string,
): Expression<string> {
  const services = [({ alerts: "cloudwatch", logs: "logs" } as const)[id]];
  const key = {
    accountId: environment.account.id,
    region: EDGE_REGION,
    name: `${name}-edge-${id}`,
    description: `WardMitra: ${encrypted}`,
    services,
  };
  return new Kms(root, `edge_${id}_key`, key, inEdge).arn;
}
