/** Positive whole numbers as values of options. */
import { InvalidArgumentError } from "commander";

/**
 * @param allowed follows "Allowed:" in the message
 * @param largest maximum
 */
export function wholeNumber(allowed: string, largest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^[1-9]\d*$/.test(text) && number <= largest) return number;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
}

/** Up to two months. */
export const minutes = wholeNumber("a whole number of minutes, at least 1", 99_999);
