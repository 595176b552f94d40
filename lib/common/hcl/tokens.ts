/** Tokenizer for expressions and for the literal text of templates. */

/** An invalid expression, or valid Terraform syntax that this parser does not support. */
export class HclSyntaxError extends Error {
  override readonly name = "HclSyntaxError";

  /** @param position in UTF-16 units from the start of the text */
  constructor(
    readonly text: string,
    readonly position: number,
    problem: string,
  ) {
    super(`${problem} at character ${position + 1} of ${excerpt(text, position)}`);
  }
}

/** The text around the position, with a mark at the position. */
function excerpt(text: string, position: number): string {
  const [start, end] = [Math.max(0, position - 60), position + 40];
  const before = `${start > 0 ? "…" : ""}${text.slice(start, position)}`;
  return `${before}▸${text.slice(position, end)}${end < text.length ? "…" : ""}`;
}

export interface Token {
  readonly kind: "name" | "number" | "symbol" | "end";
  readonly text: string;
  readonly start: number;
  /** Whether a line break precedes the token: within braces it ends an item, as a comma does. */
  readonly afterNewline: boolean;
}

/** Literal text of a template, and whether an interpolation follows or the template ends. */
export interface TemplateText {
  readonly text: string;
  readonly interpolates: boolean;
}

const SPACE = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = "[\\p{ID_Start}_][\\p{ID_Continue}-]*";
const SYMBOL = '\\.\\.\\.|=>|==|!=|<=|>=|&&|\\|\\||~\\}|[-+*/%<>!?:=,.()[\\]{}"]';
const TOKEN = new RegExp(`(${NAME}(?:::${NAME})*)|(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(${SYMBOL})`, "uy");

const ESCAPE = /\\(?:([nrt"\\])|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y;
const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

export class Tokens {
  /** Position behind the last token taken, where template text continues. */
  private position = 0;
  private ahead: { readonly token: Token; readonly end: number } | undefined;

  constructor(readonly text: string) {}

  peek(): Token {
    this.ahead ??= this.read();
    return this.ahead.token;
  }

  next(): Token {
    const token = this.peek();
    this.position = this.ahead?.end ?? this.position;
    this.ahead = undefined;
    return token;
  }

  /** Takes the symbol if it comes next. */
  accept(symbol: string): boolean {
    const found = this.peek().kind === "symbol" && this.peek().text === symbol;
    if (found) this.next();
    return found;
  }

  /** @throws HclSyntaxError if the next token differs */
  expect(symbol: string, expected = `"${symbol}"`): void {
    if (!this.accept(symbol)) throw this.unexpected(expected);
  }

  /** The error for an unexpected token. */
  unexpected(expected: string, { kind, text, start }: Token = this.peek()): HclSyntaxError {
    return this.error(`got ${kind === "end" ? "the end" : `"${text}"`}; allowed: ${expected}`, start);
  }

  /**
   * Reads template text up to the end of the template or the next interpolation, and consumes the opening `${`.
   * @see https://developer.hashicorp.com/terraform/language/expressions/strings
   */
  templateText(quoted: boolean): TemplateText {
    let text = "";
    for (;;) {
      const character = this.text.charAt(this.position);
      if (character === "" && quoted) throw this.error('got the end; allowed: a closing "', this.position);
      if (character === "" || (quoted && character === '"')) {
        this.position += character.length;
        return { text, interpolates: false };
      }
      if (this.starts("${")) {
        this.position += 2;
        return { text: this.skips("~") ? text.trimEnd() : text, interpolates: true };
      }
      text += this.templateCharacter(character, quoted);
    }
  }

  private templateCharacter(character: string, quoted: boolean): string {
    if (this.starts("$${") || this.starts("%%{")) {
      this.position += 3;
      return `${character}{`;
    }
    if (this.starts("%{")) {
      throw this.error(
        'got a template directive "%{"; allowed: text, interpolations, and "%%{" for the text',
        this.position,
      );
    }
    if (quoted && character === "\\") return this.escape();
    if (quoted && character === "\n") throw this.error("got a line break in quotes; allowed: \\n", this.position);
    this.position++;
    return character;
  }

  private escape(): string {
    ESCAPE.lastIndex = this.position;
    const [whole, character, ...codes] = ESCAPE.exec(this.text) ?? [];
    if (whole === undefined) {
      throw this.error(
        `got "${this.text.slice(this.position, this.position + 2)}"; allowed: \\n, \\r, \\t, \\", \\\\, \\uNNNN, \\UNNNNNNNN`,
        this.position,
      );
    }
    this.position += whole.length;
    if (character !== undefined) return ESCAPED[character] ?? character;
    return String.fromCodePoint(Number.parseInt(codes.join(""), 16));
  }

  private starts(text: string): boolean {
    return this.text.startsWith(text, this.position);
  }

  private skips(text: string): boolean {
    const found = this.starts(text);
    if (found) this.position += text.length;
    return found;
  }

  private read(): { token: Token; end: number } {
    SPACE.lastIndex = this.position;
    const space = SPACE.exec(this.text)?.[0] ?? "";
    const start = this.position + space.length;
    const afterNewline = space.includes("\n");
    if (start === this.text.length) return { token: { kind: "end", text: "", start, afterNewline }, end: start };
    TOKEN.lastIndex = start;
    const [text, name, number] = TOKEN.exec(this.text) ?? [];
    if (text === undefined) {
      throw this.error(`got "${this.text.slice(start, start + 2).trim()}"; allowed: an expression`, start);
    }
    const kind = name !== undefined ? "name" : number !== undefined ? "number" : "symbol";
    return { token: { kind, text, start, afterNewline }, end: start + text.length };
  }

  private error(problem: string, position: number): HclSyntaxError {
    return new HclSyntaxError(this.text, position, problem);
  }
}
