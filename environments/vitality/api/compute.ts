/** Where the API runs: the one word of the system that chooses between App Runner and Fargate. */
import { InputError } from "../../../lib";
import { ACCOUNT_USES_APP_RUNNER } from "../../../modules/app-runner";

export type Compute =
  | {
      readonly kind: "app-runner";
      /** AWS accepts no new customers of App Runner: an account that never used it cannot create the service. */
      readonly accountUsesAppRunner: typeof ACCOUNT_USES_APP_RUNNER;
    }
  | { readonly kind: "container-service" };

/** docs/decisions/0030-app-runner-with-a-drop-in.md has the reasons. */
export const COMPUTE: Compute = {
  kind: "app-runner",
  accountUsesAppRunner: "This account used App Runner before 2026-04-30",
};

/** Data that the compiler has not seen may lack the acknowledgement. @throws InputError */
export function requireAcknowledgement(place: string, compute: Compute): void {
  if (compute.kind !== "app-runner" || compute.accountUsesAppRunner === ACCOUNT_USES_APP_RUNNER) return;
  throw new InputError(place, [
    `compute: got ${JSON.stringify(compute)}; allowed: accountUsesAppRunner: "${ACCOUNT_USES_APP_RUNNER}" if that is true, or kind: "container-service", which every account can use`,
  ]);
}
