/** The runbook of a standby can be followed from its text: steps have names, and each change fits the data as it is then. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { transformSync } from "@swc/core";

const PROJECT = path.join(__dirname, "../..");

interface Runbook {
  /** Name of the system, whose standby `dr` has the runbook and whose production is `prod`. */
  readonly system: string;
  /** Data after the steps of the failover and of the way back that change it, with which their plans and applies are tested. */
  readonly expected: readonly (readonly [step: string, data: { readonly name: string }])[];
  /** Steps that change the data in two files; the first change is tested with the second one. */
  readonly partial: readonly string[];
}

interface Step {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly { readonly language: string; readonly lines: readonly string[] }[];
}

/** The text of the data's files after a step, by their names. */
type Files = ReadonlyMap<string, string>;

function stepsOf(section: string): Step[] {
  return section
    .split(/^\d+\. /m)
    .slice(1)
    .map((step) => ({
      name: /^\*\*(.+?)\.\*\* /.exec(step)?.[1] ?? "",
      text: step.replace(/^ +```[\s\S]*$/m, ""),
      blocks: [...step.matchAll(/^( +)```(\w+)\n([\s\S]*?)^\1```$/gm)].map(
        ([, indent = "", language = "", lines = ""]) => ({
          language,
          lines: lines
            .trimEnd()
            .split("\n")
            .map((line) => line.slice(indent.length)),
        }),
      ),
    }));
}

export function testRunbook({ system, expected, partial }: Runbook): void {
  const text = readFileSync(path.join(PROJECT, `terraform/environments/${system}/dr/RUNBOOK.md`), "utf8");
  const SECTIONS = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), stepsOf(section)] as const),
  );

  test("has the sections that people look for, with steps of unique names and one block at most", () => {
    const inSteps = [...SECTIONS].filter(([, steps]) => steps.length > 0).map(([name]) => name);
    expect(inSteps).toEqual(["Setting up", "Failover", "The way back"]);
    for (const steps of SECTIONS.values()) {
      const names = steps.map(({ name }) => name);
      expect(names).not.toContain("");
      expect(new Set(names).size).toBe(names.length);
      for (const { blocks } of steps) expect(blocks.length).toBeLessThanOrEqual(1);
    }
  });

  const FILES: Files = new Map(
    ["dr", "prod"].map((name) => [name, readFileSync(path.join(PROJECT, `environments/${system}/${name}.ts`), "utf8")]),
  );

  /** What each step of some sections leaves, by the names of those that change the data. */
  function changed(sections: readonly string[]): Map<string, Files> {
    const after = new Map<string, Files>();
    let files = FILES;
    for (const step of sections.flatMap((section) => SECTIONS.get(section) ?? [])) {
      const [block] = step.blocks;
      if (block?.language !== "diff") continue;
      files = withChange(files, step, block.lines);
      after.set(step.name, files);
    }
    return after;
  }

  function withChange(files: Files, { name, text }: Step, lines: readonly string[]): Files {
    const [file = "", ...others] = [...text.matchAll(new RegExp(`environments/${system}/(\\w+)\\.ts`, "g"))].map(
      ([, one = ""]) => one,
    );
    expect([name, others]).toEqual([name, []]);
    const starting = (sign: string) => lines.flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
    const [from, to] = [starting("-"), starting("+")];
    expect([name, from.length]).toEqual([name, to.length]);
    const content = from.reduce((content, line, i) => {
      expect([name, line, content.split("\n").filter((one) => one === line).length]).toEqual([name, line, 1]);
      return content.replace(line, to[i] ?? "");
    }, files.get(file) ?? "");
    return new Map([...files, [file, content]]);
  }

  /** The data that a file exports. */
  function dataOf(files: Files | undefined, name: string): unknown {
    const options = { jsc: { parser: { syntax: "typescript" } }, module: { type: "commonjs" } } as const;
    const { code } = transformSync(files?.get(name) ?? "", options);
    const exported: Record<string, unknown> = {};
    const load = (module: string) =>
      module === "./prod"
        ? { prod: dataOf(files, "prod") }
        : require(path.join(PROJECT, `environments/${system}`, module));
    runInNewContext(code, { exports: exported, require: load });
    return exported[name];
  }

  test("the steps change the data to what their plans and applies are tested with", () => {
    const steps = changed(["Failover", "The way back"]);
    for (const [step, data] of expected) {
      expect([step, JSON.parse(JSON.stringify(dataOf(steps.get(step), data.name)))]).toEqual([
        step,
        JSON.parse(JSON.stringify(data)),
      ]);
    }
    expect(new Set(steps.keys())).toEqual(new Set([...expected.map(([step]) => step), ...partial]));
  });

  test("the steps leave no line that the formatter would break", () => {
    for (const [step, files] of changed(["Setting up", "Failover", "The way back"])) {
      const long = (of: Files) =>
        [...of.values()].flatMap((text) => text.split("\n").filter((line) => line.length > 120));
      expect([step, long(files)]).toEqual([step, long(FILES)]);
    }
  });

  test("every command is one that a person has", () => {
    const commands = [...SECTIONS.values()]
      .flat()
      .flatMap(({ blocks }) => blocks.filter(({ language }) => language === "sh"));
    expect(commands.length).toBeGreaterThan(5);
    for (const line of commands.flatMap(({ lines }) => lines)) {
      expect(line).toMatch(
        /^(?:npm run synth|npx groundplan plan |terraform -chdir=|aws (?:cloudwatch|cognito-idp|rds|secretsmanager) |tr '\\n' '\\0' < \S+ \| xargs -0 )/,
      );
    }
  });
}
