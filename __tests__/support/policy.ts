/** IAM's decision on a request, for the policies of this project. */

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly [element: string]: unknown;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request: `kms:ViaService`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Policies of AWS, with the most that they could allow. */
export const EVERYTHING: Statement = { Effect: "Allow", Action: "*", Resource: "*" };

/** Whether a role is allowed: its policies and its boundary both allow the request, and neither denies it. */
export function may(policy: readonly Statement[], boundary: readonly Statement[], request: Request): boolean {
  return [policy, boundary].every((statements) => {
    const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
    return effects.includes("Allow") && !effects.includes("Deny");
  });
}

/** Whether a statement decides on the request. */
export function applies(statement: object, { action, resource, context = {} }: Request): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = Object(statement);
  const covers = NotAction === undefined ? matches(many(Action), action) : !matches(many(NotAction), action);
  const isAbout = NotResource === undefined ? matches(many(Resource), resource) : !matches(many(NotResource), resource);
  return covers && isAbout && holds(Condition, context);
}

function holds(condition: unknown, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(Object(condition)).every(([operator, keys]) =>
    Object.entries(Object(keys)).every(([key, values]) => compare(operator, context[key], many(values))),
  );
}

/** A request without the key passes negated operators and `ForAllValues`. */
function compare(operator: string, got: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case "Null":
      return values.includes(String(got === undefined));
    case "StringEquals":
    case "Bool":
      return got !== undefined && values.includes(got);
    case "StringNotEquals":
      return got === undefined || !values.includes(got);
    case "BoolIfExists":
      return got === undefined || values.includes(got);
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return got !== undefined && matches(values, got);
    case "ArnNotLike":
    case "StringNotLike":
      return got === undefined || !matches(values, got);
    case "ForAllValues:StringLike":
      return got === undefined || matches(values, got);
    case "ForAllValues:StringEquals":
      return got === undefined || values.includes(got);
    case "ForAnyValue:StringEquals":
      return got !== undefined && values.includes(got);
    default:
      throw new Error(`the operator ${operator} is not known here`);
  }
}

function matches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => pattern === "*" || expressionOf(pattern).test(text));
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const source = pattern
    .replace(/[\\^$+.()|[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "i");
  expressions.set(pattern, expression);
  return expression;
}

function many(value: unknown): string[] {
  return [value].flat().map(String);
}
