import { z } from "zod";
import { arnOf, DOMAIN_NAME, defineParameters } from "../lib";

/** The website of an environment and what measures it, for the page of a person on call. */
export const FRONTEND = defineParameters({
  name: "frontend",
  values: {
    domainName: DOMAIN_NAME.describe("Host name of the website."),
    distributionId: z.string().describe("Id of the distribution."),
    requestLogGroupName: z.string().describe("Log group of the requests, in us-east-1."),
    webAclLogGroupName: z.string().describe("Log group of the blocked requests, in us-east-1."),
    monitorName: z.string().describe("Monitor of CloudWatch RUM."),
    canaryName: z.string().describe("Canary that opens the website."),
    canaryLogGroupName: z.string().describe("Log group of the canary."),
    alarmArns: z
      .array(arnOf("cloudwatch"))
      .describe("ARNs of the alarms on the canary and on the experience of visitors."),
  },
  standIns: {
    domainName: "app.example.com",
    distributionId: "E0123456789ABC",
    requestLogGroupName: "/aws/vendedlogs/cloudfront/shop",
    webAclLogGroupName: "aws-waf-logs-shop",
    monitorName: "shop",
    canaryName: "shop-page",
    canaryLogGroupName: "/aws/lambda/cwsyn-shop-page-01234567-89ab-4def-8123-456789abcdef",
    alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-page-failed-runs"],
  },
});
