/** What a plan does to resources that hold data, and whether it may. */
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

/** What is forgotten stays in the account with all that it holds. */
function lossOf(change: Change, { production, backups, now }: GateContext): ActionFinding[] {
  const state = STATEFUL[change.type];
  if (state === undefined || !isRemoved(change)) return [];
  const { address, action } = change;
  if (action === "forget") {
    return [{ address, got: `forgotten with ${state.holds}: it stays, and nothing manages it`, approval: "data" }];
  }
  const got = `${pastOf(change)}, and with it ${state.holds}`;
  if (state.outlivesBackups) {
    return [{ address, got: `${got}, which no backup brings back; allowed: forget it, by forget() of the root` }];
  }
  if (!production) return [{ address, got, approval: "data" }];
  if (!state.restorable) return [{ address, got: `${got}, which no backup brings back` }];
  const backup = backupFor(address, backups, now);
  if ("problem" in backup) return [{ address, got: `${got}; ${backup.problem}` }];
  return [{ address, got: `${got}, of which there is the backup ${backup.name}`, approval: "data" }];
}
