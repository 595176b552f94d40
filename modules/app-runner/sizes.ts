/**
 * Memory in MiB that App Runner offers for each number of CPU units.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/architecture.html
 */
export const APP_RUNNER_MEMORY_MIB = {
  256: [512, 1024],
  512: [1024],
  1024: [2048, 3072, 4096],
  2048: [4096, 6144],
  4096: [8192, 10240, 12288],
} as const satisfies Record<number, readonly number[]>;
