/** Inputs of a root: the few values that neither the source nor a state may hold. */
import { z } from "zod";
import { InputError } from "../../common/errors";
import { codeOf, isExpression } from "../expression/code";
import { requireName, snakeCase } from "../expression/names";
import { type TerraformType, terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import type { ModuleCall } from "../module/specification";

/** An input of a root. */
export interface RootInput {
  readonly type: TerraformType;
  /** Value for plans without an account. */
  readonly standIn: unknown;
}

/**
 * Checks an input against the inputs that its root has already.
 * @param place of messages
 * @throws InputError for an input that a root cannot have
 */
export function rootInput(
  place: string,
  others: ReadonlyMap<string, RootInput>,
  name: string,
  schema: z.core.$ZodType,
  standIn: unknown,
): RootInput {
  const type = terraformType(schema, name);
  requireName(place, snakeCase(name));
  const problems = [
    ...(others.has(name) ? ["got the name twice; allowed: a different name for each input"] : []),
    ...refusals(place, type),
  ];
  if (problems.length > 0) throw new InputError(`${place}, input ${name}`, problems);
  const wrong = problemsOf(z.object({ [name]: schema }), { [name]: type }, [], { [name]: standIn });
  if (wrong.length > 0) throw new InputError(`${place}, stand-in of input ${name}`, wrong);
  return { type, standIn };
}

function refusals(place: string, type: TerraformType): string[] {
  if (place.startsWith("accounts/")) {
    return [
      "got an input of an account's root; allowed: environments, since a person applies the first plan of an account",
    ];
  }
  if (type.kind !== "string" && type.kind !== "number" && type.kind !== "bool") {
    return [`got a ${type.kind}; allowed: text, a number or a boolean; structure belongs in the environment's data`];
  }
  if (type.default !== undefined || type.nullable) {
    return [
      "got a default or null; allowed: a value that the pipeline gives; a known value belongs in the environment's data",
    ];
  }
  return type.sensitive && type.ephemeral !== true
    ? [
        "got sensitive(…), whose value the state holds in clear text; allowed: ephemeral(…), which no plan and no state holds",
      ]
    : [];
}

/** One line for each input of a call that would put an ephemeral value into the state. */
export function keptEphemerals({ inputs, specification }: ModuleCall): string[] {
  return Object.entries(inputs)
    .filter(([, value]) => isExpression(value) && codeOf(value).ephemeral === true)
    .filter(([name]) => specification.inputs[name]?.ephemeral !== true)
    .map(([name]) => `${name}: got an ephemeral value; allowed: ephemeral(…) as the type of this input in the module`);
}
