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

const THROUGHPUT =
  "the throughput of io2 follows from the IOPS: 0.256 MiB/s for each, and the instance class limits it";

export const SIZES: readonly Row[] = [
  names("3.1.1.1-2 3.1.1.4", "the service: its load and profile"),
  holds(
    "3.1.1.3",
    "1,000 requests a minute",
    ["prod", "api", "peak_requests_per_minute", 1000],
    "__tests__/environments/formula/application.test.ts",
  ),
  names("3.1.2.1-2 3.1.2.4", "executions of formulas: their load and profile"),
  ...EACH.map((name) =>
    holds("3.1.2.3", `500 concurrent executions, in ${name}`, [
      name,
      "executions.aws_lambda_function.this",
      "reserved_concurrent_executions",
      500,
    ]),
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
      "blue_service.aws_appautoscaling_policy.cpu[0]",
      "target_tracking_scaling_policy_configuration.scale_in_cooldown",
      300,
    ],
  ),
];

function compute(name: (typeof EACH)[number]): Row[] {
  const { section, task, tasks } = ENVIRONMENTS[name];
  const [cpu, memory] = task;
  const at = `3.2.${section}`;
  const target = (argument: string, value: number): Value => [
    name,
    "blue_service.aws_appautoscaling_target.this",
    argument,
    value,
  ];
  return [
    names(`${at}.1 ${at}.3-4 ${at}.7`, `${name}: its name, cores and GB that the document leaves at 0, a reason`),
    holds(
      `${at}.2`,
      `${name}: tasks of ${Number(cpu) / 1024} vCPU and ${Number(memory) / 1024} GB`,
      [name, "blue_task.aws_ecs_task_definition.this", "cpu", cpu],
      [name, "blue_task.aws_ecs_task_definition.this", "memory", memory],
    ),
    holds(`${at}.2`, `${name}: functions of 256 MB`, [name, "executions.aws_lambda_function.this", "memory_size", 256]),
    holds(`${at}.5`, `${name}: ${tasks[0]} instances`, target("min_capacity", tasks[0])),
    holds(
      `${at}.6.1`,
      name === "dev" ? "dev: no automatic scaling" : `${name}: automatic scaling`,
      target("max_capacity", tasks[1]),
    ),
    holds(`${at}.6.2`, `${name}: at least ${tasks[0]}`, target("min_capacity", tasks[0])),
    holds(`${at}.6.3`, `${name}: at most ${tasks[1]}`, target("max_capacity", tasks[1])),
    ...TRIGGERS[name],
  ];
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
      : [differs(`${at}.5`, `${name}: ${name === "prod" ? 500 : 250} MiB/s`, THROUGHPUT, database("iops", iops))]),
    holds(`${at}.6`, `${name}: ${multiAz ? "two zones" : "one zone"}`, database("multi_az", multiAz)),
    holds(`${at}.7`, `${name}: encrypted`, database("storage_encrypted", true)),
  ];
}
