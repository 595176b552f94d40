/** Applies a root, changes it, and destroys it. Records the decisions of the gate. */
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

/** Resources that take long to create. An apply is interrupted while Terraform waits for them. */
const SLOW = [
  "aws_acm_certificate_validation",
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_sqs_queue_redrive_policy",
];

/** Types that Terraform must not destroy, not even after an interrupted apply. */
export const DATABASES = ["aws_db_instance", "aws_rds_cluster"];

/** The results of one apply. */
export interface Applied {
  /** Verdict of the gate on the plan after the apply. */
  readonly applied: Decision;
  /** Wall-clock time of each step, in seconds. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface Stood extends Applied {
  /** Number of the root's resources that are left. */
  readonly left: number;
}

export interface Life extends Stood {
  /** Addresses of resources that Terraform was creating when the first apply was interrupted. */
  readonly missing: readonly string[];
  /** Terraform's error for a plan that replaces a tainted resource with `prevent_destroy`. */
  readonly tainted: string | undefined;
  /** Verdict of the gate on the plan after the interrupted apply. */
  readonly resumed: Decision;
  /** Names of the services that `groundplan deploy` has deployed. */
  readonly deployed: readonly string[];
  /** The services before and after deployments and scaling. */
  readonly services: { readonly before: readonly Service[]; readonly after: readonly Service[] };
  readonly byHand: ChangedByHand;
  /** Verdict of the gate on the plan after deployments, scaling and changes by hand. */
  readonly pastTerraform: Decision;
  readonly protected: readonly Lifted[];
  /** Terraform's error for a plan that destroys everything. */
  readonly undestroyed: string | undefined;
  /** Error of AWS for the deletion of a protected resource, by type. */
  readonly undeleted: Readonly<Record<string, string>>;
  readonly changed: Changed;
  /** Verdict of the gate on the plan of the changed source. */
  readonly changes: Decision;
  /** Verdict of the gate on the plan after its apply, with an override file that lifts all protection. */
  readonly lifted: Decision;
}

/** Points at which a root of a lane waits for the others. */
export interface Neighbours {
  /** Resolves after the first applies of these roots have been interrupted, too. */
  begun(): Promise<unknown>;
  /** Resolves after all roots that depend on this root are destroyed. */
  unneeded(): Promise<unknown>;
}

/** Applies a root, and plans it again. The root of a migration is destroyed, as after each run. */
export function stand(cloud: Cloud, root: Root): Promise<Stood> {
  const { seconds, timed } = timer(root);
  return StandingRoot.in(cloud, root, async (standing) => {
    await timed("apply", () => standing.apply());
    const applied = standing.gate(await timed("second plan", () => standing.plan()));
    if (root.props.migration !== undefined) await timed("destroy", () => standing.destroy());
    return { applied, left: (await standing.resources()).length, seconds };
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

/** Records the duration of each step of a root, and names the step that failed. */
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

/** Terraform would replace an interrupted resource. A resource with `prevent_destroy` exists, so it is untainted. */
async function untaintKept(standing: StandingRoot, interrupted: readonly string[]): Promise<string | undefined> {
  const kept = interrupted.filter((address) => DATABASES.some((type) => address.includes(`.${type}.`)));
  if (kept.length === 0) return undefined;
  const problem = await standing.planProblem();
  for (const address of kept) await standing.terraform("untaint", address);
  return problem;
}
