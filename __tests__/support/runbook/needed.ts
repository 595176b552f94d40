/** For tests that play runbooks: they need Terraform, the mock of AWS, and the AWS CLI beside the mock. */
import { spawnSync } from "node:child_process";
import { InputError } from "../../../lib/common/errors";
import { findTerraform } from "../../../lib/terraform";
import { findPython } from "../cloud/python";
import { describeWhere } from "../needed";

/** Runbooks take ten minutes to an hour, much of it waits: only the nightly tests play them. */
export function describeNightly(name: string, tests: () => void): void {
  if (process.env.APPLIED_ROOTS === "all") {
    describeWhere({ mark: "moto", find: () => [findTerraform(), findAwsModule()] }, name, tests);
  } else describe.skip(name, tests);
}

/** The Python whose module `awscli` is the AWS CLI. @throws InputError if it has none */
export function findAwsModule(): string {
  const python = findPython();
  if (spawnSync(python, ["-m", "awscli", "--version"]).status === 0) return python;
  throw new InputError("awscli", [`got ${python} without it; allowed: a Python with awscli; run: .ci/moto`]);
}
