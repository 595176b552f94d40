/** Plays the steps of a runbook in order: what the text says is done, and what it leaves to people has a stand-in. */
import { InputError } from "../../../lib/common/errors";
import type { Step } from "./text";

export interface Stage {
  /** Runs what a person types. @param input what the person answers to questions @returns what it prints */
  run(commands: string, input: string): Promise<string>;
  change(file: string, diff: string): void;
}

type Named<T> = Readonly<Record<string, T>>;

export interface Cast {
  /** What people do in a step that has no block. */
  readonly standIns: Named<() => Promise<void> | void>;
  /** What people type when a step's commands ask. */
  readonly answers?: Named<string>;
  /** Looks at what a step's blocks have done and printed. */
  readonly checks?: Named<(printed: string) => Promise<void> | void>;
  /** What people write for a name in angle brackets: `<suffix>`. */
  readonly values?: Named<() => string>;
}

/** @throws InputError where steps and cast do not fit: before anything is done */
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

/** @throws InputError where a step has nobody who does it, or the cast has somebody whom no step needs */
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
