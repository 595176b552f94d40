/** How long something may break a rule. Days are written as `2026-11-22`. */
import type { Severity } from "./guardrail";

/** The longest life of an exception in days, by the severity of what it permits. */
export const LONGEST_LIFE_DAYS: Readonly<Record<Severity, number>> = { critical: 30, high: 90, medium: 180, low: 365 };

const DAY_MS = 86_400_000;

/** From one day to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Whether the calendar has the day: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
