/** Alarms of a made-up system, for the tests of the module and of its catalogue. */
import {
  type Alarm,
  type AlarmSet,
  type AnomalyAlarm,
  auroraAlarms,
  databasePressureAlarms,
  healthyTargetAlarms,
  natGatewayAlarms,
  nodeAlarms,
  postgresAlarms,
  queueAlarms,
  type RateAlarm,
  serviceAlarms,
  together,
  trafficAlarms,
  webAclAlarms,
} from "../../modules/cloudwatch-alarms/catalogue";

export const topicArn = "arn:aws:sns:eu-central-1:111122223333:orders-alerts";
export const traffic = {
  latencyMilliseconds: 200,
  clientErrorPercent: 10,
  serverErrorPercent: 1,
  minimumRequests: 100,
  requestBandWidth: 3,
};
export const postgres = {
  cpuPercent: 70,
  freeStorageGiB: 5,
  instanceClass: "db.t4g.micro",
  connectionPercent: 80,
  readLatencyMilliseconds: 20,
  writeLatencyMilliseconds: 50,
};
export const orders = () =>
  together(
    trafficAlarms("app/orders/1", { api: "targetgroup/api/1" }, traffic),
    serviceAlarms("orders", { api: "api", worker: "worker" }, { cpuPercent: 80, memoryPercent: 85 }),
    postgresAlarms("orders", postgres),
    queueAlarms(
      "orders",
      { queueName: "orders", deadLetterQueueName: "orders-dead-letters" },
      { waitingMessages: 1000, oldestMessageSeconds: 600 },
    ),
  );
export const pressure = { virtualCpus: 2, freeableMemoryMiB: 256, burstPercent: 20 };
/** Alarms of a system on nodes. */
export const nodes = () =>
  together(
    healthyTargetAlarms("app/shop/1", { api: "targetgroup/api/1" }),
    databasePressureAlarms("shop", pressure),
    nodeAlarms("eks-shop-1", { minNodes: 3 }),
    natGatewayAlarms({ "eu-central-1a": "nat-1", "eu-central-1b": "nat-2" }),
    webAclAlarms("shop", "eu-central-1", { blockedPer5Minutes: 500 }),
  );
export const aurora = {
  cpuPercent: 80,
  capacityPercent: 90,
  connectionPercent: 80,
  freeMemoryMiB: 512,
  replicaLagMilliseconds: 2000,
  deadlocksPerMinute: 6,
  storageGiB: 100,
};
/** Two instances, with the capacity that they may have. */
export const cluster = (capacity: { minAcus: number; maxAcus: number } | null, instanceClass = "db.serverless") =>
  auroraAlarms(
    { identifier: "shop", instanceIdentifiers: { a: "shop-a", b: "shop-b" } },
    { instances: { a: { instanceClass }, b: { instanceClass } }, capacity },
    aurora,
  );
/** Alarms of every kind by their names. */
export function everyKind({ alarms = {}, rateAlarms = {}, anomalyAlarms = {} }: AlarmSet) {
  const all: Record<string, Alarm | RateAlarm | AnomalyAlarm> = { ...alarms, ...rateAlarms, ...anomalyAlarms };
  return all;
}
