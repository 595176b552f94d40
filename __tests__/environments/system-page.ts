/** The pages of a system in docs/systems, and what the committed tree has that they name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { marked, type Tokens } from "marked";
import { z } from "zod";
import { rootParts } from "../../lib/generator/root/root-path";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { roots } from "../../main";
import { TREE } from "./committed-tree";

const PAGES = path.join(__dirname, "../../docs/systems");
const tree = new Configurations(readTree(TREE));

const OBJECT = z.record(z.string(), z.unknown());
const PROVIDERS = z.object({ provider: z.object({ aws: z.array(z.object({ region: z.string() })).default([]) }) });
const ROOT_FILE = z.object({ module: z.record(z.string(), OBJECT).optional(), output: OBJECT.optional() });

/** The roots of a system, each with the contents of some of its files and all texts of the resources in its account. */
export function rootsOf(system: string) {
  return roots
    .filter(({ address }) => address.startsWith(`environments/${system}/`))
    .map(({ address, props }) => {
      const read = (name: string): unknown => {
        const file = path.join(TREE, address, name);
        return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
      };
      const names = (type: string) =>
        tree
          .root(address)
          .of(type)
          .map(({ values }) => String(values.name));
      const { environment, component } = rootParts(address);
      const account = roots.filter((root) => root.props.accountId === props.accountId);
      return {
        name: environment,
        component,
        regions: PROVIDERS.parse(read("providers.tf.json")).provider.aws.map(({ region }) => region),
        calls: ROOT_FILE.parse(read("main.tf.json")).module ?? {},
        outputs: Object.keys(ROOT_FILE.parse(read("outputs.tf.json")).output ?? {}),
        secrets: names("aws_secretsmanager_secret"),
        parameters: names("aws_ssm_parameter").map((name) => name.replace(`/${system}/${environment}/`, "")),
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

/** The names of inputs of a call, or of entries of an input. */
export function keysOf(value: unknown): string[] {
  return Object.keys(OBJECT.parse(value ?? {}));
}

export const SYSTEMS = readdirSync(PAGES).map((file) => path.basename(file, ".md"));

/** A system has one page, or a folder with the overview README.md and a page for each component. */
export function filesOf(system: string): string[] {
  const folder = path.join(PAGES, system);
  if (!existsSync(folder)) return [`${folder}.md`];
  return readdirSync(folder).map((name) => path.join(folder, name));
}

export function pageOf(files: readonly string[]) {
  const tokens = files.flatMap((file) => marked.lexer(readFileSync(file, "utf8")));
  const codes: string[] = [];
  const links: string[] = [];
  const blocks: Tokens.Code[] = [];
  marked.walkTokens(tokens, (token) => {
    if (token.type === "codespan") codes.push(String(token.text));
    if (token.type === "link") links.push(String(token.href));
    if (isCode(token)) blocks.push(token);
  });
  const sections = tokens.flatMap((token, i) => {
    if (!isHeading(token)) return [];
    const rest = tokens.slice(i + 1);
    const end = rest.findIndex(isHeading);
    return [{ heading: token.text, tokens: end < 0 ? rest : rest.slice(0, end) }];
  });
  /** The rows of the first table of each section with this heading. */
  const rows = (heading: string) =>
    sections
      .filter((section) => section.heading === heading)
      .flatMap((section) => section.tokens.find(isTable)?.rows ?? []);
  /** The code in the first column of these rows. */
  const named = (heading: string) => rows(heading).flatMap(([cell]) => codesIn(cell?.text));
  const scripts = (language: string) => blocks.filter(({ lang }) => lang === language).map(({ text }) => text);
  const lines = (language: string) => scripts(language).flatMap((text) => text.split("\n"));
  return { codes, links, rows, named, scripts, lines, headings: sections.map(({ heading }) => heading) };
}

/** Code in a cell of a table. */
export function codesIn(text = ""): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, code = ""]) => code);
}

const isTable = (token: { type: string }): token is Tokens.Table => token.type === "table";
const isCode = (token: { type: string }): token is Tokens.Code => token.type === "code";
const isHeading = (token: { type: string }): token is Tokens.Heading => token.type === "heading";
