/**
 * Turns the provider's schema and documentation into the table of types: the verdict on each argument, and its source.
 */
import { z } from "zod";
import { holdsOf } from "./held";
import type { Holds } from "./holds";
import { HARMLESS, MARKED } from "./judged-arguments";
import { FOR_PEOPLE, MARKS, type Mark, markOfName } from "./marks";

const ATTRIBUTE = z.object({
  optional: z.boolean().optional(),
  required: z.boolean().optional(),
  sensitive: z.boolean().optional(),
});

const BLOCK = z.object({
  attributes: z.record(z.string(), ATTRIBUTE).default({}),
  get block_types() {
    return z.record(z.string(), z.object({ block: BLOCK })).default({});
  },
});

/**
 * Output of `terraform providers schema -json`.
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export const SCHEMAS = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), z.object({ block: BLOCK })).default({}) }),
  ),
});

export type Schemas = z.infer<typeof SCHEMAS>;

/**
 * Sources of a mark, strongest first: a person's judgement in `judged-arguments.ts`; the argument's name; the schema,
 * which marks the argument as sensitive; its description on the type's page.
 */
export const SOURCES = ["judgement", "name", "schema", "documentation"] as const;

type Source = (typeof SOURCES)[number];

/** A resource type: what it holds, and the names of its arguments at any depth, separated by spaces. */
export interface TypeRow {
  /** The type's page, after `/docs/resources/` in the registry. Missing if the documentation has none. */
  readonly page?: string;
  /** Missing if nothing indicates it. */
  readonly holds?: Holds;
  /** Names that carry a mark, by mark and source. */
  readonly marks: Readonly<Partial<Record<Mark, Readonly<Partial<Record<Source, string>>>>>>;
  /** Names of blocks that carry a mark by their names. */
  readonly blocks?: Readonly<Partial<Record<Mark, string>>>;
  /** Names that look like a mark, and were judged to be harmless. */
  readonly harmless?: string;
  /** Names that nothing indicates to be a mark. */
  readonly others: string;
}

export type TypeTable = Readonly<Record<string, TypeRow>>;

/** The documentation of a type. */
export interface Documented {
  readonly page: string;
  /** The mark that the description of an argument indicates. */
  markOf(name: string): Mark | undefined;
}

/** The committed text of the table: one line for each type, so that a new provider version shows as a diff of lines. */
export function tableText(table: TypeTable): string {
  const lines = Object.entries(table)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, row]) => `${JSON.stringify(type)}: ${JSON.stringify(row)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

export function typeTable(schemas: Schemas, documentation: (type: string) => Documented | undefined): TypeTable {
  const types = Object.values(schemas.provider_schemas).flatMap((one) => Object.entries(one.resource_schemas));
  return Object.fromEntries(types.map(([type, { block }]) => [type, rowOf(type, block, documentation(type))]));
}

type Block = z.infer<typeof BLOCK>;

function rowOf(type: string, block: Block, documented: Documented | undefined): TypeRow {
  const found = argumentsIn(block);
  const names = [...new Set(found.map(([name]) => name))].sort();
  const sensitive = new Set(found.flatMap(([name, isSensitive]) => (isSensitive ? [name] : [])));
  const verdicts = names.map((name) => ({ name, ...verdictOn(type, name, sensitive.has(name), documented) }));
  const joined = (wanted: Partial<MarkVerdict>) =>
    verdicts
      .filter(({ mark, source }) => mark === wanted.mark && source === wanted.source)
      .map(({ name }) => name)
      .join(" ");
  const holds = holdsOf(type, names);
  const harmless = joined({ source: "judgement" });
  const blocks = byMark((mark) =>
    [...new Set(blocksIn(block))]
      .filter((name) => markOfName(name) === mark)
      .sort()
      .join(" "),
  );
  return {
    ...(documented && { page: documented.page }),
    ...(holds && { holds }),
    marks: Object.fromEntries(
      MARKS.map((mark) => [mark, present(SOURCES.map((source) => [source, joined({ mark, source })]))] as const).filter(
        ([, sources]) => Object.keys(sources).length > 0,
      ),
    ),
    ...(Object.keys(blocks).length > 0 && { blocks }),
    ...(harmless !== "" && { harmless }),
    others: joined({}),
  };
}

function byMark(namesOf: (mark: Mark) => string): Partial<Record<Mark, string>> {
  return present(MARKS.map((mark) => [mark, namesOf(mark)]));
}

function present<K extends string>(entries: readonly (readonly [K, string])[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const [key, names] of entries) if (names !== "") found[key] = names;
  return found;
}

interface MarkVerdict {
  readonly mark?: Mark;
  readonly source?: Source;
}

/** A source without a mark means: judged to be harmless. */
function verdictOn(type: string, name: string, isSensitive: boolean, documented: Documented | undefined): MarkVerdict {
  const judged = MARKED[`${type}.${name}`];
  if (judged !== undefined) return { mark: judged, source: "judgement" };
  if (`${type}.${name}` in HARMLESS) return { source: "judgement" };
  if (FOR_PEOPLE.test(name)) return {};
  const named = markOfName(name);
  if (named !== undefined) return { mark: named, source: "name" };
  if (isSensitive) return { mark: "secret", source: "schema" };
  const described = IDENTITY.has(name) ? undefined : documented?.markOf(name);
  return described === undefined ? {} : { mark: described, source: "documentation" };
}

/** Every type has these arguments, and their descriptions describe the type. */
const IDENTITY: ReadonlySet<string> = new Set(["id", "name", "name_prefix"]);

/** Attributes that only the provider sets are not arguments, and neither are timeouts. */
function argumentsIn({ attributes, block_types: blocks }: Block): (readonly [name: string, isSensitive: boolean])[] {
  return [
    ...Object.entries(attributes).flatMap(([name, { optional, required, sensitive }]) =>
      optional === true || required === true ? [[name, sensitive === true] as const] : [],
    ),
    ...inner(blocks).flatMap(([, block]) => argumentsIn(block)),
  ];
}

function blocksIn({ block_types: blocks }: Block): string[] {
  return inner(blocks).flatMap(([name, block]) => [name, ...blocksIn(block)]);
}

function inner(blocks: Block["block_types"]): [string, Block][] {
  return Object.entries(blocks)
    .filter(([name]) => name !== "timeouts")
    .map(([name, { block }]) => [name, block]);
}
