/** Plays the steps of a runbook in order. Its commands run; the actions of people have stand-ins. */
import { InputError } from "../../../lib/common/errors";
import type { Step } from "./text";

export interface Stage {
  /** Runs a command of a person. @param input the person's answers to questions @returns the output */
  run(commands: string, input: string): Promise<string>;
  change(file: string, diff: string): void;
}

type Named<T> = Readonly<Record<string, T>>;

export interface Cast {
  /** Actions of people in a step that has no block. */
  readonly standIns: Named<() => Promise<void> | void>;
  /** Answers of people to the questions of a step's commands. */
  readonly answers?: Named<string>;
  /** Checks the effects and the output of a step's blocks. */
  readonly checks?: Named<(printed: string) => Promise<void> | void>;
  /** Values that people put in place of a name in angle brackets: `<suffix>`. */
  readonly values?: Named<() => string>;
}

/** @throws InputError before the first step if steps and cast do not match */
export async function play(steps: readonly Step[], stage: Stage, cast: Cast): Promise<void> {
  requireCast(steps, cast);
  const { standIns, answers = {}, checks = {}, values = {} } = cast;
  for (const { name, blocks } of steps) {
    try {
      await standIns[name]?.();
      let printed = "";
      for (const block of blocks) {
        const text = block.text.replace(
          PLACEHOLDER,
          (placeholder) => values[placeholder.slice(1, -1)]?.() ?? placeholder,
        );
        if (block.language === "diff") stage.change(block.file, text);
        else printed += await stage.run(text, answers[name] ?? "");
      }
      await checks[name]?.(printed);
    } catch (error) {
      throw new Error(`runbook, step "${name}" failed`, { cause: error });
    }
  }
}

/** @throws InputError if a step has no actor, or an actor has no step */
export function requireCast(steps: readonly Step[], { standIns, answers = {}, checks = {}, values = {} }: Cast): void {
  const placeholders = steps.flatMap(({ blocks }) => blocks.flatMap(({ text }) => text.match(PLACEHOLDER) ?? []));
  const problems = [
    ...steps
      .filter(({ name, blocks }) => blocks.length === 0 && standIns[name] === undefined)
      .map(({ name }) => `step "${name}": got neither block nor stand-in; allowed: one of them`),
    ...strangers(
      "stand-in",
      standIns,
      steps.filter(({ blocks }) => blocks.length === 0),
    ),
    ...strangers(
      "answer",
      answers,
      steps.filter(({ blocks }) => blocks.length > 0),
    ),
    ...strangers(
      "check",
      checks,
      steps.filter(({ blocks }) => blocks.length > 0),
    ),
    ...placeholders
      .filter((name) => values[name.slice(1, -1)] === undefined)
      .map((name) => `${name}: got no value; allowed: one`),
    ...Object.keys(values)
      .filter((name) => !placeholders.includes(`<${name}>`))
      .map((name) => `value "${name}": got no block with <${name}>; allowed: ${placeholders.join(", ") || "none"}`),
  ];
  if (problems.length > 0) throw new InputError("runbook", problems);
}

const PLACEHOLDER = /<[a-z]+>/g;

function strangers(what: string, named: Named<unknown>, steps: readonly Step[]): string[] {
  const names = steps.map(({ name }) => name);
  return Object.keys(named)
    .filter((name) => !names.includes(name))
    .map(
      (name) => `${what} "${name}": got no step of this name that takes one; allowed: ${names.join(", ") || "none"}`,
    );
}
