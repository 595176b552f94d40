/** The life of a root: applied, changed in every way that a root is, and destroyed. Records what the gate decides. */
import type { Root } from "../../lib";
import type { Decision } from "../../lib/judgement/gate";
import type { Cloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { type Changed, change } from "./changes";
import {
  type ChangedByHand,
  changeByHand,
  deployEach,
  resourcesIn,
  type Service,
  scaleOut,
  servicesIn,
} from "./past-terraform";
import { deleteByHand, type Lifted, lift, protectedResources } from "./protection";

/** Resources that Terraform waits for after it has made them, so that an apply can be interrupted meanwhile. */
const SLOW = [
  "aws_acm_certificate_validation",
  "aws_db_instance",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_sqs_queue_redrive_policy",
];

/** A root that was applied once. */
export interface Applied {
  /** Of the plan after the whole apply. */
  readonly applied: Decision;
  /** Wall-clock time of each step. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface Life extends Applied {
  /** Addresses of resources that were being made when the first apply was interrupted. */
  readonly missing: readonly string[];
  /** What Terraform says of a plan that would replace a tainted resource which it must not destroy. */
  readonly tainted: string | undefined;
  /** Of the plan after the interrupted apply. */
  readonly resumed: Decision;
  /** Services that `groundplan deploy` has deployed to, by their names. */
  readonly deployed: readonly string[];
  /** The services before and after deployments and scaling. */
  readonly services: { readonly before: readonly Service[]; readonly after: readonly Service[] };
  readonly byHand: ChangedByHand;
  /** Of the plan after deployments, scaling and changes by hand. */
  readonly pastTerraform: Decision;
  readonly protected: readonly Lifted[];
  /** What Terraform says of a plan that would destroy all. */
  readonly undestroyed: string | undefined;
  /** What AWS answers when somebody deletes what it protects, by type. */
  readonly undeleted: Readonly<Record<string, string>>;
  readonly changed: Changed;
  /** Of the plan of the changed source. */
  readonly changes: Decision;
  /** Of the plan after its apply, while the override that lifts all protection is there. */
  readonly lifted: Decision;
  /** How many resources of the root are left after its destruction. */
  readonly left: number;
}

/** When a root of a lane waits for the others. */
export interface Neighbours {
  /** Resolves when the first applies of these roots have been interrupted as well. */
  begun(): Promise<unknown>;
  /** Resolves when nothing depends on the root any more. */
  unneeded(): Promise<unknown>;
}

/** Applies a root as it is, and plans it again. */
export function stand(cloud: Cloud, root: Root): Promise<Applied> {
  const { seconds, timed } = timer(root);
  return StandingRoot.in(cloud, root, async (standing) => {
    await timed("apply", () => standing.apply());
    return { applied: standing.gate(await timed("second plan", () => standing.plan())), seconds };
  });
}

/** @param interrupted is called when all but the slow resources exist */
export function live(cloud: Cloud, root: Root, neighbours: Neighbours, interrupted: () => void): Promise<Life> {
  const { seconds, timed } = timer(root);
  return StandingRoot.in(cloud, root, async (standing) => {
    const missing = await timed("interrupted apply", () => standing.interruptedApply(SLOW));
    interrupted();
    await timed("wait for the others", () => neighbours.begun());
    const tainted = await timed("plan of the tainted", () => untaintKept(standing, missing));
    const resumed = standing.gate(await timed("plan of the rest", () => standing.plan()));
    await timed("resumed apply", () => standing.applyPlan());
    const plan = await timed("second plan", () => standing.plan());
    const applied = standing.gate(plan);
    const resources = resourcesIn(plan);

    const deployed = await timed("deployments", () => deployEach(standing, resources));
    const byHand = await timed("by hand", async () => {
      await scaleOut(standing, resources);
      return changeByHand(cloud, resources);
    });
    const undeleted = await deleteByHand(cloud, resources);
    const [planAfter, undestroyed] = await timed("plan after it", () =>
      Promise.all([standing.plan(), standing.planProblem("-destroy")]),
    );
    const pastTerraform = standing.gate(planAfter);
    await byHand.undo();

    const changed = change(standing);
    await standing.terraform("get", "-no-color");
    const changes = standing.gate(await timed("plan of changes", () => standing.plan()));
    const kept = protectedResources(standing);
    lift(standing, kept);
    await timed("apply of changes", () => standing.apply());
    const lifted = standing.gate(await timed("last plan", () => standing.plan()));
    await timed("wait for dependents", () => neighbours.unneeded());
    await timed("destroy", () => standing.destroy());
    return {
      missing,
      tainted,
      resumed,
      applied,
      deployed,
      services: { before: servicesIn(resources), after: servicesIn(resourcesIn(planAfter)) },
      byHand,
      pastTerraform,
      protected: kept,
      undestroyed,
      undeleted,
      changed,
      changes,
      lifted,
      left: (await standing.resources()).length,
      seconds,
    };
  });
}

/** Notes how long each step of a root takes, and which one failed. */
function timer({ address }: Root) {
  const seconds: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await work();
    } catch (error) {
      throw new Error(`${address}: ${step} failed`, { cause: error });
    } finally {
      seconds[step] = Math.round((performance.now() - start) / 100) / 10;
    }
  };
  return { seconds, timed };
}

/** Terraform would replace what was interrupted. What it must not destroy is there, and is kept. */
async function untaintKept(standing: StandingRoot, interrupted: readonly string[]): Promise<string | undefined> {
  const kept = interrupted.filter((address) => address.includes("aws_db_instance."));
  if (kept.length === 0) return undefined;
  const problem = await standing.planProblem();
  for (const address of kept) await standing.terraform("untaint", address);
  return problem;
}
