/**
 * GitHub's expressions, as far as workflows here need them. What is not known is an error, never an empty text.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
import { z } from "zod";
import { InputError } from "../../errors";

/** What an expression can read, by its first name: `github`, `steps`, `needs`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the job stands, for success() and its like. */
export type Status = "success" | "failure";

const TOKEN = /\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*|&&|\|\||==|!=|[!()[\].,*])/y;

/** A text with every expression in it replaced by its value. */
export function interpolate(text: string, contexts: Contexts, status: Status = "success"): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_all, expression: string) =>
    asText(evaluate(expression, contexts, status)),
  );
}

/** Whether an `if:` holds; where it asks for no status, it holds only while nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const expression = (condition ?? "success()").replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
  const asksForStatus = /\b(always|success|failure|cancelled)\(/.test(expression);
  return (asksForStatus || status === "success") && isTrue(evaluate(expression, contexts, status));
}

export function evaluate(expression: string, contexts: Contexts, status: Status): unknown {
  const parser = new Parser(tokensOf(expression), contexts, status);
  const value = parser.either();
  if (!parser.atEnd()) throw unreadable(expression);
  return value;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trim();
  while (TOKEN.lastIndex < text.length) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw unreadable(expression);
    tokens.push(token);
  }
  return tokens;
}

function unreadable(expression: string): InputError {
  return new InputError("expression", [
    `got ${expression.trim()}; allowed: what lib/workflows/local knows of GitHub's expressions`,
  ]);
}

class Parser {
  #next = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly contexts: Contexts,
    private readonly status: Status,
  ) {}

  atEnd(): boolean {
    return this.#next === this.tokens.length;
  }

  either(): unknown {
    let value = this.#both();
    while (this.#take("||")) {
      const other = this.#both();
      value = isTrue(value) ? value : other;
    }
    return value;
  }

  #both(): unknown {
    let value = this.#compared();
    while (this.#take("&&")) {
      const other = this.#compared();
      value = isTrue(value) ? other : value;
    }
    return value;
  }

  #compared(): unknown {
    const value = this.#negated();
    if (this.#take("==")) return isEqual(value, this.#negated());
    if (this.#take("!=")) return !isEqual(value, this.#negated());
    return value;
  }

  #negated(): unknown {
    return this.#take("!") ? !isTrue(this.#negated()) : this.#path(this.#atom());
  }

  #atom(): unknown {
    const token = this.tokens[this.#next++] ?? "";
    if (token === "(") {
      const value = this.either();
      this.#expect(")");
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (token in LITERALS) return LITERALS[token];
    if (this.#take("(")) return this.#call(token);
    if (!(token in this.contexts)) throw unreadable(token);
    return this.contexts[token];
  }

  #call(name: string): unknown {
    const values: unknown[] = [];
    while (!this.#take(")")) {
      values.push(this.either());
      this.#take(",");
    }
    const [first, second] = values;
    if (name === "always") return true;
    if (name === "success") return this.status === "success";
    if (name === "failure") return this.status === "failure";
    if (name === "cancelled") return false;
    if (name === "fromJSON") return JSON.parse(asText(first));
    if (name === "toJSON") return JSON.stringify(first, null, 2);
    if (name === "join") return z.array(z.unknown()).parse(first).map(asText).join(asText(second));
    throw unreadable(`${name}()`);
  }

  /** `.name`, `[0]`, and `.*` for every value. */
  #path(start: unknown): unknown {
    let value = start;
    let every = false;
    for (;;) {
      const isIndex = this.#take("[");
      if (!isIndex && !this.#take(".")) return value;
      if (!isIndex && this.#take("*")) {
        every = true;
        value = Object.values(z.record(z.string(), z.unknown()).parse(value));
        continue;
      }
      const key = isIndex ? asText(this.either()) : (this.tokens[this.#next++] ?? "");
      if (isIndex) this.#expect("]");
      value = every && Array.isArray(value) ? value.map((one) => member(one, key)) : member(value, key);
    }
  }

  #take(token: string): boolean {
    if (this.tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw unreadable(this.tokens.join(" "));
  }
}

const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) ?? null) : null;
}

function isTrue(value: unknown): boolean {
  return !(value === false || value === null || value === undefined || value === 0 || value === "");
}

/** GitHub compares texts without regard to case. */
function isEqual(one: unknown, other: unknown): boolean {
  return asText(one).toLowerCase() === asText(other).toLowerCase();
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
