/** The provider's schema as the table of types: which arguments each has, and what a change of them can change. */
import { z } from "zod";
import { type Holds, holdsOf } from "./held";
import { MARKS, type Mark, markOf } from "./marks";

const ATTRIBUTE = z.object({ optional: z.boolean().optional(), required: z.boolean().optional() });

const BLOCK = z.object({
  attributes: z.record(z.string(), ATTRIBUTE).default({}),
  get block_types() {
    return z.record(z.string(), z.object({ block: BLOCK })).default({});
  },
});

/** What `terraform providers schema -json` prints. @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema */
export const SCHEMAS = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), z.object({ block: BLOCK })).default({}) }),
  ),
});

/** A type of resource: what it holds, and the names of its arguments at any depth, separated by spaces. */
export interface TypeRow {
  /** Left out where nothing tells. */
  readonly holds?: Holds;
  /** Names that carry a mark, by mark. */
  readonly marks: Readonly<Partial<Record<Mark, string>>>;
  /** Names that carry none. */
  readonly others: string;
}

export type TypeTable = Readonly<Record<string, TypeRow>>;

/** The table as it is committed: a line a type, so that a new version of the provider shows as a diff of lines. */
export function tableText(table: TypeTable): string {
  const lines = Object.entries(table)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, row]) => `${JSON.stringify(type)}: ${JSON.stringify(row)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Attributes that only the provider sets are no arguments, and neither are timeouts. */
function argumentsIn({ attributes, block_types: blocks }: z.infer<typeof BLOCK>): string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, { optional, required }]) =>
      optional === true || required === true ? [name] : [],
    ),
    ...Object.entries(blocks)
      .filter(([name]) => name !== "timeouts")
      .flatMap(([, { block }]) => argumentsIn(block)),
  ];
}

export function typeTable(schemas: z.infer<typeof SCHEMAS>): TypeTable {
  const types = Object.values(schemas.provider_schemas).flatMap((one) => Object.entries(one.resource_schemas));
  return Object.fromEntries(types.map(([type, { block }]) => [type, rowOf(type, argumentsIn(block))]));
}

function rowOf(type: string, names: readonly string[]): TypeRow {
  const all = [...new Set(names)].sort();
  const marked = (mark: Mark | undefined) => all.filter((name) => markOf(type, name) === mark).join(" ");
  const marks = MARKS.map((mark) => [mark, marked(mark)]).filter(([, found]) => found !== "");
  const holds = holdsOf(type, all);
  return { ...(holds && { holds }), marks: Object.fromEntries(marks), others: marked(undefined) };
}
