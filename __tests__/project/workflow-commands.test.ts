/** The commands and options of `groundplan` that the workflows call exist. */
import path from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { parseSources, readSources } from "../../lib/pipeline/workflows/judge";

const { workflows } = parseSources(readSources(path.resolve(__dirname, "../..")));
const COMMAND = z.object({ add: z.custom<(program: Command) => void>((value) => typeof value === "function") });

interface Call {
  readonly place: string;
  /** `custody put`, without variables and files. */
  readonly words: readonly string[];
  readonly options: readonly string[];
}

/** Calls in a script. Each is one line, or several lines that end in `\`. */
function callsIn(place: string, script: string): Call[] {
  const lines = script.replace(/\\\n/g, " ").split("\n");
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:^|[\s(])groundplan ([^|;)]*)/g)].map(([, rest = ""]) => {
      const words = rest.split(/\s+/);
      const first = words.findIndex((word) => !/^[a-z-]+$/.test(word) || word.startsWith("--"));
      return {
        place,
        words: words.slice(0, first === -1 ? words.length : first),
        options: [...rest.matchAll(/(?<=[\s+/-])--[a-z][a-z-]*/g)].map(([option]) => option),
      };
    }),
  );
}

const CALLS = workflows.flatMap((workflow) =>
  workflow.steps.flatMap(({ run, at }) =>
    run === undefined ? [] : callsIn(`${workflow.path}:${workflow.line(at)}`, run),
  ),
);

function commandOf([name = "", ...inner]: readonly string[]): Command | undefined {
  const program = new Command();
  COMMAND.parse(require(path.join(__dirname, "../../lib/cli", name))).add(program);
  return [name, ...inner].reduce<Command | undefined>(
    (command, word) => command?.commands.find((one) => one.name() === word),
    program,
  );
}

test("the workflows call all commands of the delivery", () => {
  expect([...new Set(CALLS.map(({ words }) => words.join(" ")))].sort()).toEqual([
    "affected",
    "apply",
    "approval",
    "blue-green back",
    "blue-green deploy",
    "blue-green idle",
    "blue-green smoke-test",
    "blue-green switch",
    "comment",
    "custody put",
    "deploy",
    "deploy-function",
    "deploy-kubernetes",
    "drift",
    "drift-issues",
    "gate",
    "migrate",
    "performance",
    "plan",
    "protection",
    "rollback",
    "rollouts",
    "sandboxes",
    "validate",
  ]);
});

test.each(CALLS.map((call) => [call.place, call.words.join(" "), call] as const))(
  "%s calls `groundplan %s` with existing options",
  (_place, _words, { words, options }) => {
    const command = commandOf(words);
    // The first argument of `rollback`, its subcommand, comes from the caller; all subcommands have the same option.
    const commands = command?.commands.length ? command.commands : [command];
    for (const one of commands) {
      expect(one?.options.map(({ long }) => long)).toEqual(expect.arrayContaining([...options]));
    }
  },
);
