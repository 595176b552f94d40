/** Inputs of a root: the few values that neither the source nor a state may hold. */
import { z } from "zod";
import { InputError } from "../../common/errors";
import { codeOf, isExpression } from "../expression/code";
import { requireName, snakeCase } from "../expression/names";
import { STAND_INS_FILE } from "../expression/stand-ins";
import { type TerraformType, terraformType } from "../inputs/types";
import { problemsOf } from "../inputs/validation";
import { variableBlock } from "../inputs/variables";
import type { ModuleCall } from "../module/specification";
import { type GeneratedFile, jsonFile, Verbatim } from "../synth/tree";

export class RootInputs {
  private readonly types = new Map<string, TerraformType>();
  private readonly standIns = new Map<string, unknown>();

  /**
   * @param place of messages
   * @returns the type of the value
   * @throws InputError for an input that a root cannot have
   */
  add(place: string, name: string, schema: z.core.$ZodType, standIn: unknown): TerraformType {
    const type = terraformType(schema, name);
    const terraform = snakeCase(name);
    requireName(place, terraform);
    const problems = [
      ...(this.types.has(name) ? ["got the name twice; allowed: a different name for each input"] : []),
      ...refusals(place, type),
    ];
    if (problems.length > 0) throw new InputError(`${place}, input ${name}`, problems);
    const wrong = problemsOf(z.object({ [name]: schema }), { [name]: type }, [], { [name]: standIn });
    if (wrong.length > 0) throw new InputError(`${place}, stand-in of input ${name}`, wrong);
    this.types.set(name, type);
    this.standIns.set(`var.${terraform}`, standIn);
    return type;
  }

  /** The `variable` blocks. */
  get variables(): object {
    return Object.fromEntries([...this.types].map(([name, type]) => [snakeCase(name), variableBlock(name, type, [])]));
  }

  /** The values for plans without an account; no file without inputs. */
  file(folder: string): GeneratedFile[] {
    if (this.standIns.size === 0) return [];
    return [jsonFile(`${folder}/${STAND_INS_FILE}`, folder, new Verbatim(Object.fromEntries(this.standIns)))];
  }
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
