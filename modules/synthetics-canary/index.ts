import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SyntheticsCanary as AwsSyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  DOMAIN_NAME,
  defineModule,
  hcl,
  isSet,
  LOG_RETENTION_DAYS,
  REGION,
  resource,
  resourceName,
  sizing,
  text,
} from "../../lib";
import { artifacts } from "./artifacts";
import { canaryRole } from "./role";

/**
 * Each script with the runtime that it was tested with. The provider uploads a script only if the path of its archive changes, so
 * that a new script, or a new runtime, is a new version.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_puppeteer.html
 */
const RUNTIMES = { v1: "syn-nodejs-puppeteer-17.0", v2: "syn-nodejs-puppeteer-17.0" } as const;

export const SyntheticsCanary = defineModule({
  name: "synthetics-canary",
  description:
    "A canary of CloudWatch Synthetics that opens a website in a browser on a schedule, waits until the application has rendered, and then calls the API, below the same name or its own. An alarm reports two failed runs in a row, and runs that are missing. Screenshots and logs of the runs are encrypted with a customer managed key, and expire.",
  files: ["v1/function.zip", "v2/function.zip"],
  inputs: {
    name: resourceName(50).describe("Name of the canary, and prefix of the names of its role and alarm."),
    accountId: ACCOUNT_ID.describe("Account of the canary."),
    region: REGION.describe("Region of the canary."),
    scriptVersion: z
      .enum(["v1", "v2"])
      .describe(
        "Version of the script, which determines the runtime. From `v2` on, the API can have a name of its own. AWS refuses to update a canary with a runtime that is out of support.",
      ),
    domainName: DOMAIN_NAME.describe("Host name of the website. The canary opens its first page."),
    apiDomainName: DOMAIN_NAME.nullable()
      .default(null)
      .describe("Host name of the API; null for the name of the website. Needs a script of version `v2`."),
    readySelector: text(/^[^\s].*$/, "a CSS selector such as #root > *", " ").describe(
      "CSS selector of an element that is visible only after the application has rendered.",
    ),
    healthPath: text(/^\/[\w/.-]*$/, "a path such as /api/health", "health").describe(
      "Path of the API that answers 200 to 299 if the API works.",
    ),
    intervalMinutes: sizing(z.int().min(1).max(60)).describe("Minutes between two runs. Each run is billed."),
    artifactsBucketName: BUCKET_NAME.describe("Globally unique name of the bucket for the results of the runs."),
    artifactRetentionDays: sizing(z.int().min(1).max(455)).describe("Retention of the results of a run."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the results."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the bucket's access logs, from the `s3-access-logs` module."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log of the runs."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
    alertTopicArn: arnOf("sns").describe(
      "Topic that is notified of failed runs. Its policy has to allow `cloudwatch.amazonaws.com`.",
    ),
    permissionsBoundaryArn: arnOf("iam").describe("Permissions boundary of the role."),
  },
  rules: [
    {
      inputs: ["apiDomainName", "scriptVersion"],
      allowed: "a host name of the API with a script of version v2 only",
      holds: ({ apiDomainName, scriptVersion }) => apiDomainName === null || scriptVersion !== "v1",
      condition: 'var.api_domain_name == null || var.script_version != "v1"',
      counterexample: { apiDomainName: "api.example.com" },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the canary, which is the dimension of its metrics."),
    alarmArn: z.string().describe("ARN of the alarm on failed runs."),
    logGroupName: z.string().describe("Log group of the runs."),
  },
  example: {
    name: "shop-page",
    accountId: "111122223333",
    region: "eu-central-1",
    scriptVersion: "v1",
    domainName: "app.example.com",
    readySelector: "#root > *",
    healthPath: "/api/health",
    intervalMinutes: 5,
    artifactsBucketName: "example-shop-canary",
    artifactRetentionDays: 30,
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/shop-boundary",
  },
  build(scope, input) {
    const store = artifacts(scope, input);
    const role = canaryRole(scope, input, store.bucketArn);
    const canary = resource(scope, AwsSyntheticsCanary, "this", {
      name: input.name,
      runtimeVersion: hcl<string>`${RUNTIMES}[${input.scriptVersion}]`,
      handler: "index.handler",
      zipFile: hcl<string>`${ARCHIVES}[${input.scriptVersion}]`,
      executionRoleArn: role.arn,
      artifactS3Location: store.location,
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: input.kmsKeyArn } },
      schedule: {
        expression: hcl<string>`format("rate(%d %s)", ${input.intervalMinutes}, ${input.intervalMinutes} == 1 ? "minute" : "minutes")`,
      },
      runConfig: {
        activeTracing: true,
        memoryInMb: 1024,
        timeoutInSeconds: 60,
        environmentVariables: hcl<Record<string, string>>`merge(${{
          DOMAIN_NAME: input.domainName,
          READY_SELECTOR: input.readySelector,
          HEALTH_PATH: input.healthPath,
        }}, ${isSet(input.apiDomainName)((host) => ({ API_DOMAIN_NAME: host }), {})})`,
      },
      successRetentionPeriod: input.artifactRetentionDays,
      failureRetentionPeriod: input.artifactRetentionDays,
      startCanary: true,
      // Otherwise its function stays in the account.
      deleteLambda: true,
      dependsOn: [role.policy, store.ready],
    });
    /** The service chooses the name of the function. The role may not create the group, which would have no retention. */
    const logGroup = resource(scope, CloudwatchLogGroup, "this", {
      name: hcl<string>`format("/aws/lambda/%s", split(":", ${canary.engineArn})[6])`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const alarm = resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: `${input.name}-failed-runs`,
      alarmDescription: `Two runs of the canary ${input.name} failed, or runs are missing. Read the screenshot and the log of the last run: the step \`page\` is the website, the step \`health\` is the API.`,
      namespace: "CloudWatchSynthetics",
      metricName: "SuccessPercent",
      dimensions: { CanaryName: canary.name },
      statistic: "Average",
      period: hcl<number>`${input.intervalMinutes} * 60`,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 100,
      treatMissingData: "breaching",
      alarmActions: [input.alertTopicArn],
      okActions: [input.alertTopicArn],
    });
    return { name: canary.name, alarmArn: alarm.arn, logGroupName: logGroup.name };
  },
});

const ARCHIVES = {
  v1: `${hcl<string>`path.module`}/v1/function.zip`,
  v2: `${hcl<string>`path.module`}/v2/function.zip`,
};
