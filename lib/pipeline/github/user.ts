/** Users in responses of GitHub. */
import { z } from "zod";

/** @see https://docs.github.com/en/rest/users/users#get-a-user */
export const USER = z.object({
  login: z.string(),
  /** `User` for a person, `Bot` for an app. */
  type: z.string(),
});

export type User = z.infer<typeof USER>;

/** Logins are case-insensitive. */
export function isSameLogin(login: string, other: string): boolean {
  return login.toLowerCase() === other.toLowerCase();
}

export function isAmong(login: string, logins: readonly string[]): boolean {
  return logins.some((one) => isSameLogin(one, login));
}

/** Each login once, in the case of its first occurrence. */
export function distinct(logins: readonly string[]): string[] {
  return logins.filter((login, i) => logins.findIndex((one) => isSameLogin(one, login)) === i);
}

export function isPerson({ login, type }: User): boolean {
  return type === "User" && !isAppLogin(login);
}

/** Only apps have such logins. */
export function isAppLogin(login: string): boolean {
  return /\[bot\]$/i.test(login);
}
