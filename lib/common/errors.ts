/** Errors that are shown as a message without a stack. */

/** A wrong input: place, value got, what is allowed, in the caller's words. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(
    readonly place: string,
    readonly problems: readonly string[],
  ) {
    super(`${place}\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

/** A negative answer, shown without a stack. The command ends with exit code 1. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}
