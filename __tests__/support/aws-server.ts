/** ECS, App Runner, CodeDeploy, RDS, S3, SNS, EventBridge and Secrets Manager on the loopback interface: the operations of a delivery, and their results. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import { AppRunnerServer } from "./aws-app-runner";
import { AuroraServer } from "./aws-aurora";
import { Connections } from "./aws-connections";
import { Topics } from "./aws-topics";
import { decoded, encoded, type Json, Refusal } from "./aws-wire";

export interface Call {
  /** Name of the operation in IAM: `ecs:UpdateService`. */
  readonly operation: string;
  readonly input: Json;
}

/** Statuses, one for each request; the last one stays. */
type Script = readonly string[];

/** As the SDK names them in variables of endpoints. */
const SERVICES = ["APPRUNNER", "ECS", "CODEDEPLOY", "RDS", "S3", "EVENTBRIDGE", "SECRETS_MANAGER", "SNS"];

const ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/";

export class AwsServer {
  readonly calls: Call[] = [];
  /** Operations that fail, with AWS's code and message. */
  readonly refusals = new Map<string, readonly [code: string, message: string]>();
  /** The service, and the revisions of its family by number. INACTIVE revisions are not listed. */
  service: Json & { taskSets: Json[]; deployments: Json[] } = { taskSets: [], deployments: [] };
  readonly revisions = new Map<number, Json>();
  family = "shop-api";
  /** Rollout states of the next deployments, in order. Without a state, a deployment is COMPLETED immediately. */
  rollouts: Script[] = [];
  /** The same for CodeDeploy: statuses, and other fields of GetDeployment. */
  shifts: { readonly statuses: Script; readonly info?: Json }[] = [];
  readonly instances = new Map<string, Json>();
  readonly snapshots = new Map<string, Json>();
  /** Statuses of the next snapshots and instances. */
  creations: Script = ["available"];
  /** The next task: its statuses, and its fields after it has stopped. */
  task: { readonly statuses: Script; readonly stopped: Json } = { statuses: ["STOPPED"], stopped: {} };
  /** Versions of objects, oldest first; null is a delete marker. */
  readonly objects = new Map<string, [version: string, body: string | null][]>();

  readonly connections = new Connections();
  readonly topics = new Topics();
  readonly appRunner = new AppRunnerServer();
  readonly aurora = new AuroraServer();

