import { RumAppMonitor as AwsRumAppMonitor } from "@cdktf/provider-aws/lib/rum-app-monitor";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  DOMAIN_NAME,
  defineModule,
  jsonencode,
  PARAMETER_PATH,
  partition,
  REGION,
  readyAfter,
  resource,
  resourceName,
  sizing,
} from "../../lib";
import { experienceAlarms, THRESHOLDS } from "./alarms";
import { guests } from "./guests";

export const RumAppMonitor = defineModule({
  name: "rum-app-monitor",
  description:
    "Real user monitoring of a website with CloudWatch RUM: errors, page loads and requests of browsers, without cookies, and their traces in X-Ray. A browser gets temporary credentials as a guest of an identity pool, whose role may only send events to this monitor. Alarms report page loads, reactions to input and moving content that are worse than good. The configuration for the build of the website is an SSM parameter without secrets.",
  inputs: {
    name: resourceName(50).describe("Name of the monitor, and prefix of the names of its role and alarms."),
    accountId: ACCOUNT_ID.describe("Account of the monitor."),
    region: REGION.describe("Region of the monitor."),
    domainName: DOMAIN_NAME.describe("Host name of the website. Events of other websites are refused."),
    sessionSampleRate: sizing(z.number().min(0).max(1)).describe(
      "Part of the sessions that is measured: 1 for all of them. Each event is billed.",
    ),
    configurationName: PARAMETER_PATH.describe(
      "Name of the SSM parameter with the configuration of the web client, as JSON.",
    ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that is notified of bad measurements. Its policy has to allow `cloudwatch.amazonaws.com`.",
    ),
    thresholds: THRESHOLDS,
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    name: z
      .string()
      .describe("Name of the monitor, which is the dimension of its metrics, available when guests may send events."),
    configurationName: z.string().describe("Name of the SSM parameter for the build."),
    alarmArns: z.array(z.string()).describe("ARNs of the alarms on the experience of visitors."),
    connectSources: z
      .string()
      .describe("Sources for `connect-src` of the content security policy, separated by a space."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    domainName: "app.example.com",
    sessionSampleRate: 0.1,
    configurationName: "/shop/prod/config/rum",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  },
  build(scope, input) {
    const monitorArn = `arn:${partition(scope)}:rum:${input.region}:${input.accountId}:appmonitor/${input.name}`;
    const { identityPoolId, roleArn, attachment } = guests(scope, input, monitorArn);
    const monitor = resource(scope, AwsRumAppMonitor, "this", {
      name: input.name,
      domain: input.domainName,
      // Otherwise RUM makes a log group with a name and a retention of its own.
      cwLogEnabled: false,
      appMonitorConfiguration: {
        allowCookies: false,
        enableXray: true,
        guestRoleArn: roleArn,
        identityPoolId,
        sessionSampleRate: input.sessionSampleRate,
        telemetries: TELEMETRIES,
      },
    });
    const endpoint = `https://dataplane.rum.${input.region}.amazonaws.com`;
    /** With the role, the client would use the classic flow. */
    const configuration = resource(scope, SsmParameter, "configuration", {
      name: input.configurationName,
      type: "String",
      description: "Configuration of the web client of CloudWatch RUM. Each visitor of the website reads it.",
      insecureValue: jsonencode({
        applicationId: monitor.appMonitorId,
        region: input.region,
        identityPoolId,
        endpoint,
        sessionSampleRate: input.sessionSampleRate,
        telemetries: TELEMETRIES,
        allowCookies: false,
        enableXRay: true,
      }),
    });
    const alarmArns = experienceAlarms(scope, {
      name: monitor.name,
      topicArn: input.alertTopicArn,
      thresholds: input.thresholds,
    });
    return {
      name: readyAfter(monitor.name, attachment),
      configurationName: configuration.name,
      alarmArns,
      connectSources: `${endpoint} https://cognito-identity.${input.region}.amazonaws.com`,
    };
  },
});

/** @see https://github.com/aws-observability/aws-rum-web/blob/main/docs/configuration.md */
const TELEMETRIES = ["errors", "http", "performance"];
