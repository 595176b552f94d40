/**
 * What the variants of a web service share: equal outputs, and the inputs that both have. A system changes from one variant
 * to the other without a change of anything that uses the service.
 */
import { z } from "zod";
import { arnOf, LOG_RETENTION_DAYS } from "../generator/inputs/identifiers";
import { set, sizing, text } from "../generator/inputs/schema";
import type { Rule } from "../generator/inputs/validation";
import { CONTAINER_INPUTS } from "./container";
import { URL_PATH } from "./load-balancer";

export const WEB_SERVICE_INPUTS = {
  ...CONTAINER_INPUTS,
  name: text(
    /^[a-z][a-z0-9-]{2,30}[a-z0-9]$/,
    "4 to 32 lower-case letters, digits and inner hyphens, a letter first",
    "api",
  ).describe("Name of the service, and prefix of the names of its roles."),
  image: CONTAINER_INPUTS.image.describe("Image that the service is created with. The pipeline deploys later ones."),
  port: z.int().min(1).max(65535).describe("Port on which the container answers HTTP."),
  healthCheckPath: URL_PATH.default("/health").describe(
    "Path that answers 200 if the process lives. An instance that fails is replaced.",
  ),
  subnetIds: set(z.string()).describe("Private subnets, in two zones or more."),
  securityGroupId: z.string().min(1).describe("Security group of the service's connections in the VPC."),
  minInstances: sizing(z.int().min(1).max(25)).describe("Minimum number of instances."),
  maxInstances: sizing(z.int().min(1).max(25)).describe("Maximum number of instances."),
  logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
  logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
} as const;

export const WEB_SERVICE_BOUNDS: Rule<{ readonly minInstances: number; readonly maxInstances: number }> = {
  inputs: ["maxInstances", "minInstances"],
  allowed: "a maximum number of instances that is not below the minimum",
  holds: ({ minInstances, maxInstances }) => maxInstances >= minInstances,
  condition: "var.max_instances >= var.min_instances",
  counterexample: { minInstances: 3, maxInstances: 2 },
};

const DIMENSIONS = z.record(z.string(), z.string());

export const WEB_SERVICE_OUTPUTS = {
  arn: z.string().describe("ARN of the service."),
  name: z.string().describe("Name of the service."),
  host: z.string().describe("DNS name that answers HTTPS with a valid certificate."),
  webAclTargetArn: z.string().describe("ARN that a web ACL is associated with."),
  roleArn: z.string().describe("Role of the code in the container."),
  logGroupName: z.string().describe("Log group of the container."),
  requestDimensions: DIMENSIONS.describe("Dimensions of the metrics of requests in CloudWatch."),
  instanceDimensions: DIMENSIONS.describe("Dimensions of the metrics of instances in CloudWatch."),
} as const;
