/** The role with which an application's repository moves the requests between two sets of services. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import type { Application, ApplicationColours } from "../common/application";
import { ROLES } from "../common/delivery";
import { type Place, placeOf } from "./place";
import type { Pipeline } from "./terraform-roles";

/** The session length that the workflow requests, which watches alarms after the switch. */
const SWITCH_HOURS = 4;

/** Trusts a GitHub environment of its own: its reviewers approve that requests move, after the tests of what was deployed. */
export function switchRole(
  { root, providerArn, boundaryArn }: Pipeline,
  application: Application,
  colours: ApplicationColours,
): void {
  const { environment, repository, cluster, services, function: lambda } = application;
  const place = placeOf(root.props.accountId, application);
  const { arn } = place;
  new GithubActionsRole(root, `switch_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.switch(environment),
    description: `Moves the requests of ${environment}`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}-switch`,
    permissionsBoundary: { arn: boundaryArn },
    statements: {
      ...readOrigin(colours),
      ...changeOrigin(colours),
      SeeAlarms: { actions: ["cloudwatch:DescribeAlarms"], resources: [arn("cloudwatch", "alarm:*")] },
      ReadRevisions: { actions: ["ecs:DescribeTaskDefinition"], resources: ["*"] },
      // No condition key tells a change of the number of tasks from a deployment.
      ResizeServices: {
        actions: ["ecs:DescribeServices", "ecs:UpdateService"],
        resources: services.map(({ name }) => arn("ecs", `service/${cluster}/${name}`)),
      },
      ...suspendScaleIn(place),
      ...(lambda !== undefined && {
        ResizeFunction: {
          actions: [
            "lambda:GetAlias",
            "lambda:GetProvisionedConcurrencyConfig",
            "lambda:PutProvisionedConcurrencyConfig",
          ],
          resources: functionArns(lambda.name, arn),
        },
      }),
    },
    maxSessionHours: SWITCH_HOURS,
  });
}

export function readOrigin({ zoneId }: ApplicationColours) {
  return { ReadOrigin: { actions: ["route53:ListResourceRecordSets"], resources: [zoneArn(zoneId)] } };
}

/**
 * Route 53 compares a record that is deleted with the current one, which an UPSERT would overwrite.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 */
function changeOrigin({ zoneId, domain }: ApplicationColours) {
  return {
    MoveRequests: {
      actions: ["route53:ChangeResourceRecordSets"],
      resources: [zoneArn(zoneId)],
      conditions: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [`origin.${domain}`],
          "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
          "route53:ChangeResourceRecordSetsActions": ["CREATE", "DELETE"],
        },
      },
    },
    SeeChanges: { actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
  };
}

/** The ARN of a scalable target has an id that nobody knows before it exists. */
function suspendScaleIn({ application, arn }: Place) {
  const ofFunction = application.function === undefined ? [] : ["lambda:function:ProvisionedConcurrency"];
  return {
    // The action supports no ARN.
    SeeScaling: { actions: ["application-autoscaling:DescribeScalableTargets"], resources: ["*"] },
    SuspendScaleIn: {
      actions: ["application-autoscaling:RegisterScalableTarget"],
      resources: [arn("application-autoscaling", "scalable-target/*")],
      conditions: {
        StringEquals: { "application-autoscaling:scalable-dimension": ["ecs:service:DesiredCount", ...ofFunction] },
      },
    },
  };
}

/** Of the function, its versions and its aliases. */
export function functionArns(name: string, arn: Place["arn"]): string[] {
  return [arn("lambda", `function:${name}`), arn("lambda", `function:${name}:*`)];
}

function zoneArn(zoneId: string): string {
  return `arn:aws:route53:::hostedzone/${zoneId}`;
}
