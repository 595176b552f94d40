/** Commands, paths and links in the pages for people. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { z } from "zod";

const PROJECT = path.resolve(__dirname, "../..");
const CLI = path.join(PROJECT, "lib/cli");
const textOf = (file: string) => readFileSync(path.join(PROJECT, file), "utf8");
const pagesIn = (folder: string) =>
  readdirSync(path.join(PROJECT, folder)).flatMap((name) => (name.endsWith(".md") ? [`${folder}/${name}`] : []));

const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...pagesIn("docs"), ...pagesIn("docs/decisions")];

const SCRIPTS = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf("package.json"))).scripts,
);

const COMMAND_FILE = z.object({ add: z.custom<(program: Command) => void>((value) => typeof value === "function") });

const program = new Command("groundplan");
for (const file of readdirSync(CLI)) {
  if (textOf(`lib/cli/${file}`).includes("export function add(")) {
    COMMAND_FILE.parse(require(path.join(CLI, file))).add(program);
  }
}

/** Usage and help of each command that has no commands of its own. */
function helpOf(command: Command): [usage: string, help: string][] {
  if (command.commands.length > 0) return command.commands.flatMap(helpOf);
  const names = [command.name()];
  for (let parent = command.parent; parent !== null; parent = parent.parent) names.unshift(parent.name());
  const args = command.registeredArguments.map((argument) => {
    const text = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${text}>` : `[${text}]`;
  });
  return [[[...names, ...args].join(" "), command.description()]];
}

/** Rows of a page's tables whose first cell is code that starts with the text. */
function rowsOf(page: string, start: string): [code: string, text: string][] {
  return [...textOf(page).matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].flatMap(([, code = "", text = ""]) =>
    code.startsWith(start) ? [[code, text]] : [],
  );
}

/** The text around code blocks. */
const proseOf = (page: string) => textOf(page).replaceAll(/^ *```[\s\S]*?^ *```/gm, "");

const codeIn = (page: string) => [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

/** The id that GitHub gives to a heading. */
function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("the page of commands has each command with the text of its help", () => {
  expect(rowsOf("docs/commands.md", "groundplan").sort()).toEqual(helpOf(program).sort());
});

test("the page of commands has each script of npm", () => {
  const named = rowsOf("docs/commands.md", "npm ").map(([code]) => code.split(" ").slice(0, 3).join(" "));
  expect(named.sort()).toEqual(SCRIPTS.map((name) => (name === "test" ? "npm test" : `npm run ${name}`)).sort());
});

/** What pages name and the repository does not have, each with its page. */
function missing(named: (page: string) => readonly string[]): string[] {
  return PAGES.flatMap((page) => named(page).map((name) => `${page}: ${name}`));
}

test("the pages name only commands that exist", () => {
  const scripts = (page: string) => [...textOf(page).matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)];
  const commands = (page: string) => [...textOf(page).matchAll(/(?:npx |`)groundplan ([a-z][a-z-]+)/g)];
  const isCommand = (name: string) => program.commands.some((command) => command.name() === name);
  expect(missing((page) => scripts(page).flatMap(([, name = ""]) => (SCRIPTS.includes(name) ? [] : [name])))).toEqual(
    [],
  );
  expect(missing((page) => commands(page).flatMap(([, name = ""]) => (isCommand(name) ? [] : [name])))).toEqual([]);
  expect(commands("CONTRIBUTING.md").length).toBeGreaterThan(2);
});

/** A path from the top of the repository; placeholders such as `<module>` name no path. */
const PATH = /^(?:\.ci|\.github|__tests__|docs|environments|lib|modules|terraform)\/[\w./-]*$/;
/** Systems of the examples, and vendored modules, of which this repository has none. */
const EXAMPLE = /^(?:terraform\/)?environments\/(?:billing|care|shop)\b|^terraform\/vendor\//;

test("the pages name only paths that exist", () => {
  const paths = (page: string) => codeIn(page).filter((code) => PATH.test(code) && !EXAMPLE.test(code));
  expect(missing((page) => paths(page).filter((file) => !existsSync(path.join(PROJECT, file))))).toEqual([]);
  expect(paths("CONTRIBUTING.md")).toContain("lib/common/guardrail-ids.ts");
});

test("the pages link only to pages and headings that exist", () => {
  const links = (page: string) => [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const isBroken = (page: string, target: string) => {
    if (target.startsWith("https://")) return false;
    const [file = "", anchor] = target.split("#");
    const linked = file === "" ? page : path.join(path.dirname(page), file);
    if (!existsSync(path.join(PROJECT, linked))) return true;
    return anchor !== undefined && !anchorsOf(linked).includes(anchor);
  };
  expect(missing((page) => links(page).filter((target) => isBroken(page, target)))).toEqual([]);
  expect(links("README.md")).toContain("CONTRIBUTING.md");
});
