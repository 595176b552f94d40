/** One way to break a generated tree. */
import type { GuardrailId } from "../../../lib/common/guardrail-ids";

/** Steps into a file's JSON. */
type Path = readonly (string | number)[];

export interface Mutant {
  readonly guardrail: GuardrailId;
  /** Below the tree: `modules/rds/main.tf.json`; `<root>` stands for the folder of the root. */
  readonly file: string;
  readonly at: Path;
  /** What stands there afterwards; undefined where it is gone, and with it what depends on it. */
  readonly to?: unknown;
  /** Terraform or the provider does not even plan it. */
  readonly refused?: true;
}

type Change = readonly [at: string | Path, to?: unknown];

/** Mutants of one module's main.tf.json, by guardrail; a path is written with dots where no name has one. */
export function ofModule(module: string, changes: { readonly [K in GuardrailId]?: Change }, file = "main"): Mutant[] {
  return inFile(`modules/${module}/${file}.tf.json`, changes);
}

export function inFile(file: string, changes: { readonly [K in GuardrailId]?: Change }): Mutant[] {
  return keysOf(changes).map((guardrail) => {
    const [at, to] = changes[guardrail] ?? [""];
    return { guardrail, file, at: typeof at === "string" ? at.split(".").map(step) : at, to };
  });
}

function step(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function keysOf<K extends string>(record: { readonly [key in K]?: unknown }): K[] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys;
}

export function refused(mutant: Mutant): Mutant {
  return { ...mutant, refused: true };
}
