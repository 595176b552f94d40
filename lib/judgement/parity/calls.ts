/** Comparison of the module calls of environments: modules and inputs as written in the tree. */

import { snakeCase } from "../../generator/expression/names";
import type { TerraformType } from "../../generator/inputs/types";
import { asObject, asValue, type Json } from "../configuration/json";
import { type Contrast, compareValues, type Side } from "./compare";
import type { Environment } from "./environment";

/** Compares inputs as written, so that a value which one call passes to others differs in one place only. */
export function compareCalls(environments: readonly Environment[]): { contrasts: Contrast[]; inputs: number } {
  const compared = callIds(environments).map((id) => {
    const modules = environments.map(({ calls }) => {
      const module = calls.get(id);
      return module === undefined ? null : JSON.stringify(module);
    });
    const contrast = modules.every((module) => module === modules[0])
      ? []
      : [{ place: id, sizing: false, values: modules }];
    if (modules.includes(null)) return { contrasts: contrast, inputs: 0 };
    const names = inputNames(environments, id);
    const inputs = names.flatMap((name) =>
      compareValues(
        `${id}.${name}`,
        environments.map((environment) => inputOf(environment, id, name)),
      ),
    );
    return { contrasts: [...contrast, ...inputs], inputs: names.length };
  });
  return {
    contrasts: compared.flatMap(({ contrasts }) => contrasts),
    inputs: compared.reduce((sum, { inputs }) => sum + inputs, 0),
  };
}

/** The ids of the calls of all environments. */
export function callIds(environments: readonly Environment[]): string[] {
  return [...new Set(environments.flatMap(({ calls }) => [...calls.keys()]))];
}

/** The inputs that the module declares or a call sets, by their Terraform names, and `providers` if a call has it. */
export function inputNames(environments: readonly Environment[], id: string): string[] {
  const names = environments.flatMap((environment) => [
    ...Object.keys(typesOf(environment, id)),
    ...Object.keys(writtenCall(environment, id)).filter((name) => name !== "source"),
  ]);
  return [...new Set(names)];
}

function inputOf(environment: Environment, id: string, name: string): Side {
  const written = writtenCall(environment, id)[name];
  return {
    value: written === undefined ? undefined : asValue(written),
    type: typesOf(environment, id)[name],
    identity: environment.identity,
  };
}

function writtenCall({ written }: Environment, id: string): Json {
  return asObject(written.module[id]);
}

/** By Terraform name. */
function typesOf({ root }: Environment, id: string): Types {
  const inputs = root.calls.get(id)?.specification.inputs;
  if (inputs === undefined) return {};
  const known =
    types.get(inputs) ?? Object.fromEntries(Object.entries(inputs).map(([name, type]) => [snakeCase(name), type]));
  types.set(inputs, known);
  return known;
}

type Types = Readonly<Record<string, TerraformType>>;

/** By the inputs of a module, which all its calls share. */
const types = new WeakMap<object, Types>();
