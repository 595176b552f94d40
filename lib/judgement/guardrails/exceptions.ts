/** Validates exceptions and decides whether they have expired. */
import type { Exception } from "../../generator/root/exception";
import { GUARDRAILS } from "./catalogue";
import { daysBetween, isDay, LONGEST_LIFE_DAYS } from "./life";

/** A day that is not in the calendar counts as expired. */
export function isExpired(exception: Exception, today: string): boolean {
  return !(daysBetween(today, exception.expires) >= 0);
}

/** Problems of an exception itself, one line each. @param today as `2026-11-22` */
export function exceptionProblems(
  { guardrail, owner, approver, created, expires }: Exception,
  today: string,
): string[] {
  const noDays = Object.entries({ created, expires }).filter(([, day]) => !isDay(day));
  if (noDays.length > 0)
    return noDays.map(([name, day]) => `${name}: got "${day}"; allowed: a day of the calendar, such as 2026-11-22`);
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
    ...(/\[bot\]$/i.test(approver) ? [`approver: got "${approver}"; allowed: a person, and no app`] : []),
    ...(personOf(approver) === personOf(owner)
      ? [`approver: got "${approver}"; allowed: a person other than the owner`]
      : []),
  ];
}

/**
 * Letters that look like Latin ones, next to Latin ones.
 * @see https://www.unicode.org/reports/tr39/#Mixed_Script_Detection
 */
const MIXED_SCRIPTS = /(?=.*\p{Script=Latin})(?=.*(?!\p{Script=Latin})\p{L})/su;

/**
 * Normalizes the name of a person or team. GitHub ignores the case of logins, mentions start with @, a team's name can
 * follow its organization or an address on the web, and an email address ends with a host, before it with a label after +. Accents and invisible characters are removed.
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams
 */
function personOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim()
    .replace(/^@|^mailto:/i, "")
    .replace(/^.*\//s, "")
    .replace(/[+@].*$/s, "")
    .replace(/\s+/g, " ")
    .toUpperCase();
}
