/** Types of Terraform variables and outputs as source of the schemas that declare them in TypeScript. */
import { parseExpression, parseTemplate } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { snakeCase } from "../expression/names";

/** A `type` of a variable, undefined for none. */
export function variableType(type: unknown): HclExpression {
  return typeof type === "string" ? parseExpression(type) : ANY;
}

const ANY: HclExpression = { kind: "variable", name: "any" };

/** The TypeScript of a schema: `z.record(z.string(), z.number())`. */
export function schemaOf(type: HclExpression): string {
  if (type.kind === "variable") return SIMPLE[type.name] ?? "anyValue()";
  const [of] = type.kind === "call" ? type.arguments : [];
  if (type.kind !== "call" || of === undefined) return "anyValue()";
  if (type.name === "list") return `z.array(${schemaOf(of)})`;
  if (type.name === "set") return `set(${schemaOf(of)})`;
  if (type.name === "map") return `z.record(z.string(), ${schemaOf(of)})`;
  if (type.name !== "object" || of.kind !== "object") return "anyValue()";
  const fields = of.items.map(({ key, value }) => `${propertyName(nameIn(key))}: ${fieldSchema(value)}`);
  return `z.object({ ${fields.join(", ")} })`;
}

/** `list` and `map` alone are the spelling of Terraform 0.11. */
const SIMPLE: Readonly<Record<string, string>> = {
  string: "z.string()",
  number: "z.number()",
  bool: "z.boolean()",
  list: "z.array(anyValue())",
  map: "z.record(z.string(), anyValue())",
};

function fieldSchema(type: HclExpression): string {
  if (type.kind !== "call" || type.name !== "optional") return schemaOf(type);
  const [of = ANY, byDefault] = type.arguments;
  const value = byDefault === undefined ? undefined : constant(byDefault);
  if (value === undefined || value === null) return `${schemaOf(of)}.nullable().optional()`;
  return withDefault(schemaOf(of), of, value);
}

/** A default is read by the schema, as the fields of an object may have defaults of their own. */
export function withDefault(schema: string, type: HclExpression, value: unknown): string {
  return value === null ? `${schema}.default(null)` : `${schema}.prefault(${JSON.stringify(typed(type, value))})`;
}

/** A default as the variable gets it: Terraform converts between text, numbers and booleans. */
function typed(type: HclExpression, value: unknown): unknown {
  const [of = ANY] = type.kind === "call" ? type.arguments : [];
  if (type.kind === "call" && type.name === "optional") return typed(of, value);
  if (type.kind === "variable" && typeof value !== "object") {
    if (type.name === "string") return String(value);
    if (type.name === "number") return Number(value);
    return type.name === "bool" ? String(value) === "true" : value;
  }
  if (type.kind !== "call" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => typed(of, item));
  if (of.kind !== "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typed(of, item)]));
  }
  const fields = new Map(of.items.map(({ key, value: field }) => [nameIn(key), field]));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => fields.has(name))
      .map(([name, item]) => [propertyName(name), typed(fields.get(name) ?? ANY, item)]),
  );
}

/** The schema of an output, as far as its expression shows a type; text otherwise. */
export function outputSchema(value: unknown): string {
  if (typeof value === "boolean") return "z.boolean()";
  if (typeof value === "number") return "z.number()";
  return typeof value === "string" ? shownBy(parseTemplate(value)) : "anyValue()";
}

function shownBy(expression: HclExpression): string {
  switch (expression.kind) {
    case "parentheses":
      return shownBy(expression.inner);
    case "conditional":
      return shownBy(expression.ifTrue);
    case "splat":
    case "forTuple":
      return "z.array(z.string())";
    case "forObject":
      return "z.record(z.string(), z.string())";
    case "binary":
      return ["+", "-", "*", "/", "%"].includes(expression.operator) ? "z.number()" : "z.boolean()";
    case "object":
    case "tuple":
      return "anyValue()";
    case "call":
      return shownByCall(expression);
    default:
      return expression.kind === "variable" || isWhole(expression) ? "anyValue()" : "z.string()";
  }
}

/** A resource or module call itself: `aws_sqs_queue.this`, `module.queues`. */
function isWhole(expression: HclExpression): boolean {
  if (expression.kind === "index") return isWhole(expression.of);
  return expression.kind === "attribute" && expression.of.kind === "variable" && expression.of.name !== "var";
}

function shownByCall({ name, arguments: [first] }: Extract<HclExpression, { kind: "call" }>): string {
  if (["try", "coalesce", "one", "element"].includes(name) && first !== undefined) {
    return shownBy(first.kind === "splat" && name !== "try" ? { kind: "literal", value: "" } : first);
  }
  if (name === "length") return "z.number()";
  if (["compact", "concat", "flatten", "keys", "tolist", "toset"].includes(name)) return "z.array(z.string())";
  return ["merge", "tomap", "zipmap"].includes(name) ? "z.record(z.string(), z.string())" : "z.string()";
}

/** The property of an input, if Terraform's name follows from it: `visibilityTimeout`. */
export function propertyName(name: string): string {
  const property = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return snakeCase(property) === name ? property : name;
}

function nameIn(key: HclExpression): string {
  if (key.kind === "literal") return String(key.value);
  return key.kind === "variable" ? key.name : "";
}

/** The value of a constant expression; undefined for another one. */
function constant(expression: HclExpression): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return expression.parts.map((part) => String(constant(part) ?? "")).join("");
    case "unary": {
      const value = constant(expression.operand);
      return expression.operator === "-" ? -Number(value) : !value;
    }
    case "tuple":
      return expression.items.map(constant);
    case "object":
      return Object.fromEntries(expression.items.map(({ key, value }) => [nameIn(key), constant(value)]));
    default:
      return undefined;
  }
}
