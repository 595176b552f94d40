import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  CONTAINER,
  DOMAIN_NAME,
  defineModule,
  FARGATE_INPUTS,
  FARGATE_RULES,
  fargateTask,
  hcl,
  resource,
  rollingService,
  set,
  sizing,
  WEB_SERVICE_BOUNDS,
  WEB_SERVICE_INPUTS,
  WEB_SERVICE_OUTPUTS,
  ZONE_ID,
} from "../../lib";
import { balance } from "./load-balancer";
import { scale } from "./scaling";

const HEALTH_CHECK_SECONDS = 60;

export const ContainerService = defineModule({
  name: "container-service",
  description:
    "A public HTTPS service on Fargate with its load balancer, DNS name and scaling: rolling deployments that keep the number of tasks and roll back automatically, a hardened container, an encrypted log. Its outputs equal those of the module `app-runner`.",
  inputs: {
    ...FARGATE_INPUTS,
    ...WEB_SERVICE_INPUTS,
    clusterName: z.string().min(1).describe("Cluster of the service."),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    publicSubnetIds: set(z.string()).describe("Public subnets of the load balancer, in two zones or more."),
    domainName: DOMAIN_NAME.describe("DNS name of the service."),
    zoneId: ZONE_ID.describe("Hosted zone of the DNS name."),
    certificateArn: arnOf("acm").describe("Certificate of the DNS name, issued."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the access logs, from the `s3-access-logs` module."),
    requestsPerInstance: sizing(z.int().min(1))
      .default(1000)
      .describe("Target of requests per minute for each task. Scaling also keeps CPU at 60 % and memory at 70 %."),
  },
  rules: [...FARGATE_RULES, WEB_SERVICE_BOUNDS],
  outputs: WEB_SERVICE_OUTPUTS,
  example: {
    name: "shop-api",
    accountId: "111122223333",
    region: "eu-central-1",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:initial",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
    clusterName: "shop",
    cpu: 1024,
    memoryMiB: 2048,
    port: 8080,
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    domainName: "api.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    minInstances: 2,
    maxInstances: 6,
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
    const { definition, execution, task, logGroup } = fargateTask(scope, input);
    const front = balance(scope, input);
    const service = resource(scope, EcsService, "this", {
      ...rollingService({ ...input, minTasks: input.minInstances, taskDefinitionArn: definition.arn }),
      healthCheckGracePeriodSeconds: HEALTH_CHECK_SECONDS,
      loadBalancer: [{ targetGroupArn: front.targetGroup.arn, containerName: CONTAINER, containerPort: input.port }],
      dependsOn: [execution.policy, task.policy, front.listener],
    });
    scale(scope, service, { ...input, ...front });
    return {
      arn: service.id,
      name: service.name,
      host: front.record.fqdn,
      webAclTargetArn: front.loadBalancer.arn,
      roleArn: task.role.arn,
      logGroupName: logGroup.name,
      requestDimensions: { LoadBalancer: front.loadBalancer.arnSuffix },
      instanceDimensions: { ClusterName: input.clusterName, ServiceName: hcl<string>`${service.name}` },
    };
  },
});
