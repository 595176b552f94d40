/** Alarms on the load balancer, the services, the database and the queue. */
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import {
  postgresAlarms,
  queueAlarms,
  serviceAlarms,
  together,
  trafficAlarms,
} from "../../modules/cloudwatch-alarms/catalogue";
import type { Containers } from "./containers";
import type { Context } from "./context";
import type { Data } from "./data";
import type { Ingress } from "./ingress";
import { ORDER_WORK } from "./services";

export function observability(
  { root, environment, name, alertTopicArn }: Context,
  { database, queue }: Data,
  { loadBalancer }: Ingress,
  { cluster, api, worker }: Containers,
): void {
  const { sizing } = environment;
  const { blue, green } = {
    blue: loadBalancer.targetGroups.blue.arnSuffix,
    green: loadBalancer.targetGroups.green.arnSuffix,
  };
  new CloudwatchAlarms(root, "alarms", {
    name,
    topicArn: alertTopicArn,
    ...together(
      trafficAlarms(loadBalancer.arnSuffix, { "api-blue": blue, "api-green": green }, TRAFFIC),
      serviceAlarms(cluster.name, { api: api.name, worker: worker.name }, { cpuPercent: 80, memoryPercent: 85 }),
      ...(database
        ? [postgresAlarms(database.identifier, { ...DATABASE, instanceClass: sizing.database.instanceClass })]
        : []),
      queueAlarms(
        "orders",
        { queueName: queue.name, deadLetterQueueName: queue.deadLetterName },
        { waitingMessages: WAITING_MESSAGES, oldestMessageSeconds: 5 * ORDER_WORK.acceptableDelaySeconds },
      ),
    ),
  });
}

const TRAFFIC = {
  latencyMilliseconds: 500,
  clientErrorPercent: 20,
  serverErrorPercent: 1,
  minimumRequests: 100,
  requestBandWidth: 4,
} as const;

const DATABASE = {
  cpuPercent: 70,
  freeStorageGiB: 5,
  readLatencyMilliseconds: 20,
  writeLatencyMilliseconds: 20,
  connectionPercent: 80,
} as const;

/** The queue is only this long if workers are missing or too slow. */
const WAITING_MESSAGES = 5000;
