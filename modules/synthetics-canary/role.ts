/** The role of the canary: its results, its metrics, its traces and its log. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { CANARY_RUNS, type Expression, partition, policyDocument, resource, serviceTrust } from "../../lib";

interface RoleInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string>;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html */
export function canaryRole(scope: Construct, input: RoleInput, bucketArn: Expression<string>) {
  const role = resource(scope, IamRole, "this", {
    name: `${input.name}-canary`,
    description: `Canary ${input.name}`,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "trust", "lambda.amazonaws.com", input.accountId),
  });
  const logs = `arn:${partition(scope)}:logs:${input.region}:${input.accountId}:log-group`;
  const allow = { Effect: "Allow" } as const;
  const policy = resource(scope, IamRolePolicy, "this", {
    name: "permissions",
    role: role.id,
    policy: policyDocument(scope, "permissions", [
      { ...allow, Sid: "WriteResults", Action: "s3:PutObject", Resource: `${bucketArn}/${CANARY_RUNS}/*` },
      { ...allow, Sid: "FindBucket", Action: "s3:GetBucketLocation", Resource: bucketArn },
      // The library looks for the bucket among all. The action supports no resource.
      { ...allow, Sid: "ListBuckets", Action: "s3:ListAllMyBuckets", Resource: "*" },
      {
        ...allow,
        Sid: "EncryptResults",
        Action: "kms:GenerateDataKey",
        Resource: input.kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${input.region}.amazonaws.com` } },
      },
      {
        ...allow,
        Sid: "WriteMetrics",
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
      },
      { ...allow, Sid: "WriteTraces", Action: "xray:PutTraceSegments", Resource: "*" },
      {
        ...allow,
        Sid: "WriteLog",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logs}:/aws/lambda/cwsyn-${input.name}-*`,
      },
    ]),
  });
  return { arn: role.arn, policy };
}
