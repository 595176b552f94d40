import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  hcl,
  local,
  partition,
  policyDocument,
  REGION,
  resource,
  resourceName,
  set,
} from "../../lib";

export const VpcGatewayEndpoints = defineModule({
  name: "vpc-gateway-endpoints",
  description:
    "A gateway endpoint for S3 on the given route tables, free of charge. Its policy allows the account's principals to access the named buckets, and everybody to read the layers of container images.",
  inputs: {
    name: resourceName(40).describe("Prefix of the endpoint's name."),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    accountId: ACCOUNT_ID.describe("Account whose principals may use the buckets."),
    region: REGION.describe("Region of the VPC."),
    routeTableIds: set(z.string()).describe("Route tables whose subnets reach S3 through the endpoint."),
    bucketArns: set(arnOf("s3")).describe(
      "Buckets that may be read and written through the endpoint. With an empty set, only image layers can be read.",
    ),
    deletableBucketArns: set(arnOf("s3"))
      .default([])
      .describe("Those of them from which objects may also be deleted, such as chunks of logs."),
  },
  outputs: {
    s3PrefixListId: z.string().describe("Prefix list of S3, for security group rules."),
  },
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    accountId: "111122223333",
    region: "eu-central-1",
    routeTableIds: ["rtb-0123456789abcdef0"],
    bucketArns: ["arn:aws:s3:::shop-documents", "arn:aws:s3:::shop-chunks"],
    deletableBucketArns: ["arn:aws:s3:::shop-chunks"],
  },
  build(scope, input) {
    const ownBuckets = local<object[]>(scope, "own_buckets_statements", [
      {
        Sid: "OwnBuckets",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket", "s3:AbortMultipartUpload"],
        Resource: hcl<string[]>`flatten([for arn in sort(${input.bucketArns}) : [arn, format("%s/*", arn)]])`,
        Condition: { StringEquals: { "aws:PrincipalAccount": input.accountId } },
      },
      {
        Sid: "DeletableObjects",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:DeleteObject"],
        Resource: hcl<string[]>`[for arn in sort(${input.deletableBucketArns}) : format("%s/*", arn)]`,
        Condition: { StringEquals: { "aws:PrincipalAccount": input.accountId } },
      },
    ]);
    /** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms */
    const imageLayers = local<object>(scope, "image_layers_statement", {
      Sid: "ImageLayers",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:${partition(scope)}:s3:::prod-${input.region}-starport-layer-bucket/*`,
    });
    const endpoint = resource(scope, VpcEndpoint, "s3", {
      vpcId: input.vpcId,
      serviceName: `com.amazonaws.${input.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: input.routeTableIds,
      policy: policyDocument(
        scope,
        "s3_policy",
        hcl`concat([for statement in ${ownBuckets} : statement if length(statement.Resource) > 0], [${imageLayers}])`,
      ),
      tags: { Name: `${input.name}-s3` },
    });
    return { s3PrefixListId: endpoint.prefixListId };
  },
});
