/** Permissions to deploy to one of two sets of services, and to move the requests between them. */
import type { ApplicationColours } from "../common/application";
import type { Place } from "./place";

/** None for an application with one set of services. */
export function moveRequests({ application: { colours, region }, arn }: Place) {
  if (colours === undefined) return {};
  const { zoneId, domain } = colours;
  const zone = `arn:aws:route53:::hostedzone/${zoneId}`;
  return {
    ReadOrigin: { actions: ["route53:ListResourceRecordSets"], resources: [zone] },
    /**
     * Route 53 compares a record that is deleted with the current one, which an UPSERT would overwrite.
     * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
     */
    MoveRequests: {
      actions: ["route53:ChangeResourceRecordSets"],
      resources: [zone],
      conditions: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [`origin.${domain}`],
          "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
          "route53:ChangeResourceRecordSetsActions": ["CREATE", "DELETE"],
        },
      },
    },
    SeeChangesOfRecords: { actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
    SeeAlarms: { actions: ["cloudwatch:DescribeAlarms"], resources: [arn("cloudwatch", "alarm:*")] },
    // The action supports no ARN.
    SeeScaling: { actions: ["application-autoscaling:DescribeScalableTargets"], resources: ["*"] },
    /** The ARN of a target has an id that nobody knows before it exists. */
    SuspendScaleIn: {
      actions: ["application-autoscaling:RegisterScalableTarget"],
      resources: [arn("application-autoscaling", "scalable-target/*")],
      conditions: {
        StringEquals: {
          "application-autoscaling:scalable-dimension": [
            "ecs:service:DesiredCount",
            ...(colours.function === null ? [] : ["lambda:function:ProvisionedConcurrency"]),
          ],
        },
      },
    },
    ...(colours.function !== null && deployFunction(colours.function, region, arn)),
  };
}

/** Lambda reads the archive with the permissions of the caller. */
function deployFunction(
  { name, archives: { bucket, folder, key } }: NonNullable<ApplicationColours["function"]>,
  region: string,
  arn: Place["arn"],
) {
  return {
    DeployFunction: {
      actions: [
        "lambda:GetAlias",
        "lambda:GetFunctionConfiguration",
        "lambda:GetProvisionedConcurrencyConfig",
        "lambda:PublishVersion",
        "lambda:PutProvisionedConcurrencyConfig",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
      ],
      resources: [arn("lambda", `function:${name}`), arn("lambda", `function:${name}:*`)],
    },
    KeepArchives: {
      actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      resources: [`arn:aws:s3:::${bucket}/${folder}/*`],
    },
    EncryptArchives: {
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn("kms", "key/*")],
      conditions: {
        StringEquals: { "kms:ViaService": [`s3.${region}.amazonaws.com`] },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": [`alias/${key}`] },
      },
    },
  };
}
