/** The access log of the distribution. CloudFront delivers it through CloudWatch Logs in us-east-1 only. */
import type { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Resource } from "../../generator/module/attribute";
import { type ProviderAlias, resource } from "../../generator/module/resource";
import { type DeliveredLog, deliveredLogs } from "../delivered-logs";
import { partition } from "../policy";

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html */
export function logDistribution(
  scope: Construct,
  site: Resource<CloudfrontDistribution>,
  input: DeliveredLog & { readonly name: Expression<string> },
  provider: ProviderAlias,
): Expression<string> {
  const { name } = input;
  const names = {
    arnPartition: partition(scope),
    group: `/aws/vendedlogs/cloudfront/${name}`,
    policy: `${name}-cloudfront-logs`,
    region: "us-east-1",
  };
  const { group, policy } = deliveredLogs(scope, names, input, { provider });
  const source = resource(scope, CloudwatchLogDeliverySource, "this", {
    provider,
    name,
    logType: "ACCESS_LOGS",
    resourceArn: site.arn,
  });
  const destination = resource(scope, CloudwatchLogDeliveryDestination, "this", {
    provider,
    name,
    outputFormat: "json",
    deliveryDestinationConfiguration: [{ destinationResourceArn: group.arn }],
  });
  resource(scope, CloudwatchLogDelivery, "this", {
    provider,
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.arn,
    dependsOn: [policy],
  });
  return group.name;
}
