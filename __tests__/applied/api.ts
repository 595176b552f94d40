/** A service like the API of Orders, with a load balancer and without stores. */
import { type Expression, type Root, values } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { AlbCodedeploy } from "../../modules/alb-codedeploy";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { together, trafficAlarms } from "../../modules/cloudwatch-alarms/catalogue";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsServiceCodedeploy } from "../../modules/ecs-service-codedeploy";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { Kms } from "../../modules/kms";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecurityGroups } from "../../modules/security-groups";
import { connections } from "../../modules/security-groups/connections";
import { SnsTopic } from "../../modules/sns-topic";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { newRoot } from "../lib/generator/support";
import { traffic } from "../modules/alarm-sets";

const PLACE = { accountId: "111122223333", region: "eu-central-1" } as const;
const ZONE = "Z0000000000000SHOP";

/** Alarm that is on as long as the load balancer has no target. */
export const NO_TARGETS = "shop-load-balancer-5xx-rate";

export function api(port: number): Root {
  const root = newRoot({ identity: { zone_id: [ZONE], domain: ["shop.example"] } });
  const { accountId } = PLACE;
  const key = new Kms(root, "key", {
    ...PLACE,
    name: "shop",
    description: "Shop",
    services: ["logs", "cloudwatch", "events"],
  }).arn;
  const topicArn = new SnsTopic(root, "alerts", {
    name: "shop-alerts",
    accountId,
    kmsKeyArn: key,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
  }).arn;
  const { loadBalancer, subnetIds, securityGroupId } = front(root, key, port);
  const cluster = new EcsCluster(root, "cluster", {
    name: "shop",
    logKmsKeyArn: key,
    logRetentionDays: 30,
    alertTopicArn: topicArn,
  });
  const task = new EcsTaskDefinition(root, "task", {
    ...PLACE,
    name: "shop-api",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:initial",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
    cpu: 256,
    memoryMiB: 512,
    port,
    logKmsKeyArn: key,
    logRetentionDays: 30,
  });
  const service = new EcsServiceCodedeploy(root, "api", {
    ...PLACE,
    name: "shop-api",
    clusterName: cluster.name,
    taskDefinitionArn: task.arn,
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    containerName: task.containerName,
    containerPort: port,
    subnetIds,
    securityGroupId,
    listenerArn: loadBalancer.listenerArn,
    testListenerArn: loadBalancer.testListenerArn,
    targetGroups: loadBalancer.targetGroups,
    loadBalancerArnSuffix: loadBalancer.arnSuffix,
    minTasks: 1,
    maxTasks: 2,
    requestsPerTarget: 1000,
    alarmNames: [NO_TARGETS],
    alertTopicArn: topicArn,
  });
  new CloudwatchAlarms(root, "alarms", {
    name: "shop",
    topicArn,
    ...together(trafficAlarms(loadBalancer.arnSuffix, {}, traffic)),
  });
  root.output("appspec", service.appspec, "Appspec of a deployment.");
  root.output("codedeploy_application", service.applicationName, "Application of CodeDeploy.");
  root.output("codedeploy_group", service.deploymentGroupName, "Deployment group.");
  return root;
}

function front(root: Root, logKmsKeyArn: Expression<string>, port: number) {
  const cidr = "10.20.0.0/16";
  const vpc = new Vpc(root, "vpc", {
    name: "shop",
    accountId: PLACE.accountId,
    cidr,
    subnets: planSubnets({ cidr, zones: { "eu-central-1a": 0, "eu-central-1b": 1 } }),
    logKmsKeyArn,
    flowLogRetentionDays: 30,
  });
  const groups = new SecurityGroups(root, "security_groups", {
    name: "shop",
    vpcId: vpc.id,
    groups: { "load-balancer": "Load balancer", api: "Tasks of the API" },
    peers: { internet: { cidr: "0.0.0.0/0" } },
    connections: connections([
      { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
      { from: "load-balancer", to: "api", port, description: "Requests to the API" },
    ]),
  });
  const logs = new S3AccessLogs(root, "access_logs", {
    name: "shop-access-logs",
    accountId: PLACE.accountId,
    retentionDays: 30,
  });
  const loadBalancer = new AlbCodedeploy(root, "load_balancer", {
    name: "shop",
    vpcId: vpc.id,
    subnetIds: values(vpc.publicSubnetIds),
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: new AcmCertificate(root, "certificate", { domainName: "shop.example", zoneId: ZONE }).arn,
    accessLogBucket: logs.name,
    targetGroup: { port, protocol: "HTTP" },
  });
  return { loadBalancer, subnetIds: values(vpc.privateSubnetIds), securityGroupId: groups.ids.at("api") };
}
