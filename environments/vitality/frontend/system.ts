/** The root of the website: CloudFront in front of its files and of the API, and what measures it from outside. */
import { type Expression, hcl, type ProviderAlias, type Root } from "../../../lib";
import { AcmCertificate } from "../../../modules/acm-certificate";
import { ApiLookup } from "../../../modules/api-lookup";
import { CloudfrontSpa } from "../../../modules/cloudfront-spa";
import { FrontendParameters } from "../../../modules/frontend-parameters";
import { Kms } from "../../../modules/kms";
import { NetworkLookup } from "../../../modules/network-lookup";
import { RumAppMonitor } from "../../../modules/rum-app-monitor";
import { SyntheticsCanary } from "../../../modules/synthetics-canary";
import { baselineRules } from "../../../modules/web-acl/rules";
import { WebAclCloudfront } from "../../../modules/web-acl-cloudfront";
import { workloadsBoundaryArn } from "../../common/delivery";
import { type ComposedEnvironment, componentRoot, nameOf, parametersPath, websiteFiles } from "../context";

/** CloudFront takes its certificate, its web ACL and its logs here. */
const EDGE_REGION = "us-east-1";

/** An element that the application's script makes. */
const READY_SELECTOR = "#root > *";

export function vitalityFrontend(environment: ComposedEnvironment): Root {
  const root = componentRoot(environment, "frontend");
  const { account, region, domain, zoneId, sizing } = environment;
  const name = nameOf(environment);
  const path = parametersPath(environment);
  const network = new NetworkLookup(root, "network", { path });
  const api = new ApiLookup(root, "api", { path });
  const edge = root.awsAlias("us_east_1", EDGE_REGION);
  const inEdge = { providers: { aws: edge } };
  const owned = { accountId: account.id, region };
  const measured = {
    ...owned,
    domainName: domain,
    alertTopicArn: network.alertTopicArn,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };

  const monitor = new RumAppMonitor(root, "monitor", {
    ...measured,
    name,
    sessionSampleRate: sizing.frontend.sessionSampleRate,
    thresholds: sizing.frontend.alarms,
    configurationName: `${path}/build/rum`,
  });
  const certificate = new AcmCertificate(root, "certificate", { domainName: domain, zoneId }, inEdge);
  const { filesBucket, filesKey: filesKeyName } = websiteFiles(environment);
  const filesKey = new Kms(root, "files_key", {
    ...owned,
    name: filesKeyName,
    description: "Vitality: files of the website",
    services: ["cloudfront"],
  });
  const logs = edgeLogs(root, environment, name, inEdge);
  const webAcl = new WebAclCloudfront(
    root,
    "web_acl",
    {
      ...logs,
      name: `${name}-frontend`,
      rules: baselineRules({ requestsPer5Minutes: sizing.frontend.requestsPer5Minutes }),
    },
    inEdge,
  );
  const site = new CloudfrontSpa(
    root,
    "site",
    {
      ...logs,
      name,
      domainName: domain,
      zoneId,
      certificateArn: certificate.arn,
      webAclArn: webAcl.arn,
      bucketName: filesBucket,
      kmsKeyArn: filesKey.arn,
      accessLogBucket: network.accessLogBucket,
      apiDomainName: api.host,
      contentSecurityPolicy: contentSecurityPolicy(monitor.connectSources),
    },
    { providers: { "aws.us_east_1": edge } },
  );
  const canary = new SyntheticsCanary(root, "canary", {
    ...measured,
    name: `${name}-page`,
    scriptVersion: "v1",
    readySelector: READY_SELECTOR,
    healthPath: api.healthPath,
    intervalMinutes: sizing.frontend.canaryIntervalMinutes,
    artifactsBucketName: `${name}-canary-${account.id}`,
    artifactRetentionDays: sizing.frontend.canaryRetentionDays,
    kmsKeyArn: network.dataKeyArn,
    accessLogBucket: network.accessLogBucket,
    logKmsKeyArn: network.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
  new FrontendParameters(root, "parameters", {
    path,
    domainName: domain,
    distributionId: site.distributionId,
    requestLogGroupName: site.logGroupName,
    webAclLogGroupName: webAcl.logGroupName,
    monitorName: monitor.name,
    canaryName: canary.name,
    canaryLogGroupName: canary.logGroupName,
    alarmArns: hcl<string[]>`concat([${canary.alarmArn}], ${monitor.alarmArns})`,
  });
  root.output("files_bucket", site.bucketName, "Bucket of the website's files, for uploads.");
  root.output("distribution", site.distributionId, "Distribution of the website, for invalidations.");
  root.output(
    "monitor_configuration",
    monitor.configurationName,
    "SSM parameter with the configuration for the build.",
  );
  return root;
}

/** The API has the name of the website. The application loads its scripts and styles from there alone. */
function contentSecurityPolicy(monitor: Expression<string>): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ${monitor}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function edgeLogs(
  root: Root,
  { account, sizing }: ComposedEnvironment,
  name: string,
  inEdge: { readonly providers: { readonly aws: ProviderAlias } },
) {
  const key = new Kms(
    root,
    "edge_logs_key",
    {
      accountId: account.id,
      region: EDGE_REGION,
      name: `${name}-edge-logs`,
      description: "Vitality: logs of CloudFront and its web ACL",
      services: ["logs"],
    },
    inEdge,
  );
  return { accountId: account.id, logKmsKeyArn: key.arn, logRetentionDays: sizing.logRetentionDays };
}
