/** Tokens of CDKTF: stand-ins for deploy-time values, in the form of JavaScript values. */
import { Token } from "cdktf";

/**
 * Whether a value is a token, or text with one in it. A token that was upper-cased, or calculated with, is one too: its
 * number is beyond 1e280.
 */
export function isToken(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) > 1e280 && Number.isFinite(value);
  if (typeof value !== "string") return Token.isUnresolved(value);
  if (/[$#&]\{tftoken\[[\w.:-]+\]\}/i.test(value)) return true;
  return (value.match(/-?\d(?:\.\d+)?e\+\d{3}/gi) ?? []).some((number) => Token.isUnresolved(Number(number)));
}
