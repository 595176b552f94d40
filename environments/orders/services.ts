/** What runs in Orders: an API behind the load balancer, and a worker behind the queue. */

export const API_PORT = 8000;

/** Port on which a new version of the API answers before it gets its clients. */
export const TEST_PORT = 8443;

/**
 * Answers if the process lives. The load balancer and Fargate ask it, and ECS replaces a task that fails either. So it
 * does not ask the database: a failover of the database would restart every task.
 */
export const LIVENESS_PATH = "/health";

/**
 * Answers if the database and the queue answer too. People ask it, before and after a new version gets its clients. A task
 * without DATABASE_HOST has no database to ask: a standby is ready without one.
 */
export const READINESS_PATH = "/ready";

/**
 * Answers 200 with `serving: ` and the variable SERVING. Route 53 reads the answer, so that no client reaches a region without
 * the data; an answer with an error would be one of the application's in every alarm. Where SERVING is `no`, the API refuses
 * all other requests of clients, and the worker receives no message.
 */
export const SERVING_PATH = "/serving";
export const SERVING_ANSWER = "serving: yes";

/** What the code may do, by the task that does it. */
export const ACTIONS = {
  sendOrders: ["sqs:SendMessage", "sqs:GetQueueAttributes"],
  receiveOrders: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
  useQueueKey: ["kms:Decrypt", "kms:GenerateDataKey"],
} as const;

/** Longest time that the worker takes for a message. */
export const WORKER_TIMEOUT_SECONDS = 60;

/** An order may wait so long where every task is busy, and takes a task so long on average. */
export const ORDER_WORK = { acceptableDelaySeconds: 120, secondsPerMessage: 0.5 } as const;
