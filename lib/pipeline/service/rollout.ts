/** Result of a rolling deployment, derived from the deployments of its service. */
import type { Deployment } from "./ecs-service";
import { primaryOf } from "./ecs-service";

export type Rollout =
  | { readonly state: "goes on" }
  | { readonly state: "completed" }
  /** It failed and is not rolled back. */
  | { readonly state: "failed"; readonly reason: string }
  /** The circuit breaker began another deployment in its place. */
  | { readonly state: "taken back"; readonly reason: string; readonly by: Deployment }
  /** Another client began another deployment in the meantime. */
  | { readonly state: "replaced"; readonly by: Deployment };

/**
 * ECS answers may be older than the deployment: only another deployment that began after it can have taken its place. The
 * circuit breaker rolls back to a completed deployment; without one, as before the first, the failed deployment stays.
 * @param ours as UpdateService returned it
 * @param takesBack whether the circuit breaker does
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function rolloutOf(ours: Deployment, deployments: readonly Deployment[], takesBack: boolean): Rollout {
  const found = deployments.find(({ id }) => id === ours.id);
  const primary = primaryOf(deployments);
  const reason = found?.rolloutStateReason ?? "ECS gives no reason";
  const failed = found?.rolloutState === "FAILED";
  if (primary?.id === ours.id) {
    if (primary.rolloutState === "COMPLETED") return { state: "completed" };
    const hasFormer = deployments.some(({ id, rolloutState }) => id !== ours.id && rolloutState === "COMPLETED");
    return failed && !(takesBack && hasFormer) ? { state: "failed", reason } : { state: "goes on" };
  }
  if (primary === undefined || primary.createdAt <= ours.createdAt) return { state: "goes on" };
  return failed ? { state: "taken back", reason, by: primary } : { state: "replaced", by: primary };
}
