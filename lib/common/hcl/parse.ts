/** Parses Terraform's expression language. Heredocs and template directives (`%{ if … }`) are errors. */
import { type BinaryOperator, type HclExpression, type Item, type ObjectItem, PRECEDENCE } from "./syntax";
import { type Token, Tokens } from "./tokens";

export { HclSyntaxError } from "./tokens";

/** Parses the text between `${` and `}`. @throws HclSyntaxError */
export function parseExpression(text: string): HclExpression {
  const tokens = new Tokens(text);
  const expression = new Parser(tokens).expression();
  if (tokens.peek().kind !== "end") throw tokens.unexpected("an operator or the end");
  return expression;
}

/**
 * Parses a string of a Terraform JSON file. A string that is exactly one interpolation evaluates to the value of that
 * expression, of any type.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 * @throws HclSyntaxError
 */
export function parseTemplate(text: string): HclExpression {
  return new Parser(new Tokens(text)).template(false);
}

const ITEM: Item = { kind: "item" };
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Parser {
  /** Whether a line break ends an expression, as directly within braces. */
  private lineEnds = false;

  constructor(private readonly tokens: Tokens) {}

  expression(): HclExpression {
    const condition = this.binary(1);
    if (!this.goesOnWith("?")) return condition;
    this.tokens.next();
    const ifTrue = this.expression();
    this.tokens.expect(":", '":" of a conditional');
    return { kind: "conditional", condition, ifTrue, ifFalse: this.expression() };
  }

  template(quoted: boolean): HclExpression {
    const parts: HclExpression[] = [];
    let trimmed = false;
    for (;;) {
      const { text, interpolates } = this.tokens.templateText(quoted);
      const literal = trimmed ? text.trimStart() : text;
      if (literal !== "") parts.push({ kind: "literal", value: literal.normalize() });
      if (!interpolates) break;
      parts.push(this.within(false, () => this.expression()));
      trimmed = this.tokens.accept("~}");
      if (!trimmed) this.tokens.expect("}", 'an operator or "}"');
    }
    const [only] = parts;
    if (only === undefined) return { kind: "literal", value: "" };
    return parts.length === 1 ? only : { kind: "template", parts };
  }

  /** Parses operators with a precedence of at least `weakest`. All binary operators are left-associative. */
  private binary(weakest: number): HclExpression {
    let left = this.unary();
    for (;;) {
      const { kind, text: operator } = this.tokens.peek();
      if (kind !== "symbol" || !isBinaryOperator(operator) || !this.goesOnWith(operator)) return left;
      if (PRECEDENCE[operator] < weakest) return left;
      this.tokens.next();
      left = { kind: "binary", operator, left, right: this.binary(PRECEDENCE[operator] + 1) };
    }
  }

  private unary(): HclExpression {
    if (this.tokens.accept("!")) return { kind: "unary", operator: "!", operand: this.unary() };
    if (this.tokens.accept("-")) return { kind: "unary", operator: "-", operand: this.unary() };
    return this.steps(this.term());
  }

  /** Parses the attributes, indices and splats that follow a term. */
  private steps(start: HclExpression, attributesOnly = false): HclExpression {
    let of = start;
    for (;;) {
      if (this.goesOnWith(".")) {
        this.tokens.next();
        of = this.tokens.accept("*") ? { kind: "splat", of, each: this.steps(ITEM, true) } : this.attribute(of);
      } else if (!attributesOnly && this.goesOnWith("[")) {
        this.tokens.next();
        of = this.within(false, () => this.index(of));
      } else {
        return of;
      }
    }
  }

  /** `list.0` is the legacy syntax of `list[0]`. */
  private attribute(of: HclExpression): HclExpression {
    const { kind, text } = this.tokens.peek();
    if (kind !== "name" && !(kind === "number" && /^\d+$/.test(text))) {
      throw this.tokens.unexpected("the name of an attribute");
    }
    this.tokens.next();
    if (kind === "name") return { kind: "attribute", of, name: text };
    return { kind: "index", of, key: { kind: "literal", value: Number(text) } };
  }

  private index(of: HclExpression): HclExpression {
    if (this.tokens.accept("*")) {
      this.tokens.expect("]");
      return { kind: "splat", of, each: this.steps(ITEM) };
    }
    const key = this.expression();
    this.tokens.expect("]", 'an operator or "]"');
    return { kind: "index", of, key };
  }

  private term(): HclExpression {
    const token = this.tokens.next();
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "name") return this.named(token);
    if (token.kind === "symbol" && token.text === '"') return this.template(true);
    if (token.kind === "symbol" && token.text === "(") return this.within(false, () => this.parentheses());
    if (token.kind === "symbol" && token.text === "[") return this.within(false, () => this.tuple());
    if (token.kind === "symbol" && token.text === "{") return this.within(true, () => this.object());
    throw this.tokens.unexpected("an expression", token);
  }

  private named({ text: name }: Token): HclExpression {
    if (this.goesOnWith("(")) {
      this.tokens.next();
      return this.within(false, () => this.call(name));
    }
    const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return word === undefined ? { kind: "variable", name } : { kind: "literal", value: word };
  }

  private parentheses(): HclExpression {
    const inner = this.expression();
    this.tokens.expect(")", 'an operator or ")"');
    return { kind: "parentheses", inner };
  }

  private call(name: string): HclExpression {
    let expand = false;
    const list = this.list(")", () => {
      const argument = this.expression();
      expand = this.tokens.accept("...");
      return argument;
    });
    return { kind: "call", name, arguments: list, expand };
  }

  private tuple(): HclExpression {
    return this.isFor() ? this.forTuple() : { kind: "tuple", items: this.list("]", () => this.expression()) };
  }

  private object(): HclExpression {
    if (this.isFor()) return this.within(false, () => this.forObject());
    return { kind: "object", items: this.list("}", () => this.objectItem()) };
  }

  private objectItem(): ObjectItem {
    const key = asKey(this.expression());
    if (!this.tokens.accept("=")) this.tokens.expect(":", '"=" or ":"');
    return { key, value: this.expression() };
  }

  private list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.tokens.accept(close)) {
      items.push(item());
      if (this.tokens.accept(",") || (this.lineEnds && this.tokens.peek().afterNewline)) continue;
      this.tokens.expect(close, `"," or "${close}"`);
      break;
    }
    return items;
  }

  private isFor(): boolean {
    const { kind, text } = this.tokens.peek();
    return kind === "name" && text === "for";
  }

  private forTuple(): HclExpression {
    const head = this.forHead();
    const value = this.expression();
    return { kind: "forTuple", ...head, value, condition: this.forCondition("]") };
  }

  private forObject(): HclExpression {
    const head = this.forHead();
    const key = this.expression();
    this.tokens.expect("=>");
    const value = this.expression();
    const grouped = this.tokens.accept("...");
    return { kind: "forObject", ...head, key, value, grouped, condition: this.forCondition("}") };
  }

  private forHead() {
    this.tokens.next();
    const first = this.name("a name for the element");
    const second = this.tokens.accept(",") ? this.name("a name for the element") : undefined;
    if (this.tokens.peek().text !== "in") throw this.tokens.unexpected('"in"');
    this.tokens.next();
    const collection = this.expression();
    this.tokens.expect(":", '":" of a for');
    return { keyName: second === undefined ? undefined : first, valueName: second ?? first, collection };
  }

  private forCondition(close: string): HclExpression | undefined {
    const conditional = this.tokens.peek().kind === "name" && this.tokens.peek().text === "if";
    if (conditional) this.tokens.next();
    const condition = conditional ? this.expression() : undefined;
    this.tokens.expect(close, conditional ? `an operator or "${close}"` : `"if" or "${close}"`);
    return condition;
  }

  private name(expected: string): string {
    if (this.tokens.peek().kind !== "name") throw this.tokens.unexpected(expected);
    return this.tokens.next().text;
  }

  private goesOnWith(symbol: string): boolean {
    const { kind, text, afterNewline } = this.tokens.peek();
    return kind === "symbol" && text === symbol && !(this.lineEnds && afterNewline);
  }

  private within<T>(lineEnds: boolean, parse: () => T): T {
    const outer = this.lineEnds;
    this.lineEnds = lineEnds;
    const parsed = parse();
    this.lineEnds = outer;
    return parsed;
  }
}

/** `{ a = … }` and `{ null = … }` have keys of that text; `{ (a) = … }` has the value of `a`. */
function asKey(key: HclExpression): HclExpression {
  if (key.kind === "variable") return { kind: "literal", value: key.name };
  if (key.kind === "literal" && key.value === null) return { kind: "literal", value: "null" };
  return key;
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(PRECEDENCE, text);
}
