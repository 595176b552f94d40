import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription";
import { z } from "zod";
import { arnOf, defineModule, resource, resourceName, sizing } from "../../lib";

export const CostAnomalies = defineModule({
  name: "cost-anomalies",
  description:
    "Detection of unusual costs of each AWS service, with a message to a topic for each anomaly. In a management account it covers all accounts of the organization. An account has one monitor of services, and AWS makes one by itself in many accounts: import it, because a second one is refused.",
  inputs: {
    name: resourceName(100).describe("Name of the monitor and of its subscription."),
    impactUsd: sizing(z.int().min(1)).describe(
      "Costs above the expected ones, in US dollars, from which an anomaly is reported. Smaller ones are in the console only.",
    ),
    topicArn: arnOf("sns").describe(
      "Topic that receives the messages. Its policy and its key have to admit costalerts.amazonaws.com.",
    ),
  },
  outputs: {
    monitorArn: z.string().describe("ARN of the monitor."),
  },
  example: {
    name: "account-costs",
    impactUsd: 50,
    topicArn: "arn:aws:sns:us-east-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const monitor = resource(scope, CeAnomalyMonitor, "this", {
      name: input.name,
      monitorType: "DIMENSIONAL",
      monitorDimension: "SERVICE",
    });
    resource(scope, CeAnomalySubscription, "this", {
      name: input.name,
      // Only single messages can go to a topic: summaries of a day or a week go to e-mail addresses.
      frequency: "IMMEDIATE",
      monitorArnList: [monitor.arn],
      subscriber: [{ type: "SNS", address: input.topicArn }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [`${input.impactUsd}`],
        },
      },
    });
    return { monitorArn: monitor.arn };
  },
});
