/** The steps of Orders' runbook. */
import { testRunbook } from "../runbook-page";
import { copying, promoted, returned, settled, standingBy, stopped } from "./failover";

testRunbook({
  system: "orders",
  expected: [
    ["Promote the standby", promoted],
    ["Copy the backups back", copying],
    ["Stop taking orders", stopped],
    ["Restore in production", returned],
    ["End the copies of the way back", settled.prod],
    ["End the copies of the way back", settled.dr],
    ["Take the old instance out of the data", standingBy],
  ],
  partial: ["Copy the backups of the new instance"],
});
