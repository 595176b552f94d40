/** Inputs of a service that CodeDeploy deploys, for the tests of the module and of what it stands among. */

export const place = { accountId: "111122223333", region: "eu-central-1" } as const;
export const subnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] as const;
export const listener = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/orders/1";
export const base = {
  ...place,
  name: "orders-api",
  clusterName: "orders",
  taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/orders-api:1",
  taskRoleArn: "arn:aws:iam::111122223333:role/orders-api-task",
  executionRoleArn: "arn:aws:iam::111122223333:role/orders-api-execution",
  containerName: "app",
  containerPort: 8000,
  subnetIds,
  securityGroupId: "sg-0123456789abcdef0",
  listenerArn: `${listener}/443`,
  testListenerArn: `${listener}/8443`,
  targetGroups: {
    blue: {
      arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/orders-blue/b",
      name: "orders-blue",
      arnSuffix: "targetgroup/orders-blue/b",
    },
    green: { name: "orders-green", arnSuffix: "targetgroup/orders-green/9" },
  },
  loadBalancerArnSuffix: "app/orders/1",
  minTasks: 2,
  maxTasks: 6,
  requestsPerTarget: 1000,
  alarmNames: ["orders-api-5xx", "orders-api-latency"],
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:orders-alerts",
} as const;
