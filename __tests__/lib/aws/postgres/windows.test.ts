import fc from "fast-check";
import { WINDOW_RULE } from "../../../../lib";
import { parseExpression } from "../../../../lib/common/hcl/parse";
import { evaluate, scopeOf } from "../../../../lib/judgement/hcl";

const DAY = 1440;
const minute = fc.nat(DAY - 1);
const days = fc.constantFrom("Mon", "Wed", "Sun");
const clock = (at: number) =>
  [Math.floor((at % DAY) / 60), at % 60].map((part) => String(part).padStart(2, "0")).join(":");

test("windows are allowed if both last half an hour and share no minute of the day, in synth and in Terraform", () => {
  const lengths = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(minute, lengths, minute, lengths, days, (backup, backupLength, upkeep, upkeepLength, day) => {
      const backupWindow = `${clock(backup)}-${clock(backup + backupLength)}`;
      const maintenanceWindow = `${day}:${clock(upkeep)}-${day}:${clock(upkeep + upkeepLength)}`;
      const minutes = (start: number, length: number) => Array.from({ length }, (_, i) => (start + i) % DAY);
      const taken = new Set(minutes(backup, backupLength));
      const legal =
        backupLength >= 30 && upkeepLength >= 30 && minutes(upkeep, upkeepLength).every((one) => !taken.has(one));
      const scope = scopeOf({ var: { backup_window: backupWindow, maintenance_window: maintenanceWindow } });
      expect(WINDOW_RULE.holds({ backupWindow, maintenanceWindow })).toBe(legal);
      expect(evaluate(parseExpression(WINDOW_RULE.condition), scope)).toBe(legal);
    }),
    { numRuns: 300 },
  );
});

test("a window without the form of one is left to the message of its input", () => {
  const scope = scopeOf({ var: { backup_window: "at night", maintenance_window: "Sun:08:00-Sun:09:00" } });
  expect(evaluate(parseExpression(WINDOW_RULE.condition), scope)).toBe(true);
});
