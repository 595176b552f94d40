import { ApprunnerAutoScalingConfigurationVersion } from "@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version";
import { ApprunnerObservabilityConfiguration } from "@cdktf/provider-aws/lib/apprunner-observability-configuration";
import { ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { ApprunnerVpcConnector } from "@cdktf/provider-aws/lib/apprunner-vpc-connector";
import { z } from "zod";
import {
  arnOf,
  defineModule,
  hcl,
  resource,
  SECRETS_WITH_KEYS,
  sizing,
  USED_BEFORE_CLOSING,
  WEB_SERVICE_BOUNDS,
  WEB_SERVICE_INPUTS,
  WEB_SERVICE_OUTPUTS,
} from "../../lib";
import { keepLogs } from "./logs";
import { accessRole, instanceRole } from "./roles";
import { APP_RUNNER_MEMORY_MIB } from "./sizes";

/** @see https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html */
export const ACCOUNT_USES_APP_RUNNER = "This account used App Runner before 2026-04-30";

export const AppRunner = defineModule({
  name: "app-runner",
  description:
    "A public HTTPS service of App Runner whose outgoing connections go through a VPC: a customer managed key, scaling by concurrent requests, health checks over HTTP, traces in X-Ray, and deployments only by the pipeline. AWS accepts no new customers of App Runner; the module `container-service` has equal outputs for other accounts.",
  inputs: {
    ...WEB_SERVICE_INPUTS,
    accountUsesAppRunner: z
      .literal(ACCOUNT_USES_APP_RUNNER)
      .describe(
        "Acknowledgement that AWS lets this account create services, as a tag of the resources. Other accounts use the module `container-service`.",
      ),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the copies of the image and of the settings. Another key or name means another service with another host.",
    ),
    cpu: sizing(z.literal([256, 512, 1024, 2048, 4096])).describe("CPU units of an instance; 1024 are one vCPU."),
    memoryMiB: sizing(z.int().min(512).max(12288)).describe(
      "Memory of an instance, one of the sizes that App Runner offers for the CPU units.",
    ),
    maxConcurrency: sizing(z.int().min(1).max(200))
      .default(100)
      .describe(
        "Concurrent requests of one instance. With more, App Runner adds an instance; at the maximum number of instances it answers 429.",
      ),
  },
  rules: [
    WEB_SERVICE_BOUNDS,
    SECRETS_WITH_KEYS,
    {
      inputs: ["memoryMiB", "cpu"],
      allowed: "the sizes that App Runner offers, such as cpu 1024 with 2048, 3072 or 4096 MiB",
      holds: ({ cpu, memoryMiB }) => APP_RUNNER_MEMORY_MIB[cpu].some((size) => size === memoryMiB),
      condition: `contains(try(${JSON.stringify(APP_RUNNER_MEMORY_MIB).replaceAll(":", " = ")}[tostring(var.cpu)], []), var.memory_mib)`,
      counterexample: { cpu: 256, memoryMiB: 4096 },
    },
    {
      inputs: ["environment", "secrets"],
      allowed: "names of variables that do not begin with AWSAPPRUNNER, which App Runner reserves",
      holds: ({ environment, secrets }) =>
        [environment, secrets].flatMap(Object.keys).every((name) => !name.startsWith("AWSAPPRUNNER")),
      condition:
        'alltrue([for name in concat(keys(var.environment), keys(var.secrets)) : !startswith(name, "AWSAPPRUNNER")])',
      counterexample: { environment: { AWSAPPRUNNER_MODE: "fast" } },
    },
  ],
  outputs: WEB_SERVICE_OUTPUTS,
  example: {
    name: "shop-api",
    accountUsesAppRunner: ACCOUNT_USES_APP_RUNNER,
    accountId: "111122223333",
    region: "eu-central-1",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:initial",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    cpu: 1024,
    memoryMiB: 2048,
    port: 8080,
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    minInstances: 1,
    maxInstances: 3,
    environment: { LOG_LEVEL: "info" },
    secrets: { API_KEY: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/api-key-AbCdEf" },
    secretsKmsKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    permissions: {
      LogInToDatabase: {
        actions: ["rds-db:connect"],
        resources: ["arn:aws:rds-db:eu-central-1:111122223333:dbuser:cluster-ABCDEFGHIJKL/api"],
      },
    },
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build(scope, input) {
    const { name } = input;
    const tags = { [USED_BEFORE_CLOSING]: input.accountUsesAppRunner };
    /** No argument of these can change. The service moves to the new revision before the old one is deleted. */
    const lifecycle = { createBeforeDestroy: true };
    const connector = resource(scope, ApprunnerVpcConnector, "this", {
      vpcConnectorName: name,
      subnets: input.subnetIds,
      securityGroups: [input.securityGroupId],
      tags,
      lifecycle,
    });
    const scaling = resource(scope, ApprunnerAutoScalingConfigurationVersion, "this", {
      autoScalingConfigurationName: name,
      maxConcurrency: input.maxConcurrency,
      minSize: input.minInstances,
      maxSize: input.maxInstances,
      tags,
      lifecycle,
    });
    const observability = resource(scope, ApprunnerObservabilityConfiguration, "this", {
      observabilityConfigurationName: name,
      traceConfiguration: { vendor: "AWSXRAY" },
      tags,
      lifecycle,
    });
    const access = accessRole(scope, input);
    const instance = instanceRole(scope, input);
    const service = resource(scope, ApprunnerService, "this", {
      serviceName: name,
      encryptionConfiguration: { kmsKey: input.kmsKeyArn },
      sourceConfiguration: {
        autoDeploymentsEnabled: false,
        authenticationConfiguration: { accessRoleArn: access.role.arn },
        imageRepository: {
          imageIdentifier: input.image,
          imageRepositoryType: "ECR",
          imageConfiguration: {
            port: hcl<string>`tostring(${input.port})`,
            runtimeEnvironmentVariables: input.environment,
            runtimeEnvironmentSecrets: input.secrets,
          },
        },
      },
      instanceConfiguration: {
        cpu: hcl<string>`tostring(${input.cpu})`,
        memory: hcl<string>`tostring(${input.memoryMiB})`,
        instanceRoleArn: instance.role.arn,
      },
      autoScalingConfigurationArn: scaling.arn,
      healthCheckConfiguration: {
        protocol: "HTTP",
        path: input.healthCheckPath,
        interval: 10,
        timeout: 5,
        healthyThreshold: 1,
        unhealthyThreshold: 5,
      },
      networkConfiguration: {
        ingressConfiguration: { isPubliclyAccessible: true },
        egressConfiguration: { egressType: "VPC", vpcConnectorArn: connector.arn },
      },
      observabilityConfiguration: {
        observabilityEnabled: true,
        observabilityConfigurationArn: observability.arn,
      },
      tags,
      dependsOn: [access.policy, instance.policy],
      /** The pipeline deploys images. */
      lifecycle: { ignoreChanges: ["sourceConfiguration.imageRepository.imageIdentifier"] },
    });
    const dimensions = { ServiceName: service.serviceName, ServiceID: service.serviceId };
    return {
      arn: service.arn,
      name: service.serviceName,
      host: service.serviceUrl,
      webAclTargetArn: service.arn,
      roleArn: instance.role.arn,
      logGroupName: keepLogs(scope, service, input),
      requestDimensions: dimensions,
      instanceDimensions: dimensions,
    };
  },
});
