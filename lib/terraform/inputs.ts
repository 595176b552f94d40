/** Inputs of a root: their values come from two variables of the environment, and from stand-ins in plans without an account. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { parsedInput } from "../common/input-file";
import type { ProcessEnvironment } from "../common/process-environment";
import { standInVariables } from "./stand-ins";
import type { Workplace } from "./workplace";

/** JSON with the values by root and input: `{ "shop/dev": { "alarm_threshold": 3 } }`. */
export const INPUTS = "GROUNDPLAN_INPUTS";
/** The same with the values of ephemeral inputs: secrets. */
export const EPHEMERAL_INPUTS = "GROUNDPLAN_EPHEMERAL_INPUTS";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const VALUES = z.record(z.string(), z.record(z.string(), scalar));
const DECLARED = z.object({ variable: z.record(z.string(), z.object({ ephemeral: z.boolean().default(false) })) });

type Values = Readonly<Record<string, z.infer<typeof scalar>>>;

/**
 * The workplace with values for a plan. An ephemeral input without a value has its stand-in, since no plan depends on it.
 * @throws InputError for an input without a value, and for a value that no input takes
 */
export function withPlanInputs(workplace: Workplace): Workplace {
  const { plain, ephemeral } = given(workplace);
  const standIns = standInVariables(workplace.folder);
  const own = Object.fromEntries(
    namesOf(workplace.folder, true).map((name) => [`TF_VAR_${name}`, standIns[`TF_VAR_${name}`]]),
  );
  for (const name of namesOf(workplace.folder, true).filter((one) => !(one in ephemeral)))
    process.stderr.write(
      `${workplace.name}: input ${name} has its stand-in, since no plan depends on an ephemeral value\n`,
    );
  requireAll(workplace, INPUTS, namesOf(workplace.folder, false), plain);
  return withVariables(workplace, { ...own, ...variables({ ...plain, ...ephemeral }) });
}

/**
 * The workplace with values for the apply of a saved plan, which holds the values of all other inputs.
 * @throws InputError for an ephemeral input without a value
 */
export function withApplyInputs(workplace: Workplace): Workplace {
  const { ephemeral } = given(workplace);
  requireAll(workplace, EPHEMERAL_INPUTS, namesOf(workplace.folder, true), ephemeral);
  return withVariables(workplace, variables(ephemeral));
}

/** Terraform and its providers see the secrets of this root only. */
function withVariables(workplace: Workplace, own: ProcessEnvironment): Workplace {
  return { ...workplace, environment: { ...workplace.environment, [EPHEMERAL_INPUTS]: undefined, ...own } };
}

/** Values that a plan and its state hold, by name in Terraform's spelling. */
export function plainInputs(workplace: Workplace): Readonly<Record<string, string | number | boolean>> {
  return given(workplace).plain;
}

/** SHA-256 of each of these values, as JSON, by name. */
export function inputDigests(workplace: Workplace): Record<string, string> {
  const plain = plainInputs(workplace);
  const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, digest(value)]));
}

/** The names of a root's inputs, in Terraform's spelling. */
function namesOf(folder: string, ephemeral: boolean): string[] {
  const file = path.join(folder, "variables.tf.json");
  if (!existsSync(file)) return [];
  const { variable } = DECLARED.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.keys(variable).filter((name) => variable[name]?.ephemeral === ephemeral);
}

function given(workplace: Workplace): { readonly plain: Values; readonly ephemeral: Values } {
  return {
    plain: valuesIn(workplace, INPUTS, namesOf(workplace.folder, false)),
    ephemeral: valuesIn(workplace, EPHEMERAL_INPUTS, namesOf(workplace.folder, true)),
  };
}

/** Messages never show a value: the text may be a secret. */
function valuesIn({ name, environment }: Workplace, variable: string, names: readonly string[]): Values {
  const text = environment[variable];
  if (text === undefined || text === "") return {};
  const allowed = 'values by root and input: {"shop/dev":{"threshold":3}}';
  const values = parsedInput(variable, text, VALUES, { noun: "JSON of inputs", allowed })[name] ?? {};
  const unknown = Object.keys(values).filter((one) => !names.includes(one));
  if (unknown.length === 0) return values;
  const known = names.length === 0 ? "none" : names.join(", ");
  throw new InputError(`${variable}, ${name}`, [`got ${unknown.join(", ")}; allowed: ${known}`]);
}

function requireAll({ name }: Workplace, variable: string, names: readonly string[], values: Values): void {
  const missing = names.filter((one) => !(one in values));
  if (missing.length === 0) return;
  throw new InputError(name, [
    `input ${missing.join(", ")}: got no value; allowed: one in the environment variable ${variable}, as JSON: ` +
      `{"${name}":{"${missing[0]}":…}}`,
  ]);
}

function variables(values: Values): ProcessEnvironment {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`TF_VAR_${name}`, String(value)]));
}
