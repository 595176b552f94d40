/** Terraform variable blocks from the types of a module's inputs. */

import { expression } from "../expression/expression";
import { snakeCase } from "../expression/names";
import { printHcl } from "../expression/template";
import { Verbatim } from "../synth/tree";
import type { Constraint } from "./constraints";
import { terraformKeys } from "./terraform-keys";
import type { TerraformType } from "./types";

/** A constraint somewhere inside an input, with where it applies and how Terraform checks it. */
export interface Check {
  /** Path in the caller's words, `[]` for any element and `{}` for any value: `subnets{}.cidr`. */
  readonly place: string;
  readonly constraint: Constraint;
  readonly condition: string;
  /** HCL for the values that break the constraint, as text. */
  readonly offenders: string;
}

export function variableBlock(name: string, type: TerraformType, extra: readonly ValidationBlock[]) {
  const validations = [...checksOf(name, type).map((check) => validation(check, type.sensitive)), ...extra];
  return {
    description: new Verbatim(type.description),
    type: new Verbatim(typeConstraint(type)),
    ...(type.default !== undefined && { default: new Verbatim(terraformKeys(type.default, type)) }),
    nullable: type.nullable,
    ...(type.sensitive && { sensitive: true }),
    ...(type.ephemeral && { ephemeral: true }),
    ...(validations.length > 0 && { validation: validations }),
  };
}

export interface ValidationBlock {
  readonly condition: string;
  readonly error_message: string;
}

/** `message` may have expressions in it. */
export function validationBlock(code: string, message: string): ValidationBlock {
  return { condition: interpolation(code), error_message: `${message}.` };
}

/** HCL about variables as the text of a JSON file. */
export function interpolation(code: string): string {
  return String(expression({ hcl: code, owner: undefined }));
}

function validation({ place, offenders, condition, constraint }: Check, hidden: boolean): ValidationBlock {
  const got = hidden ? "a sensitive value" : interpolation(offenders);
  return validationBlock(
    condition,
    `${place.split(".").map(snakeCase).join(".")}: got ${got}; allowed: ${constraint.allowed}`,
  );
}

/** Terraform's type constraint, `optional(…)` included. */
export function typeConstraint(type: TerraformType): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `${type.kind}(${typeConstraint(type.element)})`;
    case "object":
      return `object({ ${Object.entries(type.fields)
        .map(([name, field]) => `${snakeCase(name)} = ${fieldConstraint(field)}`)
        .join(", ")} })`;
    default:
      return type.kind;
  }
}

function fieldConstraint(field: TerraformType): string {
  if (!field.optional) return typeConstraint(field);
  const hasDefault = field.default !== undefined && field.default !== null;
  return `optional(${typeConstraint(field)}${hasDefault ? `, ${printHcl(terraformKeys(field.default, field))}` : ""})`;
}

/** Every check of an input, those of nested values included. */
export function checksOf(name: string, type: TerraformType): Check[] {
  return [...walk(type, name, `var.${snakeCase(name)}`, 0)];
}

function* walk(type: TerraformType, place: string, subject: string, depth: number): Generator<Check> {
  const mayBeNull = type.nullable || (type.optional && (type.default === undefined || type.default === null));
  const unlessNull = (condition: string, otherwise: string) =>
    mayBeNull ? `${subject} == null ? ${otherwise} : ${condition}` : condition;
  for (const constraint of type.constraints) {
    yield {
      place,
      constraint,
      condition: unlessNull(constraint.condition(subject), "true"),
      offenders: `jsonencode(${subject})`,
    };
  }
  if (type.kind === "object") {
    for (const [name, field] of Object.entries(type.fields)) {
      for (const check of walk(field, `${place}.${name}`, `${subject}.${snakeCase(name)}`, depth)) {
        yield {
          ...check,
          condition: unlessNull(check.condition, "true"),
          offenders: unlessNull(check.offenders, '""'),
        };
      }
    }
  }
  if ("element" in type) {
    const item = depth === 0 ? "item" : `item_${depth}`;
    for (const check of walk(type.element, `${place}${type.kind === "map" ? "{}" : "[]"}`, item, depth + 1)) {
      yield {
        ...check,
        condition: unlessNull(`alltrue([for ${item} in ${subject} : ${check.condition}])`, "true"),
        offenders: unlessNull(
          `join(", ", [for ${item} in ${subject} : ${check.offenders} if !(${check.condition})])`,
          '""',
        ),
      };
    }
  }
}
