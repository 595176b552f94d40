/** The message about SSM parameters that a root reads and that do not exist yet. */
import { stripVTControlCharacters } from "node:util";

/** One line with the parameters; undefined if the run failed for another reason. */
export function missingParameters(stderr: string): string | undefined {
  const found = stripVTControlCharacters(stderr).matchAll(/reading SSM Parameter \((\S+)\): couldn't find resource/g);
  const names = [...new Set(Array.from(found, ([, name]) => name))].sort();
  if (names.length === 0) return undefined;
  return (
    `SSM parameters\n  got none of these names: ${names.join(", ")}; apply the root that publishes them first: ` +
    "the workflow apply does so in an earlier wave, and plans this root afterwards"
  );
}
