import { z } from "zod";
import { arnOf, masterSecretArn } from "../../support/stand-ins";
import { ALERTS, DATA_KEY, LOGS_KEY, type PlannedEnvironment, SERVICES } from "./planned-environment";

const PORTS = {
  "frontend-service": 3000,
  "backend-service": 8000,
  "parser-service": null,
  "notification-worker": null,
};
const DOCUMENTS = `${arnOf("module.documents.aws_s3_bucket.this")}/*`;

const AUDIT_STREAMS = `${arnOf("module.audit_log.aws_cloudwatch_log_group.this")}:*`;

/** What the code of each service may do: statement, actions, resources. */
const PERMISSIONS = {
  "frontend-service": [],
  "backend-service": [
    ["ReadDocuments", ["s3:GetObject", "s3:GetObjectVersion"], [DOCUMENTS]],
    ["UseDocumentsKey", ["kms:Decrypt", "kms:GenerateDataKey"], [arnOf(DATA_KEY)]],
    ["WriteDocuments", ["s3:AbortMultipartUpload", "s3:PutObject"], [DOCUMENTS]],
    ["AppendToAuditLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [AUDIT_STREAMS]],
  ],
  "parser-service": [
    ["ReadDocuments", ["s3:GetObject", "s3:GetObjectVersion"], [DOCUMENTS]],
    ["UseDocumentsKey", ["kms:Decrypt", "kms:GenerateDataKey"], [arnOf(DATA_KEY)]],
  ],
  "notification-worker": [
    [
      "SendEmail",
      ["ses:SendEmail"],
      [arnOf("module.email.aws_sesv2_configuration_set.this"), arnOf("module.email.aws_sesv2_email_identity.this")],
    ],
  ],
};

const secretArn = (name: string) => arnOf(`module.secrets.aws_secretsmanager_secret.this["${name}"]`);
const SESSION = { name: "SESSION_KEY", valueFrom: `${secretArn("application")}:session_key::` };
const login = (secret: string, variable = "DATABASE") => [
  { name: `${variable}_PASSWORD`, valueFrom: `${secret}:password::` },
  { name: `${variable}_USERNAME`, valueFrom: `${secret}:username::` },
];

/** Secrets of each service, all by reference. */
const SECRETS = {
  "frontend-service": [SESSION],
  "backend-service": [...login(secretArn("database-application")), SESSION],
  "parser-service": login(secretArn("database-application")),
  "notification-worker": login(secretArn("database-application")),
};

const names = ["frontend-service", "backend-service", "parser-service", "notification-worker"] as const;

export function testContainers({ environment, name, plan }: PlannedEnvironment): void {
  const definition = (service: keyof typeof SERVICES) =>
    `module.${SERVICES[service]}_task.aws_ecs_task_definition.this`;

  test("there is one cluster, with Container Insights, and four services in it", () => {
    expect(
      plan()
        .all("aws_ecs_cluster")
        .map(({ values }) => values),
    ).toMatchObject([{ name, setting: [{ name: "containerInsights", value: "enabled" }] }]);
    expect(
      plan()
        .all("aws_ecs_service")
        .map(({ values }) => [values.cluster, values.name])
        .sort(),
    ).toEqual([...names].sort().map((service) => [name, service]));
  });

  test("crashed tasks, those that cannot start, failed deployments and failing services are told to the topic", () => {
    expect(
      plan()
        .all("aws_cloudwatch_event_target")
        .map(({ values }) => [values.rule, values.arn]),
    ).toEqual(
      [
        "deployment-failed",
        "one-off-task-failed",
        "service-action-failed",
        "task-crashed",
        "task-failed-to-start",
        "task-unhealthy",
      ].map((event) => [`${name}-${event}`, arnOf(ALERTS)]),
    );
  });

  describe.each(names)("%s", (service) => {
    const call = `module.${SERVICES[service]}`;
    const sizing = environment.sizing.services[service];

    test("takes requests on its port, or none", () => {
      const port = PORTS[service];
      const balanced = port === null ? [] : [{ container_name: "app", container_port: port }];
      expect(plan().values(`${call}.aws_ecs_service.this`)).toMatchObject({ load_balancer: balanced });
      expect(plan().container(definition(service)).portMappings).toEqual(
        port === null ? undefined : [{ containerPort: port, hostPort: port, protocol: "tcp" }],
      );
    });

    test("is reached by no public address and no shell", () => {
      expect(plan().values(`${call}.aws_ecs_service.this`)).toMatchObject({
        launch_type: "FARGATE",
        enable_execute_command: false,
        network_configuration: [{ assign_public_ip: false }],
      });
    });

    test("rolls out without going below its tasks, and rolls back by itself", () => {
      expect(plan().values(`${call}.aws_ecs_service.this`)).toMatchObject({
        deployment_minimum_healthy_percent: 100,
        deployment_circuit_breaker: [{ enable: true, rollback: true }],
      });
    });

    test("writes to its mounts alone, as a user without privileges", () => {
      const paths = service === "frontend-service" ? ["/app/.next/cache", "/tmp"] : ["/tmp"];
      const mounts = paths.map((containerPath) => expect.objectContaining({ containerPath, readOnly: false }));
      expect(plan().container(definition(service))).toMatchObject({
        readonlyRootFilesystem: true,
        user: "1000:1000",
        privileged: false,
        linuxParameters: { capabilities: { drop: ["ALL"] } },
        mountPoints: mounts,
      });
    });

    test("gets its secrets by reference from Secrets Manager", () => {
      expect(plan().container(definition(service)).secrets).toEqual(SECRETS[service]);
      expect(JSON.stringify(plan().container(definition(service)).environment)).not.toMatch(/PASSWORD|SECRET|KEY/);
    });

    test("is asked in the container whether it lives, so that Fargate replaces it when it does not", () => {
      const { healthCheck } = z
        .object({ healthCheck: z.object({ command: z.array(z.string()), retries: z.number() }) })
        .parse(plan().container(definition(service)));
      const asked = { "frontend-service": "localhost:3000/health", "backend-service": "localhost:8000/health" };
      const expected = Object.entries(asked).find(([name]) => name === service)?.[1] ?? "/tmp/heartbeat";
      expect(healthCheck).toMatchObject({ command: expect.arrayContaining(["CMD"]), retries: 3 });
      expect(healthCheck.command.at(-1)).toContain(expected);
    });

    test("has the size and the scaling that the environment asks for", () => {
      expect(plan().values(definition(service))).toMatchObject({
        cpu: String(sizing.cpu),
        memory: String(sizing.memoryMiB),
        requires_compatibilities: ["FARGATE"],
      });
      expect(plan().values(`${call}.aws_appautoscaling_target.this`)).toMatchObject({
        min_capacity: sizing.minTasks,
        max_capacity: sizing.maxTasks,
        resource_id: `service/${name}/${service}`,
      });
      const policies = plan()
        .all("aws_appautoscaling_policy")
        .filter(({ address }) => address.startsWith(`${call}.`));
      const metrics = policies.map(({ values }) => String(values.name).slice(service.length + 1));
      expect(metrics).toEqual(PORTS[service] === null ? ["cpu", "memory"] : ["cpu", "memory", "requests"]);
    });

    test("has an execution role that pulls its image, writes its log, reads its secrets, and nothing else", () => {
      const secrets = SECRETS[service].map(({ valueFrom }) => valueFrom.replace(/:[a-z_]+::$/, ""));
      expect(plan().statements(`${call}_task.aws_iam_role_policy.execution`)).toEqual({
        LogInToRegistry: { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
        PullImage: {
          Effect: "Allow",
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: arnOf(`module.images.aws_ecr_repository.this["${service}"]`),
        },
        WriteLog: {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${arnOf(`${call}_task.aws_cloudwatch_log_group.this`)}:*`,
        },
        ReadSecrets: { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [...new Set(secrets)] },
        DecryptSecrets: {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: [arnOf(DATA_KEY)],
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${environment.region}.amazonaws.com` } },
        },
      });
    });

    test("has a task role with what its code does, and nothing else", () => {
      expect(plan().values(definition(service))).toMatchObject({
        task_role_arn: arnOf(`${call}_task.aws_iam_role.task`),
        execution_role_arn: arnOf(`${call}_task.aws_iam_role.execution`),
      });
      const { account, region, testRecipients } = environment;
      const recipients = testRecipients.map((address) => `arn:aws:ses:${region}:${account.id}:identity/${address}`);
      const statements = PERMISSIONS[service].map(([sid, Action, Resource]) => [
        sid,
        { Effect: "Allow", Action, Resource: sid === "SendEmail" ? [Resource ?? [], recipients].flat() : Resource },
      ]);
      const policy = `${call}_task.aws_iam_role_policy.task[0]`;
      expect(plan().addresses.includes(policy) ? plan().statements(policy) : {}).toEqual(
        Object.fromEntries(statements),
      );
    });
  });

  test("the workers of the future are declared and off, with an alarm that their silence does not start", () => {
    for (const service of ["parser-service", "notification-worker"]) {
      const call = `module.${service.replace("-", "_")}`;
      expect(plan().values(`${call}.aws_ecs_service.this`)).toMatchObject({ desired_count: 0 });
      expect(plan().values(`${call}.aws_appautoscaling_target.this`)).toMatchObject({ max_capacity: 0 });
      expect(plan().values(`module.alarms.aws_cloudwatch_metric_alarm.rate["${service}-tasks"]`)).toMatchObject({
        threshold: 0,
        treat_missing_data: "notBreaching",
      });
    }
  });

  test("no role of a task has a policy beside its own", () => {
    const attached = plan()
      .all("aws_iam_role_policy_attachment")
      .map(({ address }) => address);
    expect(attached.filter((address) => address.includes("_task."))).toEqual([]);
  });

  test("the frontend listens on every address, whatever Fargate calls its host", () => {
    expect(plan().container(definition("frontend-service")).environment).toContainEqual({
      name: "HOSTNAME",
      value: "0.0.0.0",
    });
  });

  test("migrations are a task of their own, with the master user's secret and that of the user whom they make", () => {
    const task = "module.migrations_task";
    const [master, application] = [
      masterSecretArn("module.database.aws_db_instance.this"),
      secretArn("database-application"),
    ];
    expect(plan().container(`${task}.aws_ecs_task_definition.this`)).toMatchObject({
      command: ["alembic", "upgrade", "head"],
      readonlyRootFilesystem: true,
      secrets: [...login(application, "APPLICATION_DATABASE"), ...login(master)],
    });
    expect(plan().values(`${task}.aws_ecs_task_definition.this`)).toMatchObject({
      family: `${name}-migrations`,
      task_role_arn: arnOf(`${task}.aws_iam_role.task`),
      execution_role_arn: arnOf(`${task}.aws_iam_role.execution`),
    });
    expect(plan().statements(`${task}.aws_iam_role_policy.execution`)).toMatchObject({
      ReadSecrets: { Resource: [application, master] },
    });
    expect(plan().keys(`${task}.aws_iam_role_policy.task`)).toEqual([]);
    expect(plan().values(`${task}.aws_cloudwatch_log_group.this`).kms_key_id).toBe(arnOf(LOGS_KEY));
  });
}
