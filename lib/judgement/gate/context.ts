/** What the gate decides on. */

import type { ProjectJudgement } from "../../generator/synth/project-judgement";
import type { PlanJson } from "../../terraform/plan-json";
import type { RootConfiguration } from "../configuration";
import type { Backup } from "./backup";
import type { Change } from "./change";
import type { CheckResult } from "./checks";
import type { UnmanagedAccess } from "./unmanaged";

/** Who has to agree: security, who answers for the data, who answers for the service, who answers for its operation. */
export const APPROVALS = ["security", "data", "removal", "drift"] as const;

export type Approval = (typeof APPROVALS)[number];

export interface GateContext {
  /** The root as its source describes it. */
  readonly root: RootConfiguration;
  readonly plan: PlanJson;
  readonly changes: readonly Change[];
  /** What was changed without Terraform, and the apply sets back. */
  readonly drift: readonly Change[];
  /** Access that stands in the account and that no resource of the root explains. */
  readonly unmanaged: readonly UnmanagedAccess[];
  /** Checks that failed, or whose result only the apply tells. */
  readonly checks: readonly CheckResult[];
  /** Where the plan's configuration is not the tree's. */
  readonly unreviewed: readonly string[];
  /** Whether people depend on it. */
  readonly production: boolean;
  readonly backups: readonly Backup[];
  /** Types that the project has judged itself. */
  readonly judged: readonly ProjectJudgement[];
  readonly now: Date;
}
