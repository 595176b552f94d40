import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { z } from "zod";
import { arnOf, defineModule, hcl, notified, resourceForEach, resourceName, SEVERITY, set, text } from "../../lib";

export const CompositeAlarms = defineModule({
  name: "composite-alarms",
  description:
    "Alarms that are on while other alarms are, such as an alarm on a service that matters only while the service gets requests. A topic is notified when an alarm starts and ends.",
  inputs: {
    name: resourceName(100).describe("First part of every alarm's name: `<name>-<alarm>`."),
    topicArn: arnOf("sns").describe("Topic that is notified. Its policy has to allow `cloudwatch.amazonaws.com`."),
    pageTopicArn: arnOf("sns")
      .nullable()
      .default(null)
      .describe(
        "Topic that is notified of alarms of the severity `Critical` as well, such as one that pages a person.",
      ),
    alarms: z
      .record(
        text(/^[A-Za-z][A-Za-z0-9-]*$/, "names of letters, digits and hyphens", "Not A Name"),
        z.object({
          description: z.string().min(1).max(500),
          runbook: z.string().min(1).max(500).nullable().default(null),
          severity: SEVERITY,
          allOf: set(arnOf("cloudwatch")).min(1),
          anyOf: set(arnOf("cloudwatch")).min(1),
        }),
      )
      .describe(
        "Alarms by name. An alarm is on while every alarm of `allOf` and at least one of `anyOf` is on; both have ARNs. `runbook` is the first step for the person who receives the alarm. `severity` becomes a tag.",
      ),
  },
  outputs: {
    arns: z.record(z.string(), z.string()).describe("ARNs of the alarms, by key."),
  },
  example: {
    name: "shop-serving",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    pageTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-pages",
    alarms: {
      "web-cpu": {
        description: "web is short of CPU while it gets requests",
        runbook: "Look first at its number of tasks",
        severity: "High",
        allOf: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-web-cpu"],
        anyOf: [
          "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-web-refused-requests",
          "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-web-requests",
        ],
      },
    },
  },
  build(scope, input) {
    const alarms = resourceForEach(scope, CloudwatchCompositeAlarm, "this", input.alarms, (alarm, name) => ({
      alarmName: `${input.name}-${name}`,
      alarmDescription: hcl<string>`join("\\n\\n", compact([${alarm.description}, ${alarm.runbook}]))`,
      /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
      alarmRule: hcl<string>`join(" AND ", concat([for arn in sort(${alarm.allOf}) : format("ALARM(\\"%s\\")", arn)], [format("(%s)", join(" OR ", [for arn in sort(${alarm.anyOf}) : format("ALARM(\\"%s\\")", arn)]))]))`,
      ...notified(input, alarm.severity),
    }));
    return { arns: alarms.all("arn") };
  },
});
