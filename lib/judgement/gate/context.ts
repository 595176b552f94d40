/** Input of the gate's rules. */

import type { ProjectJudgement } from "../../generator/synth/project-judgement";
import type { PlanJson } from "../../terraform/plan-json";
import type { RootConfiguration } from "../configuration";
import type { Backup } from "./backup";
import type { Change } from "./change";
import type { CheckResult } from "./checks";
import type { UnmanagedAccess } from "./unmanaged";

/** Approvals: by security, by the owner of the data, by the owner of the service (`removal`), by its operators (`drift`). */
export const APPROVALS = ["security", "data", "removal", "drift"] as const;

export type Approval = (typeof APPROVALS)[number];

/** What the gate is given beside the tree. */
export interface GateRequest {
  readonly plan: PlanJson;
  /** Whether people depend on the environment. */
  readonly production: boolean;
  readonly backups: readonly Backup[];
  /** Types that the project has judged itself. */
  readonly judged: readonly ProjectJudgement[];
  readonly now: Date;
}

/** What a plan changes, and what it shows of the account. */
export interface PlanFacts {
  readonly changes: readonly Change[];
  /** Changes without Terraform that the apply reverts or, in a refresh-only plan, accepts. */
  readonly drift: readonly Change[];
  /** Access in the account that no resource of the root explains. */
  readonly unmanaged: readonly UnmanagedAccess[];
  /** Checks that failed, or whose result is known after the apply. */
  readonly checks: readonly CheckResult[];
}

export interface GateContext extends GateRequest, PlanFacts {
  /** The root as its source describes it. */
  readonly root: RootConfiguration;
  /** Tags that policies of the tree read. */
  readonly tagsOfPolicies: ReadonlySet<string>;
  /** Places where the plan's configuration differs from the tree. */
  readonly unreviewed: readonly string[];
}
