/** Maximum connections of a PostgreSQL instance of RDS or Aurora, by instance class or by capacity. */
import { badArgument } from "../../lib";

const GIB = 1024 ** 3;

/** Memory of each size, as a multiple of `large`. */
const MULTIPLES = {
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
  "24xlarge": 48,
} as const;

/**
 * Memory in GiB by size, and the families of instance classes that have it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
const MEMORY_GIB = [
  {
    families: ["t3", "t4g"],
    sizes: { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, "2xlarge": 32 },
  },
  {
    families: ["m5", "m6g", "m6i", "m7g", "m7i", "m8g"],
    sizes: memoryFromLarge(8),
  },
  {
    families: ["r5", "r6g", "r6i", "r7g", "r7i", "r8g"],
    sizes: memoryFromLarge(16),
  },
];

const BY_CLASS: ReadonlyMap<string, number> = new Map(
  MEMORY_GIB.flatMap(({ families, sizes }) =>
    families.flatMap((family) =>
      Object.entries(sizes).map(([size, gib]) => [`db.${family}.${size}`, gib * GIB] as const),
    ),
  ),
);

/**
 * Part of the memory that counts at least: the parameter uses the memory without the operating system and RDS, and AWS
 * does not publish their need. It is about a quarter of 1 GiB, and a smaller part of larger sizes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
 */
const COUNTED_SHARE = 0.7;

/** Memory of an ACU of Aurora. */
const ACU_GIB = 2;

/**
 * Minimum of the default `max_connections` of a serverless instance, which follows from the maximum capacity. With a minimum of
 * 0 or 0.5, Aurora limits it to 2,000.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export function leastServerlessConnections({
  minAcus,
  maxAcus,
}: {
  readonly minAcus: number;
  readonly maxAcus: number;
}) {
  return Math.min(minAcus <= 0.5 ? 2000 : 5000, connectionsOf(maxAcus * ACU_GIB * GIB));
}

/**
 * Minimum of the default `max_connections`. RDS for PostgreSQL sets it to `LEAST({DBInstanceClassMemory/9531392}, 5000)`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 * @throws InputError if the table has no such class
 */
export function leastMaxConnections(instanceClass: string): number {
  const bytes = BY_CLASS.get(instanceClass);
  if (bytes === undefined) {
    throw badArgument(`instanceClass: got ${instanceClass}; allowed: ${[...BY_CLASS.keys()].join(", ")}`);
  }
  return connectionsOf(bytes);
}

function connectionsOf(bytes: number): number {
  return Math.min(5000, Math.floor((bytes * COUNTED_SHARE) / 9_531_392));
}

function memoryFromLarge(gib: number): Record<string, number> {
  return Object.fromEntries(Object.entries(MULTIPLES).map(([size, multiple]) => [size, gib * multiple]));
}