  readonly #progress = new Map<string, string[]>();
  readonly #deployments = new Map<string, { readonly revision: string; readonly info: Json }>();
  readonly #server: Server;
  #time = 1_700_000_000;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const answer = this.#answer(request, Buffer.concat(chunks).toString());
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  }

  static async start(): Promise<AwsServer> {
    const server = new AwsServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Environment variables that connect the AWS SDK to it, with dummy credentials. */
  get environment(): Record<string, string> {
    const { port } = z.object({ port: z.number() }).parse(this.#server.address());
    const endpoint = `http://127.0.0.1:${port}`;
    return {
      ...Object.fromEntries(SERVICES.map((name) => [`AWS_ENDPOINT_URL_${name}`, endpoint])),
      AWS_ACCESS_KEY_ID: "none",
      AWS_SECRET_ACCESS_KEY: "none-either",
      AWS_REGION: "eu-central-1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  /** Input of the only call of an operation. */
  input(operation: string): Json {
    const [call, ...others] = this.calls.filter((one) => one.operation === operation);
    if (call === undefined || others.length > 0) throw new Error(`${operation} is not among ${this.operations()} once`);
    return call.input;
  }

  revision(number: number, image: string, more: Json = {}): string {
    const taskDefinitionArn = `${ARN}${this.family}:${number}`;
    this.revisions.set(number, {
      taskDefinitionArn,
      family: this.family,
      revision: number,
      status: "ACTIVE",
      containerDefinitions: [{ name: "app", image }],
      ...more,
    });
    return taskDefinitionArn;
  }

  /** A service that runs the revision, as ECS deploys it. */
  runs(taskDefinition: string): void {
    this.service = {
      status: "ACTIVE",
      taskDefinition,
      taskSets: [],
      deployments: [this.#deployment(taskDefinition, "PRIMARY", "COMPLETED")],
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    };
  }

  /** A service that runs the revision, as CodeDeploy deploys it. */
  runsByCodeDeploy(taskDefinition: string, runningCount = 2): void {
    const taskSets = [{ status: "PRIMARY", taskDefinition, runningCount }];
    const deploymentController = { type: "CODE_DEPLOY" };
    this.service = { status: "ACTIVE", taskDefinition, deployments: [], taskSets, deploymentController };
  }

  #deployment(taskDefinition: string, status: string, rolloutState: string): Json {
    const id = `ecs-svc/${++this.#time}`;
    return { id, status, taskDefinition, rolloutState, createdAt: this.#time, desiredCount: 2, runningCount: 2 };
  }

  #next(key: string, script: Script): string {
    const left = this.#progress.get(key) ?? [...script];
    this.#progress.set(key, left.length > 1 ? left.slice(1) : left);
    return left[0] ?? "";
  }

  #answer(request: IncomingMessage, body: string) {
    const { operation, input } = decoded(request, body);
    this.calls.push({ operation, input });
    try {
      const [code, message] = this.refusals.get(operation) ?? [];
      if (code !== undefined) throw new Refusal(code, message ?? "");
      const handle = this.#operations[operation];
      if (handle === undefined) throw new Refusal("NotImplemented", operation);
      return encoded(operation, 200, handle(input));
    } catch (error) {
      if (error instanceof Refusal)
        return encoded(operation, error.status, { code: error.code, message: error.message });
      return encoded(operation, 500, { code: "ServerError", message: String(error) });
    }
  }

  readonly #operations: Record<string, (input: Json) => Json> = {
    "ecs:DescribeServices": ({ services }) => {
      if (String(services) === "gone") return { services: [], failures: [{ arn: "gone", reason: "MISSING" }] };
      this.#rollOn();
      return { services: [this.service], failures: [] };
    },
    "ecs:DescribeTaskDefinition": ({ taskDefinition }) => {
      const number = /:(\d+)$/.exec(String(taskDefinition))?.[1];
      const newest = Math.max(...[...this.revisions].filter(([, one]) => one.status === "ACTIVE").map(([one]) => one));
      const found = this.revisions.get(number === undefined ? newest : Number(number));
      if (found === undefined) throw new Refusal("ClientException", "Unable to describe task definition.");
      const { tags = [], ...described } = found;
      return { taskDefinition: described, tags };
    },
    "ecs:ListTaskDefinitions": ({ nextToken }) => {
      const arns = [...this.revisions.values()].filter(({ status }) => status === "ACTIVE");
      const newestFirst = arns.map(({ taskDefinitionArn }) => taskDefinitionArn).reverse();
      return nextToken === undefined && newestFirst.length > 2
        ? { taskDefinitionArns: newestFirst.slice(0, 2), nextToken: "2" }
        : { taskDefinitionArns: newestFirst.slice(nextToken === undefined ? 0 : 2) };
    },
    "ecs:RegisterTaskDefinition": (input) => {
      const number = Math.max(0, ...this.revisions.keys()) + 1;
      this.revision(number, "", input);
      return { taskDefinition: this.revisions.get(number) };
    },
    "ecs:UpdateService": ({ taskDefinition }) => {
      for (const one of this.service.deployments) one.status = "ACTIVE";
      const script = this.rollouts.shift() ?? ["COMPLETED"];
      this.service.deployments.unshift({
        ...this.#deployment(String(taskDefinition), "PRIMARY", "IN_PROGRESS"),
        script,
      });
      return { service: this.service };
    },
    "ecs:RunTask": () => ({
      tasks: [{ taskArn: "arn:aws:ecs:eu-central-1:111122223333:task/shop/1", lastStatus: "PENDING" }],
    }),
    "ecs:DescribeTasks": ({ tasks }) => {
      const lastStatus = this.#next("task", this.task.statuses);
      if (lastStatus === "MISSING") return { tasks: [], failures: [{ reason: "MISSING" }] };
      const [taskArn] = z.array(z.string()).parse(tasks);
      return { tasks: [{ taskArn, lastStatus, ...(lastStatus === "STOPPED" ? this.task.stopped : {}) }] };
    },
    "codedeploy:CreateDeployment": ({ revision }) => {
      const id = `d-${this.#deployments.size + 1}`;
      const { content } = z
        .object({ appSpecContent: z.object({ content: z.string() }) })
        .parse(revision).appSpecContent;
      const { statuses, info = {} } = this.shifts.shift() ?? { statuses: ["Succeeded"] };
      this.#deployments.set(id, { revision: /arn:aws:ecs:[^"\s]+/.exec(content)?.[0] ?? "", info });
      this.#progress.set(id, [...statuses]);
      return { deploymentId: id };
    },
    "codedeploy:GetDeployment": ({ deploymentId }) => {
      const id = String(deploymentId);
      const { revision, info } = this.#deployments.get(id) ?? { revision: "", info: {} };
      const status = this.#next(id, ["Succeeded"]);
      if (status === "Succeeded" && revision !== "") this.runsByCodeDeploy(revision);
      return { deploymentInfo: { deploymentId: id, status, ...info } };
    },
    "codedeploy:StopDeployment": ({ deploymentId }) => {
      this.#progress.set(String(deploymentId), ["InProgress", "Stopped"]);
      return { status: "Pending" };
    },
    "rds:DescribeDBInstances": ({ DBInstanceIdentifier: id }) => {
      const found = this.instances.get(String(id));
      if (found === undefined) throw new Refusal("DBInstanceNotFound", `DBInstance ${id} not found.`, 404);
      const isNew = found.isNew === true;
      return { DBInstances: [isNew ? { ...found, DBInstanceStatus: this.#next(String(id), this.creations) } : found] };
    },
    "rds:DescribeDBInstanceAutomatedBackups": () => ({
      DBInstanceAutomatedBackups: [{ RestoreWindow: { EarliestTime: "2026-01-01T00:00:00Z" } }],
    }),
    "rds:RestoreDBInstanceToPointInTime": ({ TargetDBInstanceIdentifier: id }) => {
      this.instances.set(String(id), {
        DBInstanceIdentifier: id,
        isNew: true,
        Endpoint: { Address: `${id}.example`, Port: "5432" },
      });
      return { DBInstance: { DBInstanceIdentifier: id } };
    },
    "rds:ModifyDBInstance": ({ DBInstanceIdentifier: id }) => {
      const MasterUserSecret = { SecretArn: `arn:aws:secretsmanager:::secret:${id}`, SecretStatus: "active" };
      this.instances.set(String(id), { ...this.instances.get(String(id)), MasterUserSecret });
      return { DBInstance: { DBInstanceIdentifier: id } };
    },
    "rds:CreateDBSnapshot": ({ DBSnapshotIdentifier: id, DBInstanceIdentifier }) => {
      this.snapshots.set(String(id), { DBSnapshotIdentifier: id, DBInstanceIdentifier, isNew: true });
      return { DBSnapshot: { DBSnapshotIdentifier: id } };
    },
    "rds:DescribeDBSnapshots": ({ DBSnapshotIdentifier: id }) => {
      const found = this.snapshots.get(String(id));
      if (found === undefined) throw new Refusal("DBSnapshotNotFound", `DBSnapshot ${id} not found.`, 404);
      return {
        DBSnapshots: [found.isNew === true ? { ...found, Status: this.#next(String(id), this.creations) } : found],
      };
    },
    ...this.connections.operations,
    ...this.topics.operations,
    ...this.appRunner.operations,
    ...this.aurora.operations,
    "s3:HeadObject": ({ object, version }) => {
      const versions = this.objects.get(String(object)) ?? [];
      const found = version === undefined ? versions.at(-1) : versions.find(([id]) => id === version);
      if (found === undefined) throw new Refusal("NotFound", "", version === "!" ? 400 : 404);
      if (found[1] === null) throw new Refusal("MethodNotAllowed", "", version === undefined ? 404 : 405);
      return { version: found[0], body: found[1] };
    },
    "s3:CopyObject": ({ object, source }) => {
      const [name = "", version] = String(source).split("?versionId=");
      const versions = this.objects.get(decodeURIComponent(name)) ?? [];
      const body = versions.find(([id]) => id === version)?.[1] ?? null;
      versions.push([`v${versions.length + 1}`, body]);
      this.objects.set(String(object), versions);
      return { version: `v${versions.length}`, body: "" };
    },
  };

  /** Advances the current deployment by one status. If it fails, the circuit breaker starts another. */
  #rollOn(): void {
    const [primary] = this.service.deployments;
    if (primary?.script === undefined) return;
    primary.rolloutState = this.#next(String(primary.id), z.array(z.string()).parse(primary.script));
    if (primary.rolloutState !== "FAILED") return;
    primary.rolloutStateReason = "ECS deployment circuit breaker: tasks failed to start.";
    const breaker = z.object({ rollback: z.boolean() }).safeParse(this.breaker);
    const former = this.service.deployments.find(({ rolloutState }) => rolloutState === "COMPLETED");
    if (breaker.data?.rollback !== true || former === undefined) return;
    primary.status = "ACTIVE";
    const back = this.#deployment(String(former.taskDefinition), "PRIMARY", "IN_PROGRESS");
    this.service.deployments.unshift({ ...back, script: this.rollouts.shift() ?? ["COMPLETED"] });
  }

  get breaker(): unknown {
    const configuration = z.object({ deploymentCircuitBreaker: z.unknown() });
    return configuration.safeParse(this.service.deploymentConfiguration).data?.deploymentCircuitBreaker;
  }
}
