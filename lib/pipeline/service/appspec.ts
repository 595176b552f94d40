/** The AppSpec of a deployment by CodeDeploy: a text with a placeholder for the revision. */

import { InputError } from "../../common/errors";
import { readText } from "../../common/input-file";

/** As Terraform's output prints it, and as Terraform's `jsonencode` escapes it. */
const PLACE = /<TASK_DEFINITION>|\\u003cTASK_DEFINITION\\u003e/gi;

const ALLOWED = "a file with the AppSpec, or its text";

/** @param fileOrText a file with the appspec, as YAML or JSON, or the appspec itself @throws InputError */
export function readAppspec(fileOrText: string): string {
  const text = isAppspec(fileOrText) ? fileOrText : readText(fileOrText, ALLOWED);
  const places = text.match(PLACE)?.length ?? 0;
  if (places === 1) return text;
  throw new InputError("--appspec", [
    `got <TASK_DEFINITION> ${places} times; allowed: once, in place of the ARN of the revision`,
  ]);
}

export function appspecFor(appspec: string, revisionArn: string): string {
  return appspec.replace(PLACE, () => revisionArn);
}

/** Whether it is the appspec itself, and not a file's name. */
export function isAppspec(value: string): boolean {
  return value.includes("\n") || value.trimStart().startsWith("{");
}
