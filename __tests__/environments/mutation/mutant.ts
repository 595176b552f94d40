/** A mutant: a generated tree with one violation. */
import type { GuardrailId } from "../../../lib/common/guardrail-ids";

/** Path within a file's JSON. */
type Path = readonly (string | number)[];

export interface Mutant extends Edit {
  readonly guardrail: GuardrailId;
  /** Terraform or the provider refuses to plan it. */
  readonly refused?: true;
}

/** A change of one file of a tree. */
export interface Edit {
  /** Path within the tree: `modules/rds/main.tf.json`; `<root>` stands for the folder of the root. */
  readonly file: string;
  readonly at: Path;
  /** The new value; undefined to delete the value, and everything that depends on it. */
  readonly to?: unknown;
  /** A place that the file must have for the mutant to apply. Its last step may be the text at the place. */
  readonly beside?: Path;
}

type Change = readonly [at: string | Path, to?: unknown];

/** Mutants of one module's main.tf.json, by guardrail. A path is a text with dots, unless a name in it has one. */
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

/** Principals of trust policies in mutants. */
export const PERSON = "arn:aws:iam::444444444444:user/person";
export const GITHUB = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

const ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF";
export const EKS = `arn:aws:iam::111111111111:oidc-provider/${ISSUER}`;
export const ANY_POD = {
  [`${ISSUER}:aud`]: "sts.amazonaws.com",
  [`${ISSUER}:sub`]: "system:serviceaccount:shop:*",
};
