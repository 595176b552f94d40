/** An answer that is "no". It is told without a stack, and the command ends with exit code 1. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}
