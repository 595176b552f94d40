/** The daily backup and the weekly maintenance of a database. RDS refuses windows that overlap; a plan does not. */
import { text } from "../../generator/inputs/schema";

const MINUTES_OF_DAY = 24 * 60;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const SHORTEST_MINUTES = 30;

/** Positions of the times in `07:00-07:30` and `Sun:08:00-Sun:09:00`. */
const POSITIONS = { backup: [0, 6], maintenance: [4, 14] } as const;

export const WINDOW_INPUTS = {
  backupWindow: text(/^\d\d:\d\d-\d\d:\d\d$/, "a time span in UTC such as 07:00-07:30", "at night")
    .default("07:00-07:30")
    .describe("Time of the daily backup in UTC, off-peak. It must not overlap the maintenance window."),
  maintenanceWindow: text(
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun):\d\d:\d\d-(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun):\d\d:\d\d$/,
    "a weekly time span in UTC such as Sun:08:00-Sun:09:00",
    "on Sunday",
  )
    .default("Sun:08:00-Sun:09:00")
    .describe("Maintenance window in UTC. Changes of a plan are applied in it."),
};

interface Windows {
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
}

/** The backup is daily, so that the day of the maintenance does not matter. */
export const WINDOW_RULE = {
  inputs: ["backupWindow", "maintenanceWindow"] as const,
  allowed: `windows of ${SHORTEST_MINUTES} minutes or more that share no time of the day`,
  holds: ({ backupWindow, maintenanceWindow }: Windows) =>
    apart(span(backupWindow, POSITIONS.backup), span(maintenanceWindow, POSITIONS.maintenance)),
  condition: conditionOfApart(),
  counterexample: { backupWindow: "08:30-09:00", maintenanceWindow: "Sun:08:00-Sun:09:00" },
};

interface Span {
  readonly start: number;
  readonly minutes: number;
}

function span(window: string, [from, to]: readonly [number, number]): Span {
  const start = minuteAt(window, from);
  return { start, minutes: distance(start, minuteAt(window, to)) };
}

function minuteAt(window: string, position: number): number {
  return Number(window.slice(position, position + 2)) * 60 + Number(window.slice(position + 3, position + 5));
}

function distance(from: number, to: number): number {
  return (to - from + MINUTES_OF_DAY) % MINUTES_OF_DAY;
}

function apart(one: Span, other: Span): boolean {
  return (
    Math.min(one.minutes, other.minutes) >= SHORTEST_MINUTES &&
    distance(one.start, other.start) >= one.minutes &&
    distance(other.start, one.start) >= other.minutes
  );
}

/** The same as HCL. A window without the form of a window has its own message. */
function conditionOfApart(): string {
  const minute = (name: string, position: number) =>
    `(tonumber(substr(var.${name}, ${position}, 2)) * 60 + tonumber(substr(var.${name}, ${position + 3}, 2)))`;
  const between = (from: string, to: string) => `(${to} - ${from} + ${MINUTES_OF_DAY}) % ${MINUTES_OF_DAY}`;
  const [backup, backupEnd] = POSITIONS.backup.map((position) => minute("backup_window", position));
  const [maintenance, maintenanceEnd] = POSITIONS.maintenance.map((position) => minute("maintenance_window", position));
  const lengths = [between(`${backup}`, `${backupEnd}`), between(`${maintenance}`, `${maintenanceEnd}`)];
  const distances = [between(`${backup}`, `${maintenance}`), between(`${maintenance}`, `${backup}`)];
  return `try(min(${lengths.join(", ")}) >= ${SHORTEST_MINUTES} && ${distances.map((one, i) => `${one} >= ${lengths[i]}`).join(" && ")}, true)`;
}
