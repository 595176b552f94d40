/** Resource types that a project has judged itself. */
import type { ProjectJudgement } from "../../../generator/synth/project-judgement";

/** Whether the project has judged the type, or its whole provider. */
export function isJudgedByProject(type: string, judged: readonly ProjectJudgement[]): boolean {
  return judged.some(
    (one) => ("type" in one && one.type === type) || ("provider" in one && type.startsWith(`${one.provider}_`)),
  );
}
