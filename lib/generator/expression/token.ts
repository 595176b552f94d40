/** CDKTF tokens: placeholders for deploy-time values, encoded as JavaScript values. */
import { Token } from "cdktf";

/**
 * Whether a value is a token or text that contains one, even after a change of case or arithmetic: the number of a token
 * exceeds 1e280.
 */
export function isToken(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) > 1e280 && Number.isFinite(value);
  if (typeof value !== "string") return Token.isUnresolved(value);
  if (/[$#&]\{tftoken\[[\w.:-]+\]\}/i.test(value)) return true;
  return (value.match(/-?\d(?:\.\d+)?e\+\d{3}/gi) ?? []).some((number) => Token.isUnresolved(Number(number)));
}
