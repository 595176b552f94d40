/** Two colours of an environment on the loopback interface: services, aliases, weighted records, scalable targets and alarms. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import { type Json, Refusal } from "./aws-wire";
import { ColouredFunction } from "./coloured-function";
import { WeightedRecords } from "./weighted-records";

const REVISION = "arn:aws:ecs:eu-central-1:111122223333:task-definition/";
const SERVICES = ["ECS", "ROUTE_53", "LAMBDA", "CLOUDWATCH", "APPLICATION_AUTO_SCALING"];

const REGISTERED = z.object({
  ResourceId: z.string(),
  SuspendedState: z.object({ DynamicScalingInSuspended: z.boolean() }).optional(),
  MinCapacity: z.number().optional(),
  MaxCapacity: z.number().optional(),
});

interface ColouredService {
  taskDefinition: string;
  desired: number;
  running: number;
  /** Of its deployment, in seconds. */
  createdAt: number;
}

export class ColoursServer {
  /** Operations as IAM names them, in their order. */
  readonly operations: string[] = [];
  readonly inputs: Json[] = [];
  readonly refusals = new Map<string, readonly [code: string, message: string]>();
  /** What happens just before the next request of an operation: another client's change. */
  readonly meanwhile = new Map<string, () => void>();

  readonly records = new WeightedRecords();
  readonly lambda = new ColouredFunction();
  /** By name: `shop-blue`. The number of tasks that start between two requests is limited. */
  readonly services = new Map<string, ColouredService>();
  readonly images = new Map<string, string>();
  /** States by name. */
  readonly alarms = new Map<string, string>();
  /** Whether scale-in is suspended, by the id of the target. */
  readonly targets = new Map<string, boolean>();
  /** Bounds of targets by their ids, if a client has changed them. */
  readonly bounds = new Map<string, { readonly min: number; readonly max: number }>();
  readonly #server: Server;

