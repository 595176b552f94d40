/** Whether an exception may be given, and whether it still holds. */
import type { Exception } from "../../generator/root/exception";
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
    ...Object.entries({ owner, approver })
      .filter(([, name]) => MIXED_SCRIPTS.test(name))
      .map(([argument, name]) => `${argument}: got "${name}"; allowed: a name in letters of one script`),
    ...(personOf(approver) === personOf(owner)
      ? [`approver: got "${approver}"; allowed: somebody else than the owner`]
      : []),
  ];
}

/** Letters that look like Latin ones beside those. @see https://www.unicode.org/reports/tr39/#Mixed_Script_Detection */
const MIXED_SCRIPTS = /(?=.*\p{Script=Latin})(?=.*(?!\p{Script=Latin})\p{L})/su;

/**
 * A person or team, however the name is written: GitHub ignores the case of logins, mentions put an @ before them, the
 * name of a team may have its organization before it, and an address of mail its host behind it. Accents and characters
 * that nobody sees are left out.
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams
 */
function personOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim()
    .replace(/^@/, "")
    .replace(/^[^/]*\//, "")
    .replace(/@.*$/s, "")
    .replace(/\s+/g, " ")
    .toUpperCase();
}
