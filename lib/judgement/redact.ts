/** The last step before anything is shown: no message quotes a secret, whatever it is about. */
import { formOfSecret } from "./guardrails/secret-patterns";

/** The text, or where it has a secret in it only of what kind. */
export function redact(text: string): string {
  const form = formOfSecret(text);
  return form === undefined ? text : `(not shown, as it holds ${form})`;
}
