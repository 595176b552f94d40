/** Keys of instances in addresses. */

/** @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** Characters that Terraform escapes: an address is a quoted template of printable characters. @see https://pkg.go.dev/unicode#IsPrint */
const ESCAPED = /["\\]|[$%](?=\{)|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** `[0]` of `count`, `["a"]` of `for_each`. */
export function instanceKey(key: string | number): string {
  return typeof key === "number" ? `[${key}]` : `["${key.replace(ESCAPED, escaped)}"]`;
}

function escaped(character: string): string {
  if (character === "$" || character === "%") return character.repeat(2);
  const digits = (character.codePointAt(0) ?? 0).toString(16);
  const code = digits.length > 4 ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
  return ESCAPES[character] ?? code;
}
