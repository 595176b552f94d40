/** Somebody, as GitHub's answers name them. */
import { z } from "zod";

/** @see https://docs.github.com/en/rest/users/users#get-a-user */
export const USER = z.object({
  login: z.string(),
  /** `User` is a person; `Bot` is a program. */
  type: z.string(),
});

export type User = z.infer<typeof USER>;

/** No two logins of GitHub differ in their case alone. */
export function isSameLogin(login: string, other: string): boolean {
  return login.toLowerCase() === other.toLowerCase();
}

export function isAmong(login: string, logins: readonly string[]): boolean {
  return logins.some((one) => isSameLogin(one, login));
}

/** Each login once, in the case that it has first. */
export function distinct(logins: readonly string[]): string[] {
  return logins.filter((login, i) => logins.findIndex((one) => isSameLogin(one, login)) === i);
}

export function isPerson({ login, type }: User): boolean {
  return type === "User" && !isProgramLogin(login);
}

/** GitHub gives such logins to apps only. */
export function isProgramLogin(login: string): boolean {
  return /\[bot\]$/i.test(login);
}
