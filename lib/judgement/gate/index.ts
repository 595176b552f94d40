/** The decision on a plan: it passes, needs an approval, or is refused. */

import type { Exception } from "../../generator/root/exception";
import { type Configurations, planned, stateAsChanges, withoutStandIns } from "../configuration";
import { accountOf } from "../guardrails/account";
import { type Judgement, judgeRoot } from "../guardrails/judge";
import { isJudged } from "../guardrails/types";
import { isJudgedByProject } from "../guardrails/types/project";
import { accessInWords } from "./access";
import { tagsOfPolicies } from "./access-tags";
import { isOffline } from "./account";
import { ACTION_GUARDRAILS } from "./actions";
import { changesIn } from "./change";
import { checksIn } from "./checks";
import { APPROVALS, type Approval, type GateContext, type GateRequest, type PlanFacts } from "./context";
import { driftIn, isRefreshOnly } from "./drift";
import { type HiddenEffect, hiddenEffects } from "./effects";
import { Names } from "./names";
import { type OutputChange, outputChanges } from "./outputs";
import { unreviewed } from "./reviewed";
import type { ActionFinding, ActionGuardrail } from "./rule";
import type { Sentence } from "./sentence";
import { unmanagedAccess } from "./unmanaged";

export interface GateInput extends GateRequest {
  readonly tree: Configurations;
  /** Folder of the root below the tree. */
  readonly root: string;
  readonly exceptions: readonly Exception[];
  /** Approvals that were given. */
  readonly approved: readonly Approval[];
}

export interface ActionJudgement extends ActionFinding {
  readonly guardrail: ActionGuardrail;
}

export interface Decision extends PlanFacts {
  readonly root: string;
  readonly decision: "pass" | "approval needed" | "refused";
  /** Findings that no approval can resolve. */
  readonly refused: readonly ActionJudgement[];
  /** Findings that an approval resolves, given or not. */
  readonly toApprove: readonly ActionJudgement[];
  readonly missing: readonly Approval[];
  /** Judgement of the infrastructure after the apply. Broken and unknown rules refuse the plan. */
  readonly guardrails: Judgement;
  /** Outputs of the root that change. */
  readonly outputs: readonly OutputChange[];
  /** Whether the plan only updates the state to match the account. */
  readonly isRefreshOnly: boolean;
  /** Whether an apply changes nothing, not even the state. */
  readonly isEmpty: boolean;
  /** Permissions and network paths that somebody gets or loses. */
  readonly access: readonly Sentence[];
  /** Types that only the project has judged, each with the number of changed resources. */
  readonly judgedByProject: ReadonlyMap<string, number>;
  /** Effects that the plan does not show. */
  readonly effects: readonly HiddenEffect[];
}

export function decide(input: GateInput): Decision {
  const { tree, plan, approved, now } = input;
  const root = tree.root(input.root);
  const context: GateContext = {
    ...input,
    root,
    changes: changesIn(plan, root),
    drift: driftIn(plan, root),
    unmanaged: unmanagedAccess(plan, root, accountOf(root)),
    checks: checksIn(plan),
    unreviewed: unreviewed(tree, input.root, plan),
    tagsOfPolicies: tagsOfPolicies(tree),
  };
  const findings = ACTION_GUARDRAILS.flatMap((guardrail) =>
    guardrail.judge(context).map((finding): ActionJudgement => ({ ...finding, guardrail })),
  );
  const afterwards = planned(root, isRefreshOnly(plan) ? stateAsChanges(plan) : plan.resource_changes);
  const judged = isOffline(plan) ? withoutStandIns(afterwards, root, plan) : afterwards;
  const guardrails = judgeRoot(judged, input.exceptions, now.toISOString().slice(0, 10));
  const outputs = outputChanges(plan);
  const refused = findings.filter(({ approval }) => approval === undefined);
  const toApprove = findings.filter(({ approval }) => approval !== undefined);
  const missing = APPROVALS.filter(
    (name) => !approved.includes(name) && toApprove.some(({ approval }) => approval === name),
  );
  const isRefused = [refused, guardrails.broken, guardrails.unknown, guardrails.problems].some(
    ({ length }) => length > 0,
  );
  return {
    root: root.path,
    decision: isRefused ? "refused" : missing.length > 0 ? "approval needed" : "pass",
    refused,
    toApprove,
    missing,
    guardrails,
    changes: context.changes,
    outputs,
    drift: context.drift,
    unmanaged: context.unmanaged,
    checks: context.checks,
    isRefreshOnly: isRefreshOnly(plan),
    isEmpty: context.changes.length + outputs.length === 0 && !plan.applyable,
    access: accessInWords(context.changes, new Names(plan)),
    judgedByProject: judgedByProject(context),
    effects: hiddenEffects(context.changes),
  };
}

function judgedByProject({ changes, judged }: GateContext): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of changes) {
    if (!isJudged(type) && isJudgedByProject(type, judged)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}
