/** A time that people say in minutes. */
import { InvalidArgumentError } from "commander";

export function minutes(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError("Allowed: a whole number of minutes, from 1 on.");
  return Number(text);
}
