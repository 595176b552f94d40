/** Capacity of serverless instances, in Aurora capacity units (ACUs) of about 2 GiB of memory. */
import { z } from "zod";
import { sizing } from "../../lib";
import type { Instances } from "./instances";

/**
 * First minor of each major version that can be paused. Later major versions all can.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
const PAUSES_FROM: Readonly<Record<string, number>> = { "13": 15, "14": 12, "15": 7, "16": 3 };

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export const CAPACITY = sizing(
  z
    .object({
      minAcus: z.number().min(0).max(256).multipleOf(0.5),
      maxAcus: z.number().min(1).max(256).multipleOf(0.5),
      secondsUntilPause: z.int().min(300).max(86_400).nullable().default(null),
    })
    .nullable()
    .default(null),
).describe(
  "Range of each serverless instance; null without one. With a minimum of 0 an instance pauses after `secondsUntilPause` without connections, and the next connection waits about 15 seconds. Database Insights needs a minimum of 2 to see everything. The maximum also limits the connections.",
);

interface Input {
  readonly capacity: z.output<typeof CAPACITY>;
  readonly engineVersion: string;
  readonly instances: Instances;
}

const RANGE = { minAcus: 0.5, maxAcus: 4, secondsUntilPause: null } as const;

export const CAPACITY_RULES = [
  {
    inputs: ["capacity"] as const,
    allowed: "a minimum that is not above the maximum",
    holds: ({ capacity }: Pick<Input, "capacity">) => capacity === null || capacity.minAcus <= capacity.maxAcus,
    condition: "var.capacity == null ? true : var.capacity.min_acus <= var.capacity.max_acus",
    counterexample: { capacity: { ...RANGE, minAcus: 8 } },
  },
  {
    inputs: ["capacity"] as const,
    allowed: "secondsUntilPause if the minimum is 0, and only then",
    holds: ({ capacity }: Pick<Input, "capacity">) =>
      capacity === null || (capacity.minAcus === 0) === (capacity.secondsUntilPause !== null),
    condition:
      "var.capacity == null ? true : (var.capacity.min_acus == 0) == (var.capacity.seconds_until_pause != null)",
    counterexample: { capacity: { ...RANGE, secondsUntilPause: 300 } },
  },
  {
    inputs: ["capacity", "engineVersion"] as const,
    allowed: `a minimum of 0 from ${Object.entries(PAUSES_FROM)
      .map(([major, minor]) => `${major}.${minor}`)
      .join(", ")} on, or above 0`,
    holds: ({ capacity, engineVersion }: Pick<Input, "capacity" | "engineVersion">) =>
      capacity === null || capacity.minAcus > 0 || canPause(engineVersion),
    condition: `var.capacity == null ? true : var.capacity.min_acus > 0 || try(tonumber(split(".", var.engine_version)[1]) >= lookup(${JSON.stringify(PAUSES_FROM).replaceAll(":", " = ")}, split(".", var.engine_version)[0], 0), true)`,
    counterexample: { capacity: { minAcus: 0, maxAcus: 4, secondsUntilPause: 300 }, engineVersion: "16.2" },
  },
  {
    inputs: ["capacity", "instances"] as const,
    allowed: "a capacity if an instance is of the class db.serverless, and only then",
    holds: ({ capacity, instances }: Pick<Input, "capacity" | "instances">) =>
      (capacity !== null) === Object.values(instances).some(({ instanceClass }) => instanceClass === "db.serverless"),
    condition:
      '(var.capacity != null) == anytrue([for instance in var.instances : instance.instance_class == "db.serverless"])',
    counterexample: { capacity: { ...RANGE }, instances: { a: { instanceClass: "db.r7g.large", promotionTier: 1 } } },
  },
];

function canPause(version: string): boolean {
  const [major = "", minor = ""] = version.split(".");
  return Number(minor) >= (PAUSES_FROM[major] ?? 0);
}