  private constructor() {
    for (const [colour, letter] of [
      ["blue", "a"],
      ["green", "b"],
    ] as const) {
      this.services.set(`shop-${colour}`, {
        taskDefinition: `shop-${colour}:7`,
        desired: 2,
        running: 2,
        createdAt: 1_700_000_000,
      });
      this.images.set(`shop-${colour}:7`, `registry.example/shop/api@sha256:${letter.repeat(64)}`);
      this.targets.set(`service/shop/shop-${colour}`, false);
    }
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { status, type, body } = this.#answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { "content-type": type });
        response.end(body);
      });
    });
  }

  static async start(): Promise<ColoursServer> {
    const server = new ColoursServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get environment(): Record<string, string> {
    const { port } = z.object({ port: z.number() }).parse(this.#server.address());
    return {
      ...Object.fromEntries(SERVICES.map((name) => [`AWS_ENDPOINT_URL_${name}`, `http://127.0.0.1:${port}`])),
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

  /** Operations that change something. */
  writes(): string[] {
    return this.operations.filter((operation) => !/:(?:Describe|List|Get)/.test(operation));
  }

  /** Inputs of the requests of an operation. */
  inputsOf(operation: string): Json[] {
    return this.inputs.filter((_, i) => this.operations[i] === operation);
  }

  #answer(request: IncomingMessage, body: string): { status: number; type: string; body: string } {
    const target = request.headers["x-amz-target"];
    const { method = "GET", url = "/" } = request;
    const isDns = url.startsWith("/2013-04-01/");
    const { operation, handle, input } =
      target !== undefined
        ? this.#byTarget(String(target), JSON.parse(body))
        : isDns
          ? this.records.request(method, url, body)
          : this.lambda.request(method, url, body);
    this.operations.push(operation);
    this.inputs.push(input);
    this.meanwhile.get(operation)?.();
    this.meanwhile.delete(operation);
    const type = isDns ? "text/xml" : "application/json";
    try {
      const [code, message] = this.refusals.get(operation) ?? [];
      if (code !== undefined) throw new Refusal(code, message ?? "");
      return { status: 200, type, body: handle() };
    } catch (error) {
      const { code, message, status } =
        error instanceof Refusal ? error : { code: "ServerError", message: String(error), status: 500 };
      const json = JSON.stringify({ __type: code, Type: "User", message, Message: message });
      const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return { status, type, body: isDns ? xml : json };
    }
  }

  #byTarget(target: string, input: Json) {
    const [service = "", name] = target.split(".");
    const prefix = service.startsWith("AmazonEC2")
      ? "ecs"
      : service.startsWith("Granite")
        ? "cloudwatch"
        : "application-autoscaling";
    const operation = `${prefix}:${name}`;
    return {
      operation,
      input,
      handle: () => {
        const answer = this.#operations[operation]?.(input);
        if (answer === undefined) throw new Refusal("NotImplemented", operation);
        return JSON.stringify(answer);
      },
    };
  }

  #service(name: unknown): ColouredService {
    const found = this.services.get(String(name));
    if (found === undefined) throw new Refusal("ServiceNotFoundException", `no ${name}`);
    return found;
  }

  #described(service: ColouredService): Json {
    const deployment = {
      id: "ecs-svc/1",
      status: "PRIMARY",
      taskDefinition: `${REVISION}${service.taskDefinition}`,
      createdAt: service.createdAt,
      rolloutState: "COMPLETED",
      desiredCount: service.desired,
      runningCount: service.running,
    };
    return { status: "ACTIVE", taskDefinition: deployment.taskDefinition, deployments: [deployment] };
  }

  /** Each description finds one more task running. */
  readonly #operations: Record<string, (input: Json) => Json> = {
    "ecs:DescribeServices": ({ services }) => {
      const service = this.#service(z.array(z.string()).parse(services)[0]);
      const answer = this.#described(service);
      service.running += Math.sign(service.desired - service.running);
      return { services: [answer] };
    },
    "ecs:UpdateService": ({ service: name, taskDefinition, desiredCount }) => {
      const service = this.#service(name);
      if (typeof taskDefinition === "string") service.taskDefinition = taskDefinition.split("/").at(-1) ?? "";
      if (typeof desiredCount === "number") service.desired = desiredCount;
      return { service: this.#described(service) };
    },
    "ecs:DescribeTaskDefinition": ({ taskDefinition }) => {
      const asked = String(taskDefinition).split("/").at(-1) ?? "";
      const name = asked.includes(":")
        ? asked
        : [...this.images.keys()].filter((one) => one.startsWith(`${asked}:`)).at(-1);
      const containerDefinitions = [{ name: "app", image: this.images.get(name ?? "") }];
      const family = name?.split(":")[0];
      return {
        taskDefinition: { taskDefinitionArn: `${REVISION}${name}`, family, status: "ACTIVE", containerDefinitions },
      };
    },
    "ecs:RegisterTaskDefinition": ({ family, containerDefinitions }) => {
      const [{ image }] = z.tuple([z.object({ image: z.string() })]).parse(containerDefinitions);
      const name = `${family}:${[...this.images.keys()].filter((one) => one.startsWith(`${family}:`)).length + 7}`;
      this.images.set(name, image);
      return { taskDefinition: { taskDefinitionArn: `${REVISION}${name}` } };
    },
    "cloudwatch:DescribeAlarms": ({ AlarmNames }) => ({
      MetricAlarms: z
        .array(z.string())
        .parse(AlarmNames)
        .flatMap((AlarmName) => {
          const StateValue = this.alarms.get(AlarmName);
          return StateValue === undefined ? [] : [{ AlarmName, StateValue }];
        }),
    }),
    "application-autoscaling:DescribeScalableTargets": ({ ServiceNamespace, ResourceIds }) => ({
      ScalableTargets: z
        .array(z.string())
        .parse(ResourceIds)
        .flatMap((ResourceId) => {
          const suspended = this.targets.get(ResourceId);
          if (suspended === undefined) return [];
          const SuspendedState = { DynamicScalingInSuspended: suspended, ScheduledScalingSuspended: true };
          const { min: MinCapacity, max: MaxCapacity } = this.bounds.get(ResourceId) ?? { min: 2, max: 10 };
          const ScalableDimension = `${ServiceNamespace}:dimension`;
          return [{ ServiceNamespace, ResourceId, ScalableDimension, SuspendedState, MinCapacity, MaxCapacity }];
        }),
    }),
    "application-autoscaling:RegisterScalableTarget": (input) => {
      const { ResourceId, SuspendedState, MinCapacity: min, MaxCapacity: max } = REGISTERED.parse(input);
      if (SuspendedState !== undefined) this.targets.set(ResourceId, SuspendedState.DynamicScalingInSuspended);
      if (min !== undefined && max !== undefined) this.bounds.set(ResourceId, { min, max });
      return {};
    },
  };
}
