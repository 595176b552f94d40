/** The runbook of the standby can be followed from its text: steps have names, and each change fits the data as it is then. */
import { readFileSync } from "node:fs";
import path from "node:path";

const PROJECT = path.join(__dirname, "../../..");
const text = readFileSync(path.join(PROJECT, "terraform/environments/orders/dr/RUNBOOK.md"), "utf8");

interface Step {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly { readonly language: string; readonly lines: readonly string[] }[];
}

const SECTIONS = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), stepsOf(section)] as const),
);

function stepsOf(section: string): Step[] {
  return section
    .split(/^\d+\. /m)
    .slice(1)
    .map((step) => ({
      name: /^\*\*(.+?)\.\*\* /.exec(step)?.[1] ?? "",
      text: step.replace(/^ {3}```[\s\S]*$/m, ""),
      blocks: [...step.matchAll(/^ {3}```(\w+)\n([\s\S]*?)^ {3}```$/gm)].map(([, language = "", lines = ""]) => ({
        language,
        lines: lines
          .trimEnd()
          .split("\n")
          .map((line) => line.slice(3)),
      })),
    }));
}

test("has the sections that people look for, with steps of unique names and one block at most", () => {
  expect([...SECTIONS.keys()]).toEqual(["Setting up", "Failover", "The way back"]);
  for (const steps of SECTIONS.values()) {
    const names = steps.map(({ name }) => name);
    expect(names).not.toContain("");
    expect(new Set(names).size).toBe(names.length);
    for (const { blocks } of steps) expect(blocks.length).toBeLessThanOrEqual(1);
  }
});

test("each change names one file, and replaces lines that stand there once", () => {
  const files = new Map<string, string>();
  for (const { name, text, blocks } of [...SECTIONS.values()].flat()) {
    for (const { lines } of blocks.filter(({ language }) => language === "diff")) {
      const [file = "", ...others] = text.match(/environments\/orders\/\w+\.ts/g) ?? [];
      expect([name, others]).toEqual([name, []]);
      const now = files.get(file) ?? readFileSync(path.join(PROJECT, file), "utf8");
      const from = lines.flatMap((line) => (line.startsWith("-") ? [line.slice(1)] : []));
      const to = lines.flatMap((line) => (line.startsWith("+") ? [line.slice(1)] : []));
      expect(from).toHaveLength(to.length);
      const changed = from.reduce((content, line, i) => {
        expect([name, line, content.split("\n").filter((one) => one === line).length]).toEqual([name, line, 1]);
        return content.replace(line, to[i] ?? "");
      }, now);
      expect(changed.split("\n").filter((line) => line.length > 120)).toEqual(
        now.split("\n").filter((line) => line.length > 120),
      );
      files.set(file, changed);
    }
  }
  expect([...files.keys()].sort()).toEqual(["environments/orders/dr.ts", "environments/orders/prod.ts"]);
  expect(files.get("environments/orders/dr.ts")).toContain("    restored: {},\n    inUse: null,");
  expect(files.get("environments/orders/prod.ts")).toContain(
    '    restored: { restored: null },\n    inUse: "restored",',
  );
});

test("every command is one that a person has", () => {
  const commands = [...SECTIONS.values()]
    .flat()
    .flatMap(({ blocks }) => blocks.filter(({ language }) => language === "sh"));
  expect(commands.length).toBeGreaterThan(5);
  for (const line of commands.flatMap(({ lines }) => lines)) {
    expect(line).toMatch(/^(?:npm run synth|npx groundplan plan |terraform -chdir=|aws (?:rds|secretsmanager) )/);
  }
});
