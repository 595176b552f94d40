/** Whether an exception may be given, and whether it still holds. */
import type { Exception } from "../exception";
import { GUARDRAILS } from "./catalogue";
import { daysBetween, isDay, LONGEST_LIFE_DAYS } from "./life";

/** A day that is not in the calendar has passed. */
export function isExpired(exception: Exception, today: string): boolean {
  return !(daysBetween(today, exception.expires) >= 0);
}

/** What is wrong with an exception by itself: one line for each problem. @param today as `2026-11-22` */
export function exceptionProblems(
  { guardrail, owner, approver, created, expires }: Exception,
  today: string,
): string[] {
  const noDays = Object.entries({ created, expires }).filter(([, day]) => !isDay(day));
  if (noDays.length > 0) return noDays.map(([name, day]) => `${name}: got "${day}"; allowed: a day of the calendar`);
  const severity = GUARDRAILS.find(({ id }) => id === guardrail)?.severity ?? "critical";
  const life = daysBetween(created, expires);
  const longest = LONGEST_LIFE_DAYS[severity];
  return [
    ...(daysBetween(today, created) <= 0 ? [] : [`created: got "${created}"; allowed: ${today} or earlier`]),
    ...(life >= 0 && life <= longest
      ? []
      : [
          `expires: got "${expires}"; allowed: at most ${longest} days after ${created}, as ${guardrail} is ${severity}`,
        ]),
    ...(personOf(approver) === personOf(owner)
      ? [`approver: got "${approver}"; allowed: somebody else than the owner`]
      : []),
  ];
}

/**
 * A person or team, however the name is written: GitHub ignores the case of logins, and mentions put an @ before them.
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams
 */
function personOf(name: string): string {
  return name.normalize("NFKC").trim().replace(/^@/, "").replace(/\s+/g, " ").toLowerCase();
}
