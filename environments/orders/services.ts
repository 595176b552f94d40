/** What runs in Orders: an API behind the load balancer, and a worker behind the queue. */

export const API_PORT = 8000;

/** Port on which a new version of the API answers before it gets its clients. */
export const TEST_PORT = 8443;

/**
 * Answers if the process lives. The load balancer and Fargate ask it, and ECS replaces a task that fails either. So it
 * does not ask the database: a failover of the database would restart every task.
 */
export const LIVENESS_PATH = "/health";

/** Answers if the database and the queue answer too. People ask it, before and after a new version gets its clients. */
export const READINESS_PATH = "/ready";

/**
 * Answers with the variable SERVING: `yes` where clients are wanted. Route 53 asks it, and no client reaches a standby whose
 * database is still empty. `no` is an answer with 200 as well: as an error, the only requests of a standby would keep its
 * alarms on, and those stop its deployments.
 */
export const SERVING = { path: "/serving", searchString: "yes" } as const;

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

/** Fails where the last heartbeat is more than two minutes old, or there is none. */
export const HEARTBEAT = [
  "CMD",
  "python",
  "-c",
  "import os, sys, time; sys.exit(time.time() - os.path.getmtime('/tmp/heartbeat') > 120)",
] as const;
