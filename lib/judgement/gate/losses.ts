/** Losses of data in a plan, and whether each is allowed. */
import { backupFor } from "./backup";
import { type Change, isRemoved, pastOf } from "./change";
import type { GateContext } from "./context";
import { renameHint } from "./renamed";
import type { ActionFinding } from "./rule";
import { STATEFUL } from "./stateful";

export function lossesIn(context: GateContext): ActionFinding[] {
  return context.changes.flatMap((change) =>
    lossOf(change, context).map(({ got, ...finding }) => ({
      ...finding,
      got: got + renameHint(change, context.changes),
    })),
  );
}

/** A forgotten resource stays in the account with its data. */
function lossOf(change: Change, { production, backups, now }: GateContext): ActionFinding[] {
  const state = STATEFUL[change.type];
  if (state === undefined || !isRemoved(change)) return [];
  const { address, action } = change;
  if (action === "forget") {
    return [
      {
        address,
        got: `forgotten, with ${state.holds}: it stays in the account, and Terraform no longer manages it`,
        approval: "data",
      },
    ];
  }
  const got = `${pastOf(change)}, with ${state.holds}`;
  if (state.outlivesBackups) {
    return [{ address, got: `${got}, which no backup restores; allowed: forget it, with forget() of the root` }];
  }
  if (!production) return [{ address, got, approval: "data" }];
  if (!state.restorable) return [{ address, got: `${got}, which no backup restores` }];
  const backup = backupFor(address, backups, now);
  if ("problem" in backup) return [{ address, got: `${got}; ${backup.problem}` }];
  return [{ address, got: `${got}; its backup is ${backup.name}`, approval: "data" }];
}
