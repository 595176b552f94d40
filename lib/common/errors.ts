/** Errors that are shown as a message without a stack. */

/** An invalid input. The message names the place, the value got and the allowed values, in the caller's terms. */
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
