/** Constraints of a value beyond its type: a phrase, a condition in HCL, and a counterexample for each. */

import { characters } from "../../common/characters";
import { printHcl } from "../expression/template";
import type { JsonSchema } from "./json-schema";

/** One constraint of a value beyond its type. */
export interface Constraint {
  /** The allowed values, as a phrase: `an integer`, `at least 7`. */
  readonly allowed: string;
  /** The HCL condition for the value that `subject` refers to. */
  readonly condition: (subject: string) => string;
  /** A value that violates this constraint and, if possible, no other. */
  readonly counterexample: unknown;
  /** Whether a text satisfies a length constraint in grapheme clusters, as Terraform counts. Zod counts UTF-16 units. */
  readonly allowsText?: (text: string) => boolean;
}

export function stringConstraints(schema: JsonSchema): Constraint[] {
  const oneOf = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (oneOf !== undefined) return [oneOfConstraint(oneOf, "not-one-of-these")];
  if (schema.format === "cidrv4") return [CIDR_BLOCK];
  const patterns = [schema.pattern, ...(schema.allOf ?? []).map((part) => part.pattern)].filter(
    (part) => part !== undefined,
  );
  return [
    ...patterns.map((pattern) => ({
      allowed: schema.allowed ?? `text that matches ${pattern}`,
      condition: (subject: string) => `can(regex(${printHcl(pattern.replaceAll("\\/", "/"))}, ${subject}))`,
      counterexample: schema.counterexample ?? "\t",
    })),
    ...lengthConstraints(schema.minLength, schema.maxLength, "characters", ""),
  ];
}

const CIDR_BLOCK: Constraint = {
  allowed: "an IPv4 CIDR block such as 10.0.0.0/16",
  condition: (subject) => `can(cidrnetmask(${subject}))`,
  counterexample: "10.0.0.0/33",
};

export function numberConstraints(schema: JsonSchema): Constraint[] {
  const oneOf = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (oneOf !== undefined) return [oneOfConstraint(oneOf, -1)];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = withoutIntegerBounds(schema);
  const constraints: Constraint[] = [];
  if (schema.type === "integer") {
    constraints.push({
      allowed: "an integer",
      condition: (subject) => `floor(${subject}) == ${subject}`,
      counterexample: (minimum ?? maximum ?? 1) + (minimum === undefined ? -0.5 : 0.5),
    });
  }
  if (minimum !== undefined) {
    constraints.push({
      allowed: `at least ${minimum}`,
      condition: (subject) => `${subject} >= ${minimum}`,
      counterexample: minimum - (multipleOf ?? 1),
    });
  }
  if (maximum !== undefined) {
    constraints.push({
      allowed: `at most ${maximum}`,
      condition: (subject) => `${subject} <= ${maximum}`,
      counterexample: maximum + (multipleOf ?? 1),
    });
  }
  if (exclusiveMinimum !== undefined) {
    constraints.push({
      allowed: `more than ${exclusiveMinimum}`,
      condition: (subject) => `${subject} > ${exclusiveMinimum}`,
      counterexample: exclusiveMinimum,
    });
  }
  if (exclusiveMaximum !== undefined) {
    constraints.push({
      allowed: `less than ${exclusiveMaximum}`,
      condition: (subject) => `${subject} < ${exclusiveMaximum}`,
      counterexample: exclusiveMaximum,
    });
  }
  if (multipleOf !== undefined) {
    constraints.push({
      allowed: `a multiple of ${multipleOf}`,
      condition: (subject) => `${subject} % ${multipleOf} == 0`,
      counterexample: (minimum ?? 0) + (multipleOf > 1 ? 1 : multipleOf / 2),
    });
  }
  return constraints;
}

/** Removes the bounds of safe integers, which zod adds to every integer. */
function withoutIntegerBounds(schema: JsonSchema): JsonSchema {
  const { minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { maximum }),
  };
}

export function lengthConstraints(
  minimum: number | undefined,
  maximum: number | undefined,
  unit: string,
  empty: string | readonly unknown[],
): Constraint[] {
  const constraints: Constraint[] = [];
  if (minimum !== undefined) {
    constraints.push({
      allowed: `at least ${minimum} ${unit}`,
      condition: (subject) => `length(${subject}) >= ${minimum}`,
      counterexample: empty,
      ...(empty === "" && { allowsText: (text: string) => characters(text).length >= minimum }),
    });
  }
  if (maximum !== undefined) {
    constraints.push({
      allowed: `at most ${maximum} ${unit}`,
      condition: (subject) => `length(${subject}) <= ${maximum}`,
      ...(empty === "" && { allowsText: (text: string) => characters(text).length <= maximum }),
      counterexample:
        typeof empty === "string"
          ? "x".repeat(maximum + 1)
          : Array.from({ length: maximum + 1 }, (_, i) => `item-${i}`).sort(),
    });
  }
  return constraints;
}

function oneOfConstraint(values: readonly (string | number)[], counterexample: unknown): Constraint {
  return {
    allowed: `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
    condition: (subject) => `contains(${printHcl(values)}, ${subject})`,
    counterexample,
  };
}
