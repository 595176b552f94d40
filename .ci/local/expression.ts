/**
 * GitHub's expressions, read and evaluated by GitHub's own library. A name that is not known is an error, never an empty text.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
import type { data } from "@actions/expressions";
import { InputError } from "../../lib/common/errors";

/** What an expression can read, by its first name: `github`, `steps`, `needs`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the job stands, for success() and its like. */
export type Status = "success" | "failure";

export interface Expressions {
  evaluate(expression: string, contexts: Contexts, status: Status): unknown;
  /** A text with every expression in it replaced by its value. */
  interpolate(text: string, contexts: Contexts, status?: Status): string;
  /** Whether an `if:` holds; where it asks for no status, it holds only while nothing has failed. */
  holds(condition: string | undefined, contexts: Contexts, status: Status): boolean;
  /** The functions of the status that a condition calls. */
  statusFunctions(condition: string | undefined): string[];
}

/** Loads the library, which is a module that only `import()` can load. */
export async function loadExpressions(): Promise<Expressions> {
  const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
  const { truthy } = await import("@actions/expressions/result");

  const dataOf = (value: unknown): data.ExpressionData => JSON.parse(JSON.stringify(value ?? null), data.reviver);

  const tokensOf = (expression: string) => {
    try {
      return new Lexer(expression.trim()).lex().tokens;
    } catch (error) {
      throw unreadable(expression, error);
    }
  };

  const resultOf = (expression: string, contexts: Contexts, status: Status): data.ExpressionData => {
    const answers = { always: true, success: status === "success", failure: status === "failure", cancelled: false };
    const functions = Object.entries(answers).map(([name, answer]) => ({
      name,
      minArgs: 0,
      maxArgs: 0,
      call: () => new data.BooleanData(answer),
    }));
    const context = new data.Dictionary(
      ...Object.entries(contexts).map(([key, value]) => ({ key, value: dataOf(value) })),
    );
    const tokens = tokensOf(expression);
    try {
      const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
      return new Evaluator(parsed, context, new Map(functions.map((one) => [one.name, one]))).evaluate();
    } catch (error) {
      throw unreadable(expression, error, ` with ${Object.keys(contexts).join(", ")}`);
    }
  };

  const statusFunctions = (condition: string | undefined): string[] => {
    const tokens = tokensOf(bare(condition));
    return tokens
      .filter((_, at) => tokens[at + 1]?.lexeme === "(")
      .map(({ lexeme }) => lexeme.toLowerCase())
      .filter((name) => STATUS_FUNCTIONS.includes(name));
  };

  return {
    statusFunctions,
    evaluate: (expression, contexts, status) =>
      JSON.parse(JSON.stringify(resultOf(expression, contexts, status), data.replacer)),
    interpolate: (text, contexts, status = "success") =>
      text.replace(EXPRESSION, (_all, expression: string) => resultOf(expression, contexts, status).coerceString()),
    holds: (condition, contexts, status) =>
      (status === "success" || statusFunctions(condition).length > 0) &&
      truthy(resultOf(bare(condition), contexts, status)),
  };
}

function unreadable(expression: string, error: unknown, names = ""): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError("expression", [
    `got ${expression.trim()}: ${reason}; allowed: an expression of GitHub${names}`,
  ]);
}

const STATUS_FUNCTIONS = ["always", "success", "failure", "cancelled"];

/** Up to the first `}}` outside of a text. */
const EXPRESSION = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

/** A condition without the braces that it may do without. */
function bare(condition = "success()"): string {
  return condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1").trim();
}
