/** The website: a single-page application behind CloudFront, and what measures it from outside. */
import type { Expression, ProviderAlias } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { CloudfrontPages } from "../../modules/cloudfront-pages";
import { Kms } from "../../modules/kms";
import { RumAppMonitor } from "../../modules/rum-app-monitor";
import { SyntheticsCanary } from "../../modules/synthetics-canary";
import { baselineRules } from "../../modules/web-acl/rules";
import { WebAclCloudfront } from "../../modules/web-acl-cloudfront";
import { workloadsBoundaryArn } from "../common/delivery";
import { type Context, HEALTH_PATH, hostsOf, SYSTEM, signInPrefix } from "./context";
import type { Elsewhere } from "./failover";
import type { Ingress } from "./ingress";
import { replicaBucket, websiteReplica } from "./website-replica";

/**
 * @param edge provider of us-east-1, where CloudFront takes its certificate, its web ACL and its logs
 * @param standby place of copies of the files; null without
 */
export function front(context: Context, edge: ProviderAlias, standby: Elsewhere | null, { accessLogs }: Ingress) {
  const { root, environment, name, logsKeyArn } = context;
  const { account, region, zoneId, sizing } = environment;
  const inEdge = { providers: { aws: edge } };
  const { website: domainName } = hostsOf(environment);
  const owned = { accountId: account.id, region };
  const certificate = new AcmCertificate(root, "website_certificate", { domainName, zoneId }, inEdge);
  const filesKey = new Kms(root, "files_key", {
    ...owned,
    name: `${name}-files`,
    description: "Formula: files of the website",
    services: ["cloudfront"],
  });
  /** CloudWatch Logs encrypts with a key of its own region: an environment with a website is in us-east-1. */
  const logs = { accountId: account.id, logKmsKeyArn: logsKeyArn, logRetentionDays: sizing.logRetentionDays };
  const webAcl = new WebAclCloudfront(
    root,
    "website_web_acl",
    {
      ...logs,
      name: `${name}-website`,
      rules: baselineRules({ requestsPer5Minutes: sizing.website.requestsPer5Minutes }),
    },
    inEdge,
  );
  const measured = measurements(context, accessLogs.name);
  const site = new CloudfrontPages(
    root,
    "site",
    {
      ...logs,
      name,
      domainName,
      zoneId,
      certificateArn: certificate.arn,
      webAclArn: webAcl.arn,
      bucketName: `${name}-files-${account.id}`,
      kmsKeyArn: filesKey.arn,
      accessLogBucket: accessLogs.name,
      contentSecurityPolicy: contentSecurityPolicy(environment, measured?.monitor.connectSources),
      ...(standby !== null && { replica: { bucketName: replicaBucket(context), region: standby.region } }),
    },
    { providers: { "aws.us_east_1": edge } },
  );
  if (standby !== null) websiteReplica(context, standby, { site, filesKeyArn: filesKey.arn });
  root.output("files_bucket", site.bucketName, "Bucket of the website's files, for uploads.");
  root.output("distribution", site.distributionId, "Distribution of the website.");
  return { site, certificate, measured };
}

export type Front = ReturnType<typeof front>;

/** Browsers of users, by CloudWatch RUM, and a canary that opens the website and calls the API. */
function measurements(context: Context, accessLogBucket: Expression<string>) {
  const { root, environment, name, dataKeyArn, logsKeyArn, alertTopicArn } = context;
  const { account, region, sizing } = environment;
  const { measurements: sizes } = sizing.website;
  if (sizes === null) return null;
  const hosts = hostsOf(environment);
  const measured = {
    accountId: account.id,
    region,
    domainName: hosts.website,
    alertTopicArn,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };
  const monitor = new RumAppMonitor(root, "monitor", {
    ...measured,
    name,
    sessionSampleRate: sizes.sessionSampleRate,
    thresholds: { lcpMilliseconds: LCP_MILLISECONDS },
    configurationName: `/${SYSTEM}/${environment.name}/build/rum`,
  });
  const canary = new SyntheticsCanary(root, "canary", {
    ...measured,
    name: `${name}-page`,
    scriptVersion: "v2",
    apiDomainName: hosts.api,
    readySelector: READY_SELECTOR,
    healthPath: HEALTH_PATH,
    intervalMinutes: sizes.canaryIntervalMinutes,
    artifactsBucketName: `${name}-canary-${account.id}`,
    artifactRetentionDays: sizes.canaryRetentionDays,
    kmsKeyArn: dataKeyArn,
    accessLogBucket,
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
  root.output(
    "monitor_configuration",
    monitor.configurationName,
    "SSM parameter with the configuration for the build.",
  );
  return { monitor, canary };
}

/** The main content of three of four visits appears in this time. */
const LCP_MILLISECONDS = 2500;

/** An element that the application's script makes. */
const READY_SELECTOR = "#root > *";

/**
 * Scripts and styles come from the website alone. Scripts connect to the API, to the sign-in pages, and to what measures them. The
 * sign-in pages of a standby are among them before a failover, because nobody can change the distribution during one.
 */
function contentSecurityPolicy(environment: Context["environment"], monitor: Expression<string> | undefined) {
  const { account, standby } = environment;
  const { api, signIn } = hostsOf(environment);
  const standbySignIn =
    standby === null ? [] : [`${signInPrefix(standby, account.id)}.auth.${standby.region}.amazoncognito.com`];
  const connect = ["connect-src 'self'", ...[api, signIn, ...standbySignIn].map((host) => `https://${host}`)].join(" ");
  return [
    "default-src 'self'",
    monitor === undefined ? connect : `${connect} ${monitor}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
