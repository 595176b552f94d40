/** Errors of which a user gets the message and no stack. */

/** Bad input, in the caller's words: where, what was got, what is allowed. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(
    readonly place: string,
    readonly problems: readonly string[],
  ) {
    super(`${place}\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

/** An answer that is "no". It is told without a stack, and the command ends with exit code 1. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}
