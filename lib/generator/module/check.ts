/** `check` blocks: conditions that Terraform reports in each plan and after each apply. */
import type { Construct } from "constructs";
import { requireName } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";
import { type Assertion, assertionBlock } from "./lifecycle";

/**
 * Checks conditions of a module or root. A condition that does not hold is a warning of Terraform, and stops no apply: the gate
 * judges it. A condition that has to stop an apply is a `precondition` or `postcondition` of a resource.
 */
export function check(scope: Construct, name: string, ...assertions: readonly [Assertion, ...Assertion[]]): void {
  const space = Namespace.of(scope);
  const full = space.nameIn(scope, name);
  requireName(space.address, full);
  if (assertions.length === 0) {
    throw mistake(`check.${full}: got no condition; allowed: one or more`, space.address);
  }
  space.addSource(`check.${full}`);
  space.checks.set(full, { assert: assertions.map(assertionBlock) });
}
