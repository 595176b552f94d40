/**
 * Whether a filter pattern of CloudWatch Logs matches a JSON event, for the operators that the modules use.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */

const TOKEN = /\s*(\{|\}|\(|\)|&&|\|\||!=|=|IS (?:TRUE|FALSE)|NOT EXISTS|\$\.[\w.]+|"[^"]*")/y;

export function matchesLogPattern(pattern: string, event: unknown): boolean {
  const tokens = tokensOf(pattern);
  const take = (...expected: readonly string[]): string => {
    const token = tokens.shift();
    if (token === undefined || (expected.length > 0 && !expected.includes(token))) {
      throw new Error(`${pattern}: got ${token}; allowed: ${expected.join(" or ") || "more"}`);
    }
    return token;
  };
  /** One operator in each pair of parentheses: the precedence of others is not documented. */
  const group = (): boolean => {
    let result = operand();
    const [operator] = tokens;
    while (operator !== undefined && operator === tokens[0] && (operator === "&&" || operator === "||")) {
      take();
      const next = operand();
      result = operator === "&&" ? result && next : result || next;
    }
    return result;
  };
  const operand = (): boolean => {
    if (tokens[0] !== "(") return comparison(take(), take(), take, event);
    take("(");
    const result = group();
    take(")");
    return result;
  };
  take("{");
  const result = group();
  take("}");
  if (tokens.length > 0) throw new Error(`${pattern}: got ${tokens.join(" ")} after the end`);
  return result;
}

function tokensOf(pattern: string): string[] {
  TOKEN.lastIndex = 0;
  const tokens: string[] = [];
  while (TOKEN.lastIndex < pattern.trimEnd().length) {
    const [, token] = TOKEN.exec(pattern) ?? [];
    if (token === undefined) throw new Error(`${pattern}: got something unknown after ${tokens.join(" ")}`);
    tokens.push(token);
  }
  return tokens;
}

/** A comparison with a field that the event does not have is false; patterns have to ask for `NOT EXISTS`. */
function comparison(selector: string, operator: string, take: () => string, event: unknown): boolean {
  const value = selector
    .split(".")
    .slice(1)
    .reduce<unknown>((inner, name) => Object(inner)[name], event);
  switch (operator) {
    case "NOT EXISTS":
      return value === undefined;
    case "IS TRUE":
    case "IS FALSE":
      return value === (operator === "IS TRUE");
    case "=":
    case "!=": {
      const wanted = take().slice(1, -1);
      return value !== undefined && like(wanted, String(value)) === (operator === "=");
    }
    default:
      throw new Error(`${selector}: got ${operator}; allowed: =, !=, IS TRUE, IS FALSE, NOT EXISTS`);
  }
}

function like(wanted: string, text: string): boolean {
  const escaped = wanted.replace(/[\\^$+.()|[\]{}?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`).test(text);
}
