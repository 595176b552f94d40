/** Tests that need a program which not every machine has. */

export interface Need {
  /** Marks skipped tests for the reporter beside this file, which prints a line for each. */
  readonly mark: "Terraform" | "moto" | "cdktf" | "Helm" | "promtool" | "PostgreSQL";
  /** Finds the program. @throws if it is missing */
  readonly find: () => unknown;
}

/** `describe` if the program exists. Otherwise the tests are skipped and counted; in CI, they fail. */
export function describeWhere({ mark, find }: Need, name: string, tests: () => void): void {
  const problem = problemOf(find);
  if (problem === undefined) describe(name, tests);
  else if (process.env.CI) describe(name, () => fails(mark, problem));
  else describe.skip(`${name} (needs ${mark})`, tests);
}

function problemOf(find: () => unknown): unknown {
  try {
    find();
    return undefined;
  } catch (error) {
    return error;
  }
}

function fails(mark: string, problem: unknown): void {
  test(`needs ${mark}`, () => {
    throw problem;
  });
}
