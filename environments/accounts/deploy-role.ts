/** The role with which an application's repository deploys. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import { type Application, familiesOf } from "../common/application";
import { ROLES } from "../common/delivery";
import { type Place, placeOf, register } from "./place";
import type { Pipeline } from "./terraform-roles";

/** A deployment waits for its canary, for the time in which it can be rolled back, and for a rollback. */
const DEPLOY_HOURS = 4;

export function deployRole({ root, providerArn, boundaryArn }: Pipeline, application: Application): void {
  const { environment, repository } = application;
  const place = placeOf(root.props.accountId, application);
  new GithubActionsRole(root, `deploy_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.deploy(environment),
    description: `Deploys images to ${environment}`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}`,
    permissionsBoundary: { arn: boundaryArn },
    statements: {
      ...pushImages(place),
      ...findCopiedImages(place),
      ...register(place, familiesOf(application)),
      ...updateServices(place),
      ...deployByCodeDeploy(place),
    },
    maxSessionHours: DEPLOY_HOURS,
  });
}

function pushImages({ application, arn }: Place) {
  if (application.imageRepositories.length === 0) return {};
  return {
    LogInToRegistry: { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    PushImages: {
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      resources: application.imageRepositories.map((name) => arn("ecr", `repository/${name}`)),
    },
  };
}

/** The images of a standby were pushed in another region. */
function findCopiedImages({ application, arn }: Place) {
  if (application.copiedRepositories.length === 0) return {};
  const repositories = application.copiedRepositories.map((name) => arn("ecr", `repository/${name}`));
  return { FindCopiedImages: { actions: ["ecr:DescribeImages"], resources: repositories } };
}

function updateServices({ application, arn }: Place) {
  const services = application.services.map(({ name }) => arn("ecs", `service/${application.cluster}/${name}`));
  return {
    UpdateServices: { actions: ["ecs:DescribeServices", "ecs:UpdateService"], resources: services },
  };
}

function deployByCodeDeploy({ application, arn }: Place) {
  const names = application.services.flatMap(({ name, deployedBy }) => (deployedBy === "codedeploy" ? [name] : []));
  if (names.length === 0) return {};
  return {
    RegisterAppSpecs: {
      actions: ["codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision"],
      resources: names.map((name) => arn("codedeploy", `application:${name}`)),
    },
    DeployByCodeDeploy: {
      // A deployment that ignores alarms, which is the first one and each rollback, needs UpdateDeploymentGroup.
      actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:UpdateDeploymentGroup"],
      resources: names.map((name) => arn("codedeploy", `deploymentgroup:${name}/${name}`)),
    },
    /**
     * The action supports no ARN and no condition key, so that the role can stop any deployment in the account.
     * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html
     */
    StopDeployments: { actions: ["codedeploy:StopDeployment"], resources: ["*"] },
    ReadDeploymentConfigurations: {
      actions: ["codedeploy:GetDeploymentConfig"],
      resources: [arn("codedeploy", "deploymentconfig:*")],
    },
  };
}
