/** How long an exception may last. Days have the form `2026-11-22`. */
import type { Severity } from "./guardrail";

/** The longest life of an exception in days, by the severity of its guardrail. */
export const LONGEST_LIFE_DAYS: Readonly<Record<Severity, number>> = { critical: 30, high: 90, medium: 180, low: 365 };

const DAY_MS = 86_400_000;

/** Days from one day to another; negative if the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Whether the day exists in the calendar; `2026-02-30` does not. */
export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
