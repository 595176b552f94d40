/** A system in three environments, which differ in identity and sizing only. */
import { Root, values } from "../../../../lib";
import { CloudwatchAlarms } from "../../../../modules/cloudwatch-alarms";
import { CloudwatchDashboard } from "../../../../modules/cloudwatch-dashboard";
import { EcsCluster } from "../../../../modules/ecs-cluster";
import { EcsService } from "../../../../modules/ecs-service";
import { EcsTaskDefinition } from "../../../../modules/ecs-task-definition";
import { Kms } from "../../../../modules/kms";
import { Route53Alias } from "../../../../modules/route53-alias";
import { S3 } from "../../../../modules/s3";
import { SecurityGroups } from "../../../../modules/security-groups";
import { SnsTopic } from "../../../../modules/sns-topic";
import { Vpc } from "../../../../modules/vpc";
import { planSubnets } from "../../../../modules/vpc/plan";

export interface ShopEnvironment {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly cidr: string;
  readonly maxTasks: number;
  readonly cpuThreshold: number;
  readonly alertEmails: readonly string[];
}

function environment(name: string, account: string, network: number, sizes: readonly [number, number]) {
  const [maxTasks, cpuThreshold] = sizes;
  const accountId = account.repeat(12);
  const alertEmails = ["platform@shop.example"];
  return { name, accountId, region: "us-east-1", cidr: `10.${network}.0.0/16`, maxTasks, cpuThreshold, alertEmails };
}

export const DEV: ShopEnvironment = environment("dev", "1", 10, [2, 90]);
export const STAGE: ShopEnvironment = environment("stage", "2", 20, [4, 80]);
export const PROD: ShopEnvironment = environment("prod", "3", 30, [8, 70]);

const TARGET_ZONE = "Z35SXDOTRQ7X7K";
const EVALUATION = { periodSeconds: 60, evaluationPeriods: 3, datapointsToAlarm: 3 } as const;

export function shop({ name, accountId, region, cidr, maxTasks, cpuThreshold, alertEmails }: ShopEnvironment): Root {
  const domain = `${name}.shop.example`;
  const root = new Root({
    path: `environments/shop/${name}`,
    source: `environments/shop/${name}.ts`,
    accountId,
    region,
    backend: {
      bucket: `shop-state-${accountId}`,
      region,
      kmsKeyArn: `arn:aws:kms:${region}:${accountId}:alias/state`,
      dynamodbTable: "locks",
    },
    tags: { CostCenter: "4711", App: "shop", Owner: "platform", Env: name },
    identity: { cidr: [cidr], domain: [domain], alert_emails: alertEmails },
  });
  const prefix = `shop-${name}`;
  const { arn: key } = new Kms(root, "data_key", {
    name: prefix,
    description: "Data of the shop",
    accountId,
    region,
    services: ["logs", "cloudwatch"],
  });
  const documents = new S3(root, "documents", {
    name: `${prefix}-documents`,
    kmsKeyArn: key,
    accessLogBucket: `${prefix}-access-logs`,
  });
  const alerts = new SnsTopic(root, "alerts", {
    name: `${prefix}-alerts`,
    accountId,
    kmsKeyArn: key,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
    emails: [...alertEmails],
  });
  const zones = { [`${region}a`]: 0, [`${region}b`]: 1 };
  const vpc = new Vpc(root, "vpc", {
    name: prefix,
    accountId,
    cidr,
    subnets: planSubnets({ cidr, zones, tiers: ["public", "private", "data"] }),
    logKmsKeyArn: key,
    flowLogRetentionDays: 90,
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name: prefix,
    vpcId: vpc.id,
    groups: { "load-balancer": "Load balancer", backend: "Containers", database: "Database" },
    peers: { internet: { cidr: "0.0.0.0/0" } },
    connections: {
      "internet-to-load-balancer-443": { from: "internet", to: "load-balancer", port: 443, description: "HTTPS" },
      "backend-to-database-5432": { from: "backend", to: "database", port: 5432, description: "PostgreSQL" },
    },
  });
  const cluster = new EcsCluster(root, "cluster", {
    name: prefix,
    logKmsKeyArn: key,
    logRetentionDays: 90,
    alertTopicArn: alerts.arn,
  });
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com/${prefix}`;
  const task = {
    accountId,
    region,
    image: `${registry}:initial`,
    repositoryArn: `arn:aws:ecr:${region}:${accountId}:repository/${prefix}`,
    cpu: 256,
    memoryMiB: 512,
    logKmsKeyArn: key,
    logRetentionDays: 90,
  } as const;
  const backend = new EcsTaskDefinition(root, "backend_task", {
    ...task,
    name: `${prefix}-backend`,
    environment: { URL: `https://${domain}` },
    permissions: { ReadDocuments: { actions: ["s3:GetObject"], resources: [`${documents.arn}/*`] } },
  });
  new EcsTaskDefinition(root, "migrations_task", {
    ...task,
    name: `${prefix}-migrations`,
    command: ["alembic", "upgrade", "head"],
  });
  new EcsService(root, "backend_service", {
    name: `${prefix}-backend`,
    clusterName: cluster.name,
    taskDefinitionArn: backend.arn,
    containerName: `${prefix}-backend`,
    subnetIds: values(vpc.privateSubnetIds),
    securityGroupId: groups.ids.at("backend"),
    minTasks: 1,
    maxTasks,
  });
  new CloudwatchAlarms(root, "alarms", {
    name: prefix,
    topicArn: alerts.arn,
    alarms: {
      "backend-cpu": {
        description: "The containers use much of their CPU",
        runbook: "See which requests take most of the time",
        namespace: "AWS/ECS",
        metricName: "CPUUtilization",
        dimensions: { ServiceName: `${prefix}-backend` },
        statistic: "Average",
        comparison: "GreaterThanThreshold",
        threshold: cpuThreshold,
        ...EVALUATION,
        treatMissingData: "breaching",
      },
    },
  });
  new CloudwatchDashboard(root, "dashboard", { name: prefix, region, widgets: [] });
  const alias = new Route53Alias(root, "alias", {
    name: domain,
    zoneId: "Z0123456789ABCDEFGHIJ",
    targetDnsName: `${prefix}.elb.amazonaws.com`,
    targetZoneId: TARGET_ZONE,
  });
  root.output("cluster", cluster.name, "Name of the cluster.");
  root.output("address", alias.fqdn, "Name under which the shop answers.");
  return root;
}
