/** The containers of Orders: an API behind the load balancer, and a worker behind the queue. */

export const API_PORT = 8000;

/** Port of the test listener, on which people reach a new version of the API before clients do. */
export const TEST_PORT = 8443;

/**
 * Answers 200 if the process lives. The load balancer and Fargate check it, and ECS replaces a task that fails. The check
 * does not use the database: otherwise a failover of the database would restart every task.
 */
export const LIVENESS_PATH = "/health";

/**
 * Answers 200 if the database and the queue answer as well. People check it before and after a new version gets clients.
 * Without DATABASE_HOST it skips the database: a standby is ready without one.
 */
export const READINESS_PATH = "/ready";

/**
 * Answers 200 with `serving: ` and the value of SERVING. The health check of Route 53 reads the answer, so that no client
 * reaches a region without the data. An error status would raise the alarms on 5xx responses. While SERVING is `no`, the API
 * refuses all other requests of clients, and the worker receives no message.
 */
export const SERVING_PATH = "/serving";
export const SERVING_ANSWER = "serving: yes";

/** IAM actions of the code, by task. */
export const ACTIONS = {
  sendOrders: ["sqs:SendMessage", "sqs:GetQueueAttributes"],
  receiveOrders: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
  useQueueKey: ["kms:Decrypt", "kms:GenerateDataKey"],
} as const;

/** Longest time that the worker needs for one message. */
export const WORKER_TIMEOUT_SECONDS = 60;

/** Acceptable waiting time of an order while every task is busy, and mean processing time of one order. */
export const ORDER_WORK = { acceptableDelaySeconds: 120, secondsPerMessage: 0.5 } as const;
