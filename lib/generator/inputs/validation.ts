/** All problems of the literal values of a module call. */
import { z } from "zod";
import { codeOf, isExpression } from "../expression/code";
import { hasExpression, splitTemplate } from "../expression/template";
import type { TerraformType } from "./types";
import { normalizedValue, wrongLengths } from "./unicode";

/** A check over several inputs, which no type of a single one can hold. */
export interface Rule<Inputs> {
  /** The inputs that it reads. The first one carries Terraform's `validation` block. */
  readonly inputs: readonly (keyof Inputs & string)[];
  /** What is allowed, as a phrase that can follow "allowed:". */
  readonly allowed: string;
  /** Decides literal values, defaults filled in. */
  holds(values: Inputs): boolean;
  /** The same in HCL; inputs are `var.<name>`. */
  readonly condition: string;
  /** Literal inputs that break the rule and no other; the rest comes from the module's example. */
  readonly counterexample: Partial<Inputs>;
}

/** One line for each problem of the values, in the order of the inputs. */
export function problemsOf(
  schema: z.ZodObject,
  types: Readonly<Record<string, TerraformType>>,
  rules: readonly Rule<Record<string, unknown>>[],
  values: object,
): string[] {
  const read = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, normalizedValue(value)]));
  const result = schema.safeParse(read);
  const problems = [
    ...unknownNames(values, { fields: types }, ""),
    ...Object.entries(types)
      .flatMap(([name, type]) => wrongLengths(read[name], type, [name]))
      .map((path) => problem(path, at(values, path), typeAt(types, path))),
    ...(result.error?.issues ?? [])
      .filter((issue) => isLiteral(values, issue.path) && !isLengthOfText(issue))
      .map((issue) =>
        issue.code === "invalid_key"
          ? problem(issue.path.slice(0, -1), issue.path.at(-1), typeAt(types, issue.path.slice(0, -1)))
          : problem(issue.path, at(values, issue.path), typeAt(types, issue.path)),
      ),
  ];
  return [...new Set(problems.length > 0 ? problems : brokenRules(schema, types, rules, read))];
}

/** A length in UTF-16 units. */
function isLengthOfText(issue: z.core.$ZodIssue): boolean {
  return (issue.code === "too_small" || issue.code === "too_big") && issue.origin === "string";
}

function problem(path: readonly PropertyKey[], got: unknown, type: TerraformType | undefined): string {
  const shown = type?.sensitive && got !== undefined ? SECRET : show(got);
  return `${placeOf(path)}: got ${shown}; allowed: ${type === undefined ? "nothing" : describeType(type)}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
    .join("");
}

const SECRET = "a sensitive value";

/** A value as JSON, with the expressions in it as the interpolations that they become. */
function show(value: unknown): string {
  if (isExpression(value)) return `\${${codeOf(value).hcl}}`;
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  return JSON.stringify(readable(value)) ?? String(value);
}

function readable(value: unknown): unknown {
  if (isExpression(value)) return show(value);
  if (typeof value === "string") {
    return splitTemplate(value)
      .map((part) => (typeof part === "string" ? part : `\${${part.hcl}}`))
      .join("");
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

function unknownNames(
  value: unknown,
  type: Pick<TerraformType & { kind: "object" }, "fields"> | TerraformType,
  place: string,
): string[] {
  if (typeof value !== "object" || value === null || isExpression(value)) return [];
  if ("fields" in type) {
    return Object.entries(value).flatMap(([name, item]) => {
      const path = place === "" ? name : `${place}.${name}`;
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (field === undefined) {
        return [
          `${path}: got ${show(item)}; allowed: nothing of this name, only ${Object.keys(type.fields).join(", ")}`,
        ];
      }
      return unknownNames(item, field, path);
    });
  }
  if (!("element" in type)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    unknownNames(item, type.element, Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`),
  );
}

/** Whether no expression lies at or above the path. Terraform checks the values of expressions. */
function isLiteral(values: object, path: readonly PropertyKey[]): boolean {
  return path.every((_, i) => !isDeferred(at(values, path.slice(0, i + 1))));
}

function isDeferred(value: unknown): boolean {
  return isExpression(value) || (typeof value === "string" && hasExpression(value));
}

function at(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    values,
  );
}

function typeAt(
  types: Readonly<Record<string, TerraformType>>,
  path: readonly PropertyKey[],
): TerraformType | undefined {
  const [first, ...rest] = path;
  return rest.reduce<TerraformType | undefined>((type, part) => {
    if (type === undefined) return undefined;
    if (type.kind === "object") return type.fields[String(part)];
    return "element" in type ? type.element : undefined;
  }, types[String(first)]);
}

function brokenRules(
  schema: z.ZodObject,
  types: Readonly<Record<string, TerraformType>>,
  rules: readonly Rule<Record<string, unknown>>[],
  values: object,
): string[] {
  return rules
    .filter((rule) => rule.inputs.every((name) => !containsDeferred(at(values, [name]))))
    .filter((rule) => !rule.holds(literalInputs(schema, rule.inputs, values)))
    .map((rule) => {
      const literal = literalInputs(schema, rule.inputs, values);
      const got = rule.inputs.map((name) => `${name}: got ${types[name]?.sensitive ? SECRET : show(literal[name])}`);
      return `${got.join(", ")}; allowed: ${rule.allowed}`;
    });
}

/** The inputs that a rule reads, defaults filled in. */
function literalInputs(schema: z.ZodObject, names: readonly string[], values: object): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, z.parse(schema.shape[name] ?? z.never(), at(values, [name]))]));
}

function containsDeferred(value: unknown): boolean {
  if (isDeferred(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsDeferred);
}

/** A type in words: `an integer, at least 7, at most 35, or null`. */
export function describeType(type: TerraformType): string {
  const [oneOf] = type.constraints.filter((constraint) => constraint.allowed.startsWith("one of "));
  const words = type.constraints.map((constraint) => constraint.allowed);
  const noun = NOUNS[type.kind];
  const phrase =
    oneOf === undefined ? [noun, ...words].join(", ").replace("a number, an integer", "an integer") : oneOf.allowed;
  return phrase + (type.nullable ? ", or null" : "");
}

const NOUNS = {
  string: "text",
  number: "a number",
  bool: "true or false",
  list: "a list",
  set: "a list without repetition",
  map: "a map",
  object: "an object",
  any: "any value",
} as const;
