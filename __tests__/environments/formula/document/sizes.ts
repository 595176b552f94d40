/** Section 3 of Formula's document: loads and sizes. */
import { differs, holds, names, type Row, type Value } from "./row";

const ENVIRONMENTS = {
  dev: { section: 1, task: ["512", "1024"], tasks: [1, 1], storage: 20, type: "gp3", multiAz: false },
  staging: { section: 2, task: ["1024", "2048"], tasks: [2, 4], storage: 100, type: "io2", multiAz: true },
  prod: { section: 3, task: ["2048", "4096"], tasks: [2, 10], storage: 200, type: "io2", multiAz: true },
} as const;

const EACH = ["dev", "staging", "prod"] as const;

const TRIGGERS: Readonly<Record<(typeof EACH)[number], readonly Row[]>> = {
  dev: [holds("3.2.1.6.4", "dev: no triggers", "no:dev blue_service.aws_appautoscaling_policy")],
  staging: [
    holds("3.2.2.6.4", "staging: CPU 75 %", [
      "staging",
      "blue_service.aws_appautoscaling_policy.cpu[0]",
      "target_tracking_scaling_policy_configuration.target_value",
      75,
    ]),
  ],
  prod: [
    holds("3.2.3.6.4", "prod: CPU 80 %", [
      "prod",
      "blue_service.aws_appautoscaling_policy.cpu[0]",
      "target_tracking_scaling_policy_configuration.target_value",
      80,
    ]),
    holds("3.2.3.6.4", "prod: memory 80 %", [
      "prod",
      "blue_service.aws_appautoscaling_policy.memory[0]",
      "target_tracking_scaling_policy_configuration.target_value",
      80,
    ]),
  ],
};

/** Throttling of the API for executions. */
const EXECUTE = 'api.aws_api_gateway_method_settings.of_method["executions/POST"]';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html */
const CLASS = "db.m7g.large reads and writes 75 MiB/s for hours, and up to 1,192 MiB/s for half an hour a day";

function throughput(iops: number): string {
  return `io2 has 0.256 MiB/s for each of ${iops} IOPS: ${iops * 0.256} MiB/s, without an argument; ${CLASS}`;
}

export const SIZES: readonly Row[] = [
  names("3.1.1.1-2 3.1.1.4", "the service: its load and profile"),
  holds(
    "3.1.1.3",
    "1,000 requests a minute",
    ["staging", "api", "peak_requests_per_minute", 1000],
    ["prod", "api", "peak_requests_per_minute", 1000],
    "__tests__/environments/formula/application.test.ts",
  ),
  names("3.1.2.1-2 3.1.2.4", "executions of formulas: their load and profile"),
  ...EACH.map((name) =>
    holds(
      "3.1.2.3",
      `500 concurrent executions, in ${name}`,
      [name, "executions.aws_lambda_function.this", "reserved_concurrent_executions", 500],
      [name, EXECUTE, "settings.throttling_burst_limit", 500],
      [name, EXECUTE, "settings.throttling_rate_limit", 1000],
    ),
  ),
  ...EACH.flatMap(compute),
  ...EACH.flatMap(storage),
  names("3.4", "no special hardware"),
  holds(
    "3.5",
    "prod: scaling of services, provisioned concurrency, scale-in",
    ["prod", 'executions.aws_appautoscaling_target.this["blue"]', "min_capacity", 5],
    ["prod", 'executions.aws_appautoscaling_target.this["blue"]', "max_capacity", 100],
    [
      "prod",
      'executions.aws_appautoscaling_policy.this["blue"]',
      "target_tracking_scaling_policy_configuration.target_value",
      0.7,
    ],
    ...(["cpu", "memory", "requests"] as const).map(
      (metric): Value => [
        "prod",
        `blue_service.aws_appautoscaling_policy.${metric}[0]`,
        "target_tracking_scaling_policy_configuration.scale_in_cooldown",
        300,
      ],
    ),
  ),
];

function compute(name: (typeof EACH)[number]): Row[] {
  const { section, task, tasks } = ENVIRONMENTS[name];
  const [cpu, memory] = task;
  const at = `3.2.${section}`;
  const definition = (argument: string, value: string) =>
    each(name, (colour) => [name, `${colour}_task.aws_ecs_task_definition.this`, argument, value]);
  const target = (argument: string, value: number) =>
    each(name, (colour) => [name, `${colour}_service.aws_appautoscaling_target.this`, argument, value]);
  const [min, max] = [target("min_capacity", tasks[0]), target("max_capacity", tasks[1])];
  return [
    names(`${at}.1 ${at}.3-4 ${at}.7`, `${name}: its name, cores and GB that the document leaves at 0, a reason`),
    holds(
      `${at}.2`,
      `${name}: tasks of ${Number(cpu) / 1024} vCPU and ${Number(memory) / 1024} GB`,
      ...definition("cpu", cpu),
      ...definition("memory", memory),
    ),
    holds(`${at}.2`, `${name}: functions of 256 MB`, [name, "executions.aws_lambda_function.this", "memory_size", 256]),
    holds(`${at}.5`, `${name}: ${tasks[0]} instances`, ...min),
    holds(
      `${at}.6.1`,
      name === "dev" ? "dev: no automatic scaling" : `${name}: automatic scaling`,
      ...max,
      ...(name === "dev" ? ["no:dev blue_service.aws_appautoscaling_policy"] : []),
    ),
    holds(`${at}.6.2`, `${name}: at least ${tasks[0]}`, ...min),
    holds(`${at}.6.3`, `${name}: at most ${tasks[1]}`, ...max),
    ...TRIGGERS[name],
  ];
}

/** A value of each colour; dev has one. */
function each(name: (typeof EACH)[number], of: (colour: "blue" | "green") => Value): readonly [Value, ...Value[]] {
  return [of("blue"), ...(name === "dev" ? [] : [of("green")])];
}

function storage(name: (typeof EACH)[number]): Row[] {
  const { section, storage: gib, type, multiAz } = ENVIRONMENTS[name];
  const at = `3.3.${section}`;
  const database = (argument: string, value: string | number | boolean): Value => [
    name,
    "database.aws_db_instance.this",
    argument,
    value,
  ];
  const iops = { dev: undefined, staging: 1000, prod: 3000 }[name];
  return [
    names(`${at}.1-2`, `${name}: its name, and SSD`),
    holds(`${at}.3`, `${name}: ${gib} GB`, database("allocated_storage", gib)),
    ...(name === "prod" ? [holds(`${at}.3`, "prod: storage grows", database("max_allocated_storage", 350))] : []),
    holds(
      `${at}.4`,
      iops === undefined ? `${name}: ${type}` : `${name}: ${type} with ${iops} IOPS`,
      database("storage_type", type),
      ...(iops === undefined ? [] : [database("iops", iops)]),
    ),
    ...(iops === undefined
      ? [names(`${at}.5`, "dev: no throughput")]
      : [
          differs(
            `${at}.5`,
            `${name}: ${name === "prod" ? 500 : 250} MiB/s`,
            throughput(iops),
            database("iops", iops),
            database("instance_class", "db.m7g.large"),
          ),
        ]),
    holds(`${at}.6`, `${name}: ${multiAz ? "two zones" : "one zone"}`, database("multi_az", multiAz)),
    holds(`${at}.7`, `${name}: encrypted`, database("storage_encrypted", true)),
  ];
}
