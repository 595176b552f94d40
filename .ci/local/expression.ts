/**
 * Evaluates GitHub's expressions with GitHub's own library. An unknown name is an error, not an empty string.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
import type { data } from "@actions/expressions";
import { InputError } from "../../lib/common/errors";

/** Values that an expression can read, by context: `github`, `steps`, `needs`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Status of the job so far, for `success()`, `failure()` and the other status functions. */
export type Status = "success" | "failure";

export interface Expressions {
  evaluate(expression: string, contexts: Contexts, status: Status): unknown;
  /** Replaces every expression in a text by its value. */
  interpolate(text: string, contexts: Contexts, status?: Status): string;
  /** Whether an `if:` is true. Without a status function, it is false after a failure. */
  holds(condition: string | undefined, contexts: Contexts, status: Status): boolean;
  /** The status functions that a condition calls. */
  statusFunctions(condition: string | undefined): string[];
}

/** The library is an ES module, which CommonJS loads with `import()`. */
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
      throw unreadable(expression, error, ` with the contexts ${Object.keys(contexts).join(", ")}`);
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
    `got ${expression.trim()}: ${reason}; allowed: a GitHub Actions expression${names}`,
  ]);
}

const STATUS_FUNCTIONS = ["always", "success", "failure", "cancelled"];

/** Ends at the first `}}` outside of a string literal. */
const EXPRESSION = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

/** A condition without the optional `${{ }}`. */
function bare(condition = "success()"): string {
  return condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1").trim();
}
