/** Misconfigured settings of the repository, and settings that cannot be read. */

export type SettingProblem =
  | { readonly place: string; readonly got: string; readonly allowed: string }
  /** The setting may be correct or not. */
  | { readonly place: string; readonly unreadable: string };

export function problemLine(problem: SettingProblem): string {
  if ("unreadable" in problem) return `${problem.place}: cannot be read: ${problem.unreadable}`;
  return `${problem.place}: got ${problem.got}; allowed: ${problem.allowed}`;
}
