/** Judges whether a migration of TypeORM destroys data, and whether it can be rolled back. */
import { z } from "zod";
import type { MigrationFinding } from "./finding";
import type { SqlJudge } from "./sql";

export type TypeormJudge = (text: string) => MigrationFinding[];

const NODE = z.looseObject({ type: z.string(), span: z.object({ start: z.int() }).optional() });
type Node = z.infer<typeof NODE>;
const NAME = z.object({ type: z.literal("Identifier"), value: z.string() });

/** A text that runs no code: a template with `${…}` is none. */
const TEXT = z.union([
  z.object({ type: z.literal("StringLiteral"), value: z.string() }),
  z.object({
    type: z.literal("TemplateLiteral"),
    expressions: z.tuple([]),
    quasis: z.tuple([z.object({ cooked: z.string() })]),
  }),
]);
const CONSTANT = z.object({ type: z.enum(["BooleanLiteral", "NullLiteral", "NumericLiteral", "StringLiteral"]) });
const argument = <S extends z.core.$ZodType>(expression: S) => z.object({ spread: z.null(), expression });
const PARAMETERS = z.object({ type: z.literal("ArrayExpression"), elements: z.array(argument(CONSTANT)) });

/** `await queryRunner.<method>(…)` */
const CALL = z.object({
  type: z.literal("ExpressionStatement"),
  expression: z.object({
    type: z.literal("AwaitExpression"),
    argument: z.object({
      type: z.literal("CallExpression"),
      callee: z.object({ type: z.literal("MemberExpression"), object: NAME, property: NAME }),
      arguments: z.array(z.unknown()),
    }),
  }),
});
const QUERY = z.union([z.tuple([argument(TEXT)]), z.tuple([argument(TEXT), argument(PARAMETERS)])]);

const IMPORT = z.object({ type: z.literal("ImportDeclaration"), source: z.object({ value: z.literal("typeorm") }) });
const CLASS = z.object({
  type: z.literal("ClassDeclaration"),
  superClass: z.null(),
  decorators: z.tuple([]),
  body: z.array(NODE),
});
const EXPORT = z.object({ type: z.literal("ExportDeclaration"), declaration: CLASS });
const PROPERTY = z.object({
  type: z.literal("ClassProperty"),
  key: NAME,
  value: CONSTANT,
  decorators: z.tuple([]),
});
const METHOD = z.object({
  type: z.literal("ClassMethod"),
  kind: z.literal("method"),
  isStatic: z.literal(false),
  key: z.object({ type: z.literal("Identifier"), value: z.enum(["up", "down"]) }),
  function: z.object({
    params: z.tuple([z.object({ decorators: z.tuple([]), pat: NAME })]),
    decorators: z.tuple([]),
    body: z.object({ stmts: z.array(NODE) }),
  }),
});
type Method = z.infer<typeof METHOD>["function"];

/**
 * Methods that destroy data. All others but `query` are not understood: `migration:generate` writes SQL alone.
 * @see https://typeorm.io/docs/migrations/api
 */
const DESTRUCTIVE_METHODS = new Set(
  "changeColumn changeColumns clearDatabase clearTable dropColumn dropColumns dropDatabase dropSchema dropTable".split(
    " ",
  ),
);

/** @returns a judge to which a file that holds nothing has no findings */
export async function loadTypeormJudge(judgeSql: SqlJudge): Promise<TypeormJudge> {
  const { parseSync } = await import("@swc/core");
  return (text) => {
    let nodes: Node[];
    try {
      // The parser counts from the first statement on: with one before the text, it counts from the text on.
      nodes = z.object({ body: z.array(NODE) }).parse(parseSync(`;${text}`, SYNTAX)).body;
    } catch (error) {
      if (error instanceof z.ZodError) throw error;
      return [{ line: 1, what: "TypeScript that cannot be parsed", why: "not understood" }];
    }
    const [start, ...statements] = nodes;
    const bytes = Buffer.from(`;${text}`);
    const lineOf = ({ span }: Node) =>
      bytes
        .subarray(0, (span?.start ?? 0) - (start?.span?.start ?? 0))
        .toString()
        .split("\n").length;
    return statements.flatMap((statement) => judgeStatement(statement, lineOf, judgeSql));
  };
}

const SYNTAX = { syntax: "typescript", decorators: true } as const;

type LineOf = (node: Node) => number;

function judgeStatement(statement: Node, lineOf: LineOf, judgeSql: SqlJudge): MigrationFinding[] {
  if (IMPORT.safeParse(statement).success) return [];
  const exported = EXPORT.safeParse(statement).data?.declaration ?? CLASS.safeParse(statement).data;
  const line = lineOf(statement);
  if (exported === undefined) return [notUnderstood(line, "code outside of up() and down()")];
  const methods = new Map<"up" | "down", Method>();
  const others: MigrationFinding[] = [];
  for (const member of exported.body) {
    const method = METHOD.safeParse(member).data;
    if (method !== undefined && !methods.has(method.key.value)) methods.set(method.key.value, method.function);
    else if (!PROPERTY.safeParse(member).success) {
      others.push(notUnderstood(lineOf(member), "code outside of up() and down()"));
    }
  }
  const [up, down] = [methods.get("up"), methods.get("down")];
  if (up === undefined) return [...others, notUnderstood(line, "no up()")];
  return [
    ...others,
    ...up.body.stmts.flatMap((one) => judgeCall(one, up.params[0].pat.value, lineOf, judgeSql)),
    ...oneWay(up, down, line),
  ];
}

function judgeCall(statement: Node, runner: string, lineOf: LineOf, judgeSql: SqlJudge): MigrationFinding[] {
  const line = lineOf(statement);
  const call = CALL.safeParse(statement).data?.expression.argument;
  if (call?.callee.object.value !== runner) return [notUnderstood(line, `code other than await ${runner}.query(…)`)];
  const method = call.callee.property.value;
  const what = `${runner}.${method}(…)`;
  if (DESTRUCTIVE_METHODS.has(method)) return [{ line, what, why: "destructive" }];
  const query = method === "query" ? QUERY.safeParse(call.arguments).data : undefined;
  if (query === undefined) return [notUnderstood(line, what)];
  const { expression } = query[0];
  const sql = expression.type === "StringLiteral" ? expression.value : expression.quasis[0].cooked;
  return judgeSql(sql).map((finding) => ({ ...finding, line }));
}

function oneWay(up: Method, down: Method | undefined, line: number): MigrationFinding[] {
  if (down === undefined) return [{ line, what: "no down()", why: "not reversible" }];
  if (doesNothing(up) || !doesNothing(down)) return [];
  return [{ line, what: "a down() that undoes nothing", why: "not reversible" }];
}

/** Nothing but `return`, or an error at once. */
function doesNothing({ body }: Method): boolean {
  const [first] = body.stmts.filter(({ type }) => type !== "EmptyStatement");
  return first === undefined || first.type === "ThrowStatement" || first.type === "ReturnStatement";
}

function notUnderstood(line: number, what: string): MigrationFinding {
  return { line, what, why: "not understood" };
}
