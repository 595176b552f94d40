/** Evaluation of Terraform JSON, whose strings are templates. @see https://developer.hashicorp.com/terraform/language/syntax/json */
import { HclSyntaxError, parseExpression, parseTemplate } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { evaluate, type HclValue, type Scope, Unknown } from "../hcl";

export type Json = Readonly<Record<string, unknown>>;

/** The value with all templates evaluated. */
export function evaluateJson(json: unknown, scope: Scope): HclValue {
  return isLiteral(json) ? json : evaluated(json, scope);
}

function evaluated(json: unknown, scope: Scope): HclValue {
  if (typeof json === "string") return isTemplate(json) ? evaluateTemplate(json, scope) : json;
  if (Array.isArray(json)) return json.map((item) => evaluated(item, scope));
  if (typeof json !== "object" || json === null) return asValue(json);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [keyIn(key, scope), evaluated(value, scope)]));
}

/** Whether the JSON contains neither templates nor `dynamic` blocks. */
export function isLiteral(json: unknown): json is HclValue {
  if (typeof json === "string") return !isTemplate(json);
  if (typeof json !== "object" || json === null) return isValue(json);
  return Object.entries(json).every(([key, value]) => key !== "dynamic" && isLiteral(key) && isLiteral(value));
}

export function isTemplate(text: string): boolean {
  return /[$%]\{/.test(text);
}

/** Unknown for a template that cannot be parsed here, such as one with `%{ if … }`. The plan shows its value. */
function evaluateTemplate(text: string, scope: Scope): HclValue {
  return templateEvaluation(text)(scope);
}

/** Evaluates a template again and again: the text is parsed once. */
export function templateEvaluation(text: string): (scope: Scope) => HclValue {
  const template = templateOf(text);
  return (scope) => (template === undefined ? new Unknown() : evaluate(template, scope));
}

/** A key of an object is a template too. A key that is known after the apply stays as written. */
export function keyIn(key: string, scope: Scope): string {
  const value = isTemplate(key) ? evaluateTemplate(key, scope) : key;
  return typeof value === "string" ? value : key;
}

/** The value as written. Terraform evaluates no templates in a default. */
export function asValue(json: unknown): HclValue {
  if (isValue(json)) return json;
  if (Array.isArray(json)) return json.map(asValue);
  if (typeof json !== "object" || json === null) return null;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asValue(value)]));
}

/** Whether no part of it is undefined. */
function isValue(json: unknown): json is HclValue {
  if (typeof json === "object") return json === null || Object.values(json).every(isValue);
  return typeof json === "string" || typeof json === "number" || typeof json === "boolean";
}

/** The members of a block; none for any other value. */
export function asObject(json: unknown): Json {
  return isObject(json) ? json : {};
}

function isObject(json: unknown): json is Json {
  return typeof json === "object" && json !== null;
}

/** Parsed expressions, which all calls of a module share. */
const templates = new Map<string, HclExpression | undefined>();
const types = new Map<string, HclExpression>();

function templateOf(text: string): HclExpression | undefined {
  if (!templates.has(text)) templates.set(text, parsed(text));
  return templates.get(text);
}

function parsed(text: string): HclExpression | undefined {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof HclSyntaxError) return undefined;
    throw error;
  }
}

/** The type constraint of a variable: `map(object({ port = number }))`. */
export function typeOf(text: string): HclExpression {
  const type = types.get(text) ?? parseExpression(text);
  types.set(text, type);
  return type;
}
