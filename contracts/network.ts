import { z } from "zod";
import { arnOf, BUCKET_NAME, defineParameters } from "../lib";

const SUBNETS = z.array(z.string());

/** The network of an environment, and what all of its components share. */
export const NETWORK = defineParameters({
  name: "network",
  values: {
    vpcId: z.string().describe("Id of the VPC."),
    publicSubnetIds: SUBNETS.describe("Ids of the public subnets, for load balancers."),
    privateSubnetIds: SUBNETS.describe("Ids of the private subnets, for services."),
    dataSubnetIds: SUBNETS.describe("Ids of the data subnets, for databases."),
    serviceSecurityGroupId: z.string().describe("Security group of services."),
    databaseSecurityGroupId: z.string().describe("Security group of databases."),
    dataKeyArn: arnOf("kms").describe("Key that encrypts data."),
    logsKeyArn: arnOf("kms").describe("Key that encrypts logs."),
    alertTopicArn: arnOf("sns").describe("Topic of alarms."),
    accessLogBucket: BUCKET_NAME.describe("Bucket of access logs."),
    alarmArns: z.array(arnOf("cloudwatch")).describe("ARNs of the alarms on the network."),
  },
  standIns: {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcde00", "subnet-0123456789abcde01", "subnet-0123456789abcde02"],
    privateSubnetIds: ["subnet-0123456789abcde10", "subnet-0123456789abcde11", "subnet-0123456789abcde12"],
    dataSubnetIds: ["subnet-0123456789abcde20", "subnet-0123456789abcde21", "subnet-0123456789abcde22"],
    serviceSecurityGroupId: "sg-0123456789abcdef1",
    databaseSecurityGroupId: "sg-0123456789abcdef2",
    dataKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000001",
    logsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000002",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
    accessLogBucket: "access-logs",
    alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-network-endpoint-kms"],
  },
});
