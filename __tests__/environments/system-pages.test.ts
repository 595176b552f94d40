/** The pages in docs/systems name what the committed tree has: outputs, alarms, secrets, images, resources, commands. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { marked, type Tokens } from "marked";
import { z } from "zod";
import { add as addRollback } from "../../lib/cli/rollback";
import { rootParts } from "../../lib/generator/root/root-path";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { roots } from "../../main";
import { describeWhere } from "../support/needed";
import { findAwsModule } from "../support/runbook/needed";

const PROJECT = path.join(__dirname, "../..");
const TREE = path.join(PROJECT, "terraform");
const tree = new Configurations(readTree(TREE));

const OBJECT = z.record(z.string(), z.unknown());
const ROOT_FILE = z.object({ module: z.record(z.string(), OBJECT).optional(), output: OBJECT.optional() });

/** The environments of a system, each with the contents of one of its files and all texts of its resources. */
function environmentsOf(system: string) {
  return roots
    .filter(({ address }) => address.startsWith(`environments/${system}/`))
    .map(({ address, props }) => {
      const read = (name: string) => {
        const file = path.join(TREE, address, name);
        return ROOT_FILE.parse(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
      };
      const account = roots.filter((root) => root.props.accountId === props.accountId);
      return {
        name: rootParts(address).environment,
        region: props.region,
        calls: read("main.tf.json").module ?? {},
        secrets: tree
          .root(address)
          .of("aws_secretsmanager_secret")
          .map(({ values }) => String(values.name)),
        outputs: Object.keys(read("outputs.tf.json").output ?? {}),
        texts: new Set(
          account.flatMap((root) => textsIn(tree.root(root.address).resources.map(({ values }) => values))),
        ),
      };
    });
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value, value.replace(/^alias\//, "")];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function pageOf(system: string) {
  const tokens = marked.lexer(readFileSync(path.join(PROJECT, `docs/systems/${system}.md`), "utf8"));
  const codes: string[] = [];
  const links: string[] = [];
  const blocks: Tokens.Code[] = [];
  marked.walkTokens(tokens, (token) => {
    if (token.type === "codespan") codes.push(String(token.text));
    if (token.type === "link") links.push(String(token.href));
    if (isCode(token)) blocks.push(token);
  });
  /** The code in the first column of the table below a heading. */
  const named = (heading: string): string[] => {
    const start = tokens.findIndex((token) => token.type === "heading" && "text" in token && token.text === heading);
    const table = tokens.slice(start + 1).find(isTable);
    expect([heading, start >= 0, table !== undefined]).toEqual([heading, true, true]);
    return (table?.rows ?? []).flatMap(([cell]) =>
      Array.from(cell?.text.matchAll(/`([^`]+)`/g) ?? [], ([, name = ""]) => name),
    );
  };
  const lines = (language: string) =>
    blocks.filter(({ lang }) => lang === language).flatMap(({ text }) => text.split("\n"));
  return { codes, links, named, lines, headings: tokens.flatMap((token) => (isHeading(token) ? [token.text] : [])) };
}

const isTable = (token: { type: string }): token is Tokens.Table => token.type === "table";
const isCode = (token: { type: string }): token is Tokens.Code => token.type === "code";
const isHeading = (token: { type: string }): token is Tokens.Heading => token.type === "heading";

const SYSTEMS = readdirSync(path.join(PROJECT, "docs/systems")).map((file) => path.basename(file, ".md"));

test("every system has a page, and every page has a system", () => {
  const systems = roots.flatMap(({ address }) => /^environments\/([^/]+)\//.exec(address)?.[1] ?? []);
  expect(SYSTEMS.sort()).toEqual([...new Set(systems)].sort());
});

test("pages have arguments of rollbacks", () => {
  const lines = SYSTEMS.flatMap((system) => pageOf(system).lines("text"));
  expect(lines.filter((line) => / --/.test(line)).length).toBeGreaterThan(2);
});

describe.each(SYSTEMS)("the page of %s", (system) => {
  const page = pageOf(system);
  const environments = environmentsOf(system);
  const all = (names: (one: (typeof environments)[number]) => readonly string[]) =>
    [...new Set(environments.flatMap(names))].sort();
  const keysOf = (value: unknown) => Object.keys(OBJECT.parse(value ?? {}));

  test("has the sections that people look for", () => {
    expect(page.headings).toEqual(
      expect.arrayContaining([
        "Architecture",
        "Outputs",
        "The first apply",
        "Images",
        "Secrets",
        "Alarms",
        "Roll back and restore",
        "Teardown",
      ]),
    );
  });

  test("names each output of its roots", () => {
    expect(page.named("Outputs").sort()).toEqual(all(({ outputs }) => outputs));
  });

  test("names each alarm once", () => {
    const alarms = all(({ calls }) =>
      Object.entries(calls.alarms ?? {}).flatMap(([input, value]) => (input.endsWith("alarms") ? keysOf(value) : [])),
    );
    expect(page.named("Alarms").sort()).toEqual(alarms);
  });

  test("names each secret and each image", () => {
    const secrets = all(({ name, secrets }) =>
      secrets.map((secret) =>
        secret
          .replace(`${system}-${name}/`, `${system}-<environment>/`)
          .replace(`${system}/${name}/`, `${system}/<environment>/`),
      ),
    );
    expect(
      page
        .named("Secrets")
        .filter((name) => name.startsWith(system))
        .sort(),
    ).toEqual(secrets);
    const images = all(({ calls }) => z.array(z.string()).parse(calls.images?.services ?? []));
    expect(
      page
        .named("Images")
        .filter((name) => images.includes(name))
        .sort(),
    ).toEqual(images);
  });

  test("uses names that resources have", () => {
    const own = new RegExp(
      `(?:^|[/:])(${system}-(?:<environment>|${environments.map(({ name }) => name).join("|")})[\\w/-]*)$`,
    );
    const words = [...page.codes, ...[...page.lines("sh"), ...page.lines("text")].flatMap((line) => line.split(" "))];
    const names = words.flatMap((word) => own.exec(word)?.[1] ?? []).filter((name) => !NEW.test(name));
    expect(names.length).toBeGreaterThan(5);
    const missing = names.filter(
      (name) => !environments.some((one) => has(one.texts, name.replace("<environment>", one.name))),
    );
    expect(missing).toEqual([]);
  });

  test("has links to files that exist", () => {
    const files = page.links.filter((link) => !link.startsWith("#")).map((link) => link.replace(/#.*/, ""));
    expect(files.filter((file) => !existsSync(path.join(PROJECT, "docs/systems", file)))).toEqual([]);
  });

  test("has arguments that `groundplan rollback` takes", () => {
    const lines = page.lines("text").filter((line) => / --/.test(line));
    const program = new Command();
    addRollback(program);
    const commands = program.commands.find((command) => command.name() === "rollback")?.commands ?? [];
    for (const line of lines) {
      const [name, ...rest] = line.split(" ");
      const command = commands.find((one) => one.name() === name);
      const given = rest.filter((word) => word.startsWith("--"));
      const options = command?.options ?? [];
      expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(
        expect.arrayContaining(options.flatMap(({ mandatory, long }) => (mandatory ? [long] : []))),
      );
    }
  });

  describeWhere({ mark: "moto", find: findAwsModule }, "with the AWS CLI", () => {
    test.each(page.lines("sh"))("%s is a command that it takes, in a region of the system", (line) => {
      expect(line).toMatch(/^aws /);
      expect(environments.map(({ region }) => region)).toContain(/--region (\S+)/.exec(line)?.[1]);
      const words = [...line.split(" ").slice(1), "--generate-cli-skeleton", "output"];
      const { status, stderr } = spawnSync(findAwsModule(), ["-m", "awscli", ...words], { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
    });
  });
});

/** Names that a command of a page creates, and those that a person may choose. */
const NEW = /-(?:restored|last|migration)$/;

/** A secret or a bucket has the name, or a name with a part of it behind a slash, as images have. */
function has(texts: ReadonlySet<string>, name: string): boolean {
  return texts.has(name) || [...texts].some((text) => text.startsWith(`${name}/`));
}
