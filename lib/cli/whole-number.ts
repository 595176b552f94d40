/** Whole numbers from 1 on, as arguments of options. */
import { InvalidArgumentError } from "commander";

/** @param allowed follows "Allowed:" where it is none @param largest that is taken */
export function wholeNumber(allowed: string, largest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^[1-9]\d*$/.test(text) && number <= largest) return number;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
}

/** Up to two months. */
export const minutes = wholeNumber("a whole number of minutes, from 1 on", 99_999);
