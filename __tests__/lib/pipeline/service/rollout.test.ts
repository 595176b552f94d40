import fc from "fast-check";
import type { Deployment } from "../../../../lib/pipeline/service/ecs-service";
import { rolloutOf } from "../../../../lib/pipeline/service/rollout";

const deployment = (id: string, status: string, rolloutState: string, second: number): Deployment => ({
  id,
  status,
  rolloutState,
  taskDefinition: `task-definition/shop-api:${second}`,
  createdAt: new Date(second * 1000),
  desiredCount: 2,
  runningCount: 2,
  failedTasks: 0,
});

const old = deployment("old", "ACTIVE", "COMPLETED", 1);
const ours = deployment("ours", "PRIMARY", "IN_PROGRESS", 2);
const later = deployment("later", "PRIMARY", "IN_PROGRESS", 3);
const failed = { ...ours, rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" };

test.each([
  ["as long as it is in progress, it goes on", [ours, old], true, { state: "goes on" }],
  ["it is completed once ECS says so", [{ ...ours, rolloutState: "COMPLETED" }], true, { state: "completed" }],
  [
    "a failure that the circuit breaker takes back is over only once it has begun to",
    [failed, old],
    true,
    { state: "goes on" },
  ],
  [
    "a failure that nothing takes back is a failure",
    [failed, old],
    false,
    { state: "failed", reason: "tasks failed to start" },
  ],
  [
    "a failure before which nothing was completed stays one, as the circuit breaker has nothing to go back to",
    [failed, { ...old, rolloutState: "FAILED" }],
    true,
    { state: "failed", reason: "tasks failed to start" },
  ],
  [
    "a failure with another deployment after it was taken back by that one",
    [later, { ...failed, status: "ACTIVE" }],
    true,
    { state: "taken back", reason: "tasks failed to start", by: later },
  ],
  [
    "another deployment after it that no failure explains has replaced it",
    [later, { ...ours, status: "ACTIVE" }],
    true,
    { state: "replaced", by: later },
  ],
] as const)("%s", (_, deployments, takesBack, expected) => {
  expect(rolloutOf(ours, deployments, takesBack)).toEqual(expected);
});

test("a response from before the deployment decides nothing", () => {
  const states = fc.constantFrom("COMPLETED", "IN_PROGRESS", "FAILED");
  fc.assert(
    fc.property(states, fc.integer({ min: 0, max: 2 }), fc.boolean(), (state, second, takesBack) => {
      const stale = deployment("stale", "PRIMARY", state, second);
      expect(rolloutOf(ours, [stale], takesBack)).toEqual({ state: "goes on" });
    }),
  );
});
