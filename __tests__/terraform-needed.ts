/** For tests that run the real Terraform. */
import { findTerraform } from "../lib/terraform";

/**
 * `describe` where Terraform is there. Elsewhere the tests are skipped, and the reporter beside this
 * file counts them by their mark; in CI, which must have Terraform, they fail.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  const problem = whyNoTerraform();
  if (problem === undefined) describe(name, tests);
  else if (process.env.CI) describe(name, () => fails(problem));
  else describe.skip(`${name} (needs Terraform)`, tests);
}

function whyNoTerraform(): unknown {
  try {
    findTerraform();
    return undefined;
  } catch (error) {
    return error;
  }
}

function fails(problem: unknown): void {
  test("needs Terraform", () => {
    throw problem;
  });
}
