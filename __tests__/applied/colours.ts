/** Two sets of services and the aliases of a function, behind a load balancer each. */
import { type Root, values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { Alb } from "../../modules/alb";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { Kms } from "../../modules/kms";
import { LambdaFunction } from "../../modules/lambda-function";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecurityGroups } from "../../modules/security-groups";
import { connections } from "../../modules/security-groups/connections";
import { SnsTopic } from "../../modules/sns-topic";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { WeightedAlias } from "../../modules/weighted-alias";
import { newRoot } from "../lib/generator/support";

const PLACE = { accountId: "111122223333", region: "eu-central-1" } as const;
export const ZONE = "Z0000000000000SHOP";
const COLOURS = ["blue", "green"] as const;
const PORT = 3000;

/** A root without calls, for the hosted zone that exists before the first apply. */
export function emptyRoot(): Root {
  return newRoot({ identity: { zone_id: [ZONE], domain: ["shop.example"] } });
}

export function colours(code: { readonly bucket: string; readonly key: string; readonly version: string }): Root {
  const root = emptyRoot();
  const { accountId } = PLACE;
  const key = new Kms(root, "key", {
    ...PLACE,
    name: "shop",
    description: "Shop",
    services: ["logs", "cloudwatch", "events"],
  }).arn;
  const logs = { logKmsKeyArn: key, logRetentionDays: 30 } as const;
  const topicArn = new SnsTopic(root, "alerts", {
    name: "shop-alerts",
    accountId,
    kmsKeyArn: key,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
  }).arn;
  const { balanced, subnetIds, securityGroupId } = front(root);
  const cluster = new EcsCluster(root, "cluster", { name: "shop", ...logs, alertTopicArn: topicArn });
  for (const { colour, loadBalancer } of balanced) {
    const name = `shop-${colour}`;
    const task = new EcsTaskDefinition(root, `${colour}_task`, {
      ...PLACE,
      ...logs,
      name,
      image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:initial",
      repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
      cpu: 256,
      memoryMiB: 512,
      port: PORT,
    });
    new EcsService(root, `${colour}_service`, {
      name,
      clusterName: cluster.name,
      taskDefinitionArn: task.arn,
      containerName: task.containerName,
      subnetIds,
      securityGroupId,
      minTasks: 1,
      maxTasks: 4,
      loadBalancer: {
        targetGroupArn: loadBalancer.targetGroupArns.at("api"),
        containerPort: PORT,
        arnSuffix: loadBalancer.arnSuffix,
        targetGroupArnSuffix: loadBalancer.targetGroupArnSuffixes.at("api"),
        requestsPerTarget: 1000,
      },
    });
  }
  new LambdaFunction(root, "pricing", {
    name: "shop-pricing",
    accountId,
    code,
    handler: "index.handler",
    memoryMiB: 256,
    timeoutSeconds: 10,
    reservedConcurrency: 10,
    logLevel: "INFO",
    tracing: false,
    durationMetric: { namespace: "Shop", name: "PricingDuration" },
    pathPatterns: ["/prices"],
    rulePriority: 10,
    aliases: Object.fromEntries(
      balanced.map(({ colour, loadBalancer }) => [colour, { listenerArn: loadBalancer.listenerArn }]),
    ),
    ...logs,
  });
  new WeightedAlias(root, "origin", {
    domain: "origin.shop.example",
    zoneId: ZONE,
    targets: Object.fromEntries(
      balanced.map(({ colour, loadBalancer: { dnsName, zoneId } }) => [
        colour,
        { dnsName, zoneId, weight: colour === "blue" ? 100 : 0 },
      ]),
    ),
  });
  new CloudwatchAlarms(root, "alarms", {
    name: "shop",
    topicArn,
    alarms: {
      errors: {
        description: "Errors of the shop",
        namespace: "Shop",
        metricName: "Errors",
        dimensions: {},
        statistic: "Sum",
        comparison: "GreaterThanThreshold",
        threshold: 0,
        periodSeconds: 60,
        treatMissingData: "notBreaching",
      },
    },
  });
  return root;
}

function front(root: Root) {
  const cidr = "10.20.0.0/16";
  const key = new Kms(root, "network_key", {
    ...PLACE,
    name: "shop-network",
    description: "Network",
    services: ["logs"],
  }).arn;
  const vpc = new Vpc(root, "vpc", {
    name: "shop",
    accountId: PLACE.accountId,
    cidr,
    subnets: planSubnets({ cidr, zones: { "eu-central-1a": 0, "eu-central-1b": 1 } }),
    logKmsKeyArn: key,
    flowLogRetentionDays: 30,
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name: "shop",
    vpcId: vpc.id,
    groups: { "load-balancer": "Load balancers", api: "Tasks" },
    peers: { internet: { cidr: "0.0.0.0/0" } },
    connections: connections([
      { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
      { from: "load-balancer", to: "api", port: PORT, description: "Requests to the tasks" },
    ]),
  });
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: "shop-access-logs",
    accountId: PLACE.accountId,
    retentionDays: 30,
  });
  const certificateArn = new AcmCertificate(root, "certificate", { domainName: "origin.shop.example", zoneId: ZONE })
    .arn;
  const balanced = COLOURS.map((colour) => ({
    colour,
    loadBalancer: new Alb(root, `${colour}_load_balancer`, {
      name: `shop-${colour}`,
      vpcId: vpc.id,
      subnetIds: values(vpc.publicSubnetIds),
      securityGroupId: groups.ids.at("load-balancer"),
      certificateArn,
      accessLogBucket: accessLogs.name,
      withoutWebAcl: "Nobody uses it",
      targetGroups: { api: { port: PORT } },
      defaultTargetGroup: "api",
    }),
  }));
  return { balanced, subnetIds: values(vpc.privateSubnetIds), securityGroupId: groups.ids.at("api") };
}
