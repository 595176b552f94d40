/** A planted leak, and the places of the tree where leaks are planted. */
import { accounts } from "../../../environments/common/accounts";
import type { Edit } from "./mutant";

export interface PlantedLeak {
  readonly kind: string;
  /** Root in which the leak has to be reported. */
  readonly root: string;
  readonly edits: readonly Edit[];
  /** Text in the report. */
  readonly names: string;
}

export const PROD = "environments/formula/prod";
export const STAGING = "environments/formula/staging";
export const SANITISATION = "environments/formula/sanitisation";
export const [prod, staging, dev] = [accounts.formulaProd.id, accounts.formulaStaging.id, accounts.formulaDev.id];

/** Modules that one root alone calls. */
export const IN_PROD = "modules/rds-snapshot-share/main.tf.json";
export const IN_STAGING = "modules/masked-import/main.tf.json";
export const EXPORTS = "modules/masked-export-bucket/main.tf.json";

/** The root that calls a module of these. Other files are those of their own root. */
export const CALLERS: Readonly<Record<string, string>> = {
  [IN_PROD]: PROD,
  [IN_STAGING]: STAGING,
  [EXPORTS]: SANITISATION,
};

/** A role of staging. */
export const READER = `arn:aws:iam::${staging}:role/reader`;

export function inProd(kind: string, type: string, values: unknown, names: string): PlantedLeak {
  return leak(kind, PROD, names, [{ file: IN_PROD, at: ["resource", type], to: { leak: values } }]);
}

export function leak(kind: string, root: string, names: string, edits: readonly Edit[]): PlantedLeak {
  return { kind, root, edits, names };
}

export function policy(action: string, principal: unknown): string {
  const statement = { Sid: "Leak", Effect: "Allow", Principal: principal, Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
