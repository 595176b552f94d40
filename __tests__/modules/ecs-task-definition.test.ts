import fc from "fast-check";
import { z } from "zod";
import { FARGATE_MEMORY_MIB } from "../../lib/aws/fargate/sizes";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders/db-AbCdEf";
const base = {
  accountId: "111122223333",
  region: "eu-central-1",
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1.0.0",
  repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/orders/api",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  logRetentionDays: 30,
} as const;

const traceCollector = {
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/otel-collector:v0.43.3",
  repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/orders/otel-collector",
};

describePlan(
  "a task definition",
  (root) => {
    new EcsTaskDefinition(root, "bare", { ...base, name: "bare", cpu: 256, memoryMiB: 512 });
    new EcsTaskDefinition(root, "full", {
      ...base,
      name: "full",
      cpu: 1024,
      memoryMiB: 4096,
      cpuArchitecture: "ARM64",
      user: "1001:1002",
      command: ["serve"],
      port: 3000,
      environment: { LOG_LEVEL: "info", APP_URL: "https://example.com" },
      secrets: { DB_USER: `${secret}:username::`, DB_PASSWORD: `${secret}:password::`, KEY: `${secret}2` },
      secretsKmsKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/data"],
      writablePaths: ["/tmp", "/app/.next/cache"],
      healthCheckCommand: ["CMD-SHELL", "curl -f http://localhost:3000/health"],
      stopTimeoutSeconds: 60,
      permissions: {
        Write: { actions: ["s3:PutObject", "s3:AbortMultipartUpload"], resources: ["arn:aws:s3:::documents/*"] },
        Mail: { actions: ["ses:SendEmail"], resources: ["arn:b", "arn:a"] },
      },
    });
    new EcsTaskDefinition(root, "traced", { ...base, name: "traced", cpu: 256, memoryMiB: 512, traceCollector });
  },
  (plan) => {
    const collector = (name: string): Readonly<Record<string, unknown>> => {
      const containers = z
        .array(z.looseObject({ name: z.string() }))
        .parse(plan().document(`module.${name}.aws_ecs_task_definition.this`, "container_definitions"));
      return containers.find((container) => container.name === "trace-collector") ?? {};
    };
    const definition = (name: string) => `module.${name}.aws_ecs_task_definition.this`;

    test("is for Fargate, of the given size and architecture, and keeps earlier revisions", () => {
      expect(plan().values(definition("full"))).toMatchObject({
        family: "full",
        requires_compatibilities: ["FARGATE"],
        network_mode: "awsvpc",
        cpu: "1024",
        memory: "4096",
        runtime_platform: [{ operating_system_family: "LINUX", cpu_architecture: "ARM64" }],
        skip_destroy: true,
      });
      expect(plan().values(definition("bare"))).toMatchObject({ runtime_platform: [{ cpu_architecture: "X86_64" }] });
    });

    test("has no container settings beyond the inputs", () => {
      expect(plan().container(definition("bare"))).toEqual({
        name: "app",
        image: base.image,
        essential: true,
        user: "1000:1000",
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
        environment: [],
        secrets: [],
        mountPoints: [{ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false }],
        stopTimeout: 30,
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/bare", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "app" },
        },
      });
    });

    test("passes all inputs to the container, in a stable order", () => {
      expect(plan().container(definition("full"))).toMatchObject({
        user: "1001:1002",
        command: ["serve"],
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp" }],
        environment: [
          { name: "APP_URL", value: "https://example.com" },
          { name: "LOG_LEVEL", value: "info" },
        ],
        secrets: [
          { name: "DB_PASSWORD", valueFrom: `${secret}:password::` },
          { name: "DB_USER", valueFrom: `${secret}:username::` },
          { name: "KEY", valueFrom: `${secret}2` },
        ],
        healthCheck: {
          command: ["CMD-SHELL", "curl -f http://localhost:3000/health"],
          interval: 30,
          timeout: 5,
          retries: 3,
          startPeriod: 60,
        },
        stopTimeout: 60,
      });
    });

    test("has a collector of traces if it has its image, which the task survives, and which only sends traces", () => {
      expect(collector("full")).toEqual({});
      const { environment, ...container } = collector("traced");
      expect(container).toMatchObject({
        image: traceCollector.image,
        essential: false,
        user: "4317:4317",
        readonlyRootFilesystem: true,
        logConfiguration: { options: { "awslogs-group": "/ecs/traced", "awslogs-stream-prefix": "trace-collector" } },
      });
      const [{ name, value }] = z.tuple([z.object({ name: z.string(), value: z.string() })]).parse(environment);
      expect(name).toBe("AOT_CONFIG_CONTENT");
      expect(JSON.parse(value)).toMatchObject({
        receivers: {
          otlp: { protocols: { grpc: { endpoint: "127.0.0.1:4317" }, http: { endpoint: "127.0.0.1:4318" } } },
        },
        exporters: { awsxray: { region: "eu-central-1" } },
        service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["awsxray"] } } },
      });
      expect(plan().statements("module.traced.aws_iam_role_policy.task[0]")).toEqual({
        SendTraces: {
          Effect: "Allow",
          Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
          Resource: ["*"],
        },
      });
      expect(plan().statements("module.traced.aws_iam_role_policy.execution")).toMatchObject({
        PullCollector: { Resource: traceCollector.repositoryArn },
      });
    });

    test("mounts a separate volume at each writable path", () => {
      expect(plan().container(definition("full")).mountPoints).toEqual([
        { sourceVolume: "app--next-cache", containerPath: "/app/.next/cache", readOnly: false },
        { sourceVolume: "tmp", containerPath: "/tmp", readOnly: false },
      ]);
      expect(plan().values(definition("full"))).toMatchObject({
        volume: [{ name: "app--next-cache" }, { name: "tmp" }],
      });
    });

    test("logs to an encrypted group with a retention", () => {
      expect(plan().values("module.full.aws_cloudwatch_log_group.this")).toMatchObject({
        name: "/ecs/full",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 30,
      });
    });

    test("has two roles, which only tasks of its account assume", () => {
      expect(plan().values(definition("full"))).toMatchObject({
        execution_role_arn: arnOf("module.full.aws_iam_role.execution"),
        task_role_arn: arnOf("module.full.aws_iam_role.task"),
      });
      for (const { address } of plan().all("aws_iam_role")) {
        expect(plan().statements(address, "assume_role_policy")).toEqual({
          AssumeByService: {
            Effect: "Allow",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
          },
        });
      }
    });

    const start = (name: string) => ({
      LogInToRegistry: { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      PullImage: {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: base.repositoryArn,
      },
      WriteLog: {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arnOf(`module.${name}.aws_cloudwatch_log_group.this`)}:*`,
      },
    });

    test("allows Fargate only to pull the image and to write the log", () => {
      expect(plan().statements("module.bare.aws_iam_role_policy.execution")).toEqual(start("bare"));
    });

    test("allows Fargate to read each secret, without the JSON key, and to decrypt it", () => {
      expect(plan().statements("module.full.aws_iam_role_policy.execution")).toEqual({
        ...start("full"),
        ReadSecrets: { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [secret, `${secret}2`] },
        DecryptSecrets: {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: ["arn:aws:kms:eu-central-1:111122223333:key/data"],
          Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
        },
      });
    });

    test("gives its code the sorted permissions, and none without permissions", () => {
      expect(plan().statements("module.full.aws_iam_role_policy.task[0]")).toEqual({
        Mail: { Effect: "Allow", Action: ["ses:SendEmail"], Resource: ["arn:a", "arn:b"] },
        Write: {
          Effect: "Allow",
          Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
          Resource: ["arn:aws:s3:::documents/*"],
        },
      });
      expect(plan().keys("module.bare.aws_iam_role_policy.task")).toEqual([]);
    });
  },
);

test("the output with the revision waits until its roles have their policies", () => {
  expect(emitted(EcsTaskDefinition, "outputs.tf.json")).toMatchObject({
    output: { arn: { depends_on: ["aws_iam_role_policy.execution", "aws_iam_role_policy.task"] } },
  });
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
describe("the sizes of Fargate", () => {
  /** The vendor's table: from, to, step in MiB. */
  const rule = {
    512: [1, 4, 1],
    1024: [2, 8, 1],
    2048: [4, 16, 1],
    4096: [8, 30, 1],
    8192: [16, 60, 4],
    16384: [32, 120, 8],
  };

  test("are those that AWS lists for a quarter of a vCPU", () => {
    expect(FARGATE_MEMORY_MIB[256]).toEqual([512, 1024, 2048]);
  });

  test.each(Object.entries(rule))("of %s CPU units follow the vendor's steps", (cpu, [from = 0, to = 0, step = 1]) => {
    const sizes: readonly number[] = Object.entries(FARGATE_MEMORY_MIB).find(([known]) => known === cpu)?.[1] ?? [];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 128 * 1024 }), (mib) => {
        const gib = mib / 1024;
        expect(sizes.includes(mib)).toBe(gib >= from && gib <= to && Number.isInteger((gib - from) / step));
      }),
      { examples: [[from * 1024], [to * 1024], [(from + step) * 1024], [(to + step) * 1024]] },
    );
  });
});
