/** The role with which an application's repository deploys. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import { REPOSITORY } from "../common/accounts";
import {
  type Application,
  type ApplicationFunction,
  type ClusterEnvironment,
  type ComponentEnvironment,
  familiesOf,
  type SplitEnvironment,
} from "../common/application";
import { ROLES } from "../common/delivery";
import { type Place, placeOf, register } from "./place";
import { functionArns, readOrigin } from "./switch-role";
import type { Pipeline } from "./terraform-roles";

/** A deployment waits for its canary, for the time in which it can be rolled back, and for a rollback. */
const DEPLOY_HOURS = 4;

export function deployRole(pipeline: Pipeline, application: Application): void {
  const place = placeOf(pipeline.root.props.accountId, application);
  deployer(pipeline, application, {
    ...pushImages(application, place),
    ...findCopiedImages(place),
    ...register(place, familiesOf(application)),
    ...updateServices(place),
    ...deployByCodeDeploy(place),
    ...(application.colours !== undefined && readOrigin(application.colours)),
    ...(application.function !== undefined && deployFunction(application.function, place)),
  });
}

export function componentsDeployRole(pipeline: Pipeline, environment: ComponentEnvironment): void {
  const { accountId } = pipeline.root.props;
  const arn = arnsIn(pipeline, environment);
  const { service, cluster, website, region } = environment;
  deployer(pipeline, environment, {
    ...pushImages(environment, { arn }),
    ...uploadWebsite(website, region, arn),
    ...(service.runsOn === "app-runner"
      ? updateAppRunner(accountId, service.name, arn)
      : {
          ...register({ accountId, arn }, [service.name]),
          ...updateServices({ application: { cluster, services: [service] }, arn }),
        }),
  });
}

/** Uploads are compared with the list of the files. Nobody may delete versions, with which a release is taken back. */
function uploadWebsite(
  { filesBucket, filesKey, settings }: ComponentEnvironment["website"],
  region: string,
  arn: Place["arn"],
) {
  return {
    ListFiles: { actions: ["s3:ListBucket"], resources: [`arn:aws:s3:::${filesBucket}`] },
    UploadFiles: { actions: ["s3:PutObject"], resources: [`arn:aws:s3:::${filesBucket}/*`] },
    EncryptFiles: {
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn("kms", "key/*")],
      conditions: {
        StringEquals: { "kms:ViaService": [`s3.${region}.amazonaws.com`] },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": [`alias/${filesKey}`] },
      },
    },
    ReadSettings: { actions: ["ssm:GetParameter"], resources: [arn("ssm", `parameter/${settings}/*`)] },
  };
}

/**
 * An update of the image passes the role that pulls it.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html#security_iam_service-with-iam-users
 */
function updateAppRunner(accountId: string, name: string, arn: Place["arn"]) {
  return {
    FindServices: { actions: ["apprunner:ListServices"], resources: ["*"] },
    UpdateService: {
      actions: ["apprunner:DescribeService", "apprunner:ListOperations", "apprunner:UpdateService"],
      resources: [arn("apprunner", `service/${name}/*`)],
    },
    PassAccessRole: {
      actions: ["iam:PassRole"],
      resources: [`arn:aws:iam::${accountId}:role/${name}-access`],
      conditions: {
        StringEquals: { "iam:PassedToService": ["apprunner.amazonaws.com", "build.apprunner.amazonaws.com"] },
      },
    },
  };
}

/** In Kubernetes, the role may do what its access entry says. */
export function clusterDeployRole(pipeline: Pipeline, environment: ClusterEnvironment): void {
  const arn = arnsIn(pipeline, environment);
  deployer(pipeline, environment, {
    ...pushImages(environment, { arn }),
    FindCluster: { actions: ["eks:DescribeCluster"], resources: [arn("eks", `cluster/${environment.cluster}`)] },
  });
}

/** Pushes images of this repository for a root without an application. */
export function imagesDeployRole(
  pipeline: Pipeline,
  images: { readonly environment: string; readonly region: string; readonly repositories: readonly string[] },
): void {
  const { environment, repositories: imageRepositories } = images;
  deployer(
    pipeline,
    { environment, repository: REPOSITORY },
    pushImages({ imageRepositories }, { arn: arnsIn(pipeline, images) }),
  );
}

function arnsIn({ root }: Pipeline, { region }: Pick<SplitEnvironment, "region">): Place["arn"] {
  return (service, resource) => `arn:aws:${service}:${region}:${root.props.accountId}:${resource}`;
}

type Statements = Readonly<
  Record<string, { readonly actions: readonly string[]; readonly resources: readonly string[] }>
>;

function deployer(
  { root, providerArn, boundaryArn }: Pipeline,
  { environment, repository }: Pick<Application, "environment" | "repository">,
  statements: Statements,
): void {
  new GithubActionsRole(root, `deploy_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.deploy(environment),
    description: `Deploys images to ${environment}`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}`,
    permissionsBoundary: { arn: boundaryArn },
    statements,
    maxSessionHours: DEPLOY_HOURS,
  });
}

function pushImages(
  { imageRepositories }: Pick<Application, "imageRepositories">,
  { arn }: Pick<Place, "arn">,
): Statements {
  if (imageRepositories.length === 0) return {};
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
      resources: imageRepositories.map((name) => arn("ecr", `repository/${name}`)),
    },
  };
}

/** The images of a standby were pushed in another region. */
function findCopiedImages({ application, arn }: Place) {
  if (application.copiedRepositories.length === 0) return {};
  const repositories = application.copiedRepositories.map((name) => arn("ecr", `repository/${name}`));
  return { FindCopiedImages: { actions: ["ecr:DescribeImages"], resources: repositories } };
}

function updateServices({
  application: { cluster, services: updated },
  arn,
}: {
  readonly application: { readonly cluster: string; readonly services: readonly { readonly name: string }[] };
  readonly arn: Place["arn"];
}) {
  const services = updated.map(({ name }) => arn("ecs", `service/${cluster}/${name}`));
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

/** Lambda reads the archive with the permissions of the caller. */
function deployFunction(
  { name, archives: { bucket, folder, key } }: ApplicationFunction,
  { application: { region }, arn }: Place,
) {
  return {
    DeployFunction: {
      actions: [
        "lambda:GetAlias",
        "lambda:GetFunctionConfiguration",
        "lambda:GetProvisionedConcurrencyConfig",
        "lambda:PublishVersion",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
      ],
      resources: functionArns(name, arn),
    },
    UploadArchives: {
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
