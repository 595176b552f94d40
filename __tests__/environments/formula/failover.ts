/** The data of Formula in each step of its runbook: the promotion of the standby, and the way back. */
import { dr } from "../../../environments/formula/dr";
import type { FormulaEnvironment } from "../../../environments/formula/environment";
import { prod } from "../../../environments/formula/prod";

const ENDING = "restored";
const AT_LATEST = { [ENDING]: { time: null } };
const MADE = { [ENDING]: null };

/** The standby serves users from the restored database. */
export const promoted: FormulaEnvironment = {
  ...dr,
  serving: true,
  database: { ...dr.database, restored: AT_LATEST, inUse: ENDING },
};

/** Production copies the backups of the standby's database. */
export const copying: FormulaEnvironment = {
  ...prod,
  serving: false,
  database: { ...prod.database, copies: { instance: "formula-dr-restored", region: "us-west-2" } },
};

/** The standby takes no more changes. */
export const stopped: FormulaEnvironment = { ...promoted, serving: false };

/** Production serves users from what it restored. */
export const returned: FormulaEnvironment = {
  ...copying,
  serving: true,
  database: { ...copying.database, restored: AT_LATEST, inUse: ENDING },
};

/** Both are what they were, and each still has the instance of the time before. */
export const settled: { readonly prod: FormulaEnvironment; readonly dr: FormulaEnvironment } = {
  prod: { ...returned, database: { ...returned.database, copies: null, restored: MADE } },
  dr: {
    ...dr,
    database: { ...dr.database, copies: { instance: "formula-prod-restored", region: "us-east-1" }, restored: MADE },
  },
};

/** The standby without the instance of the failover. */
export const standingBy: FormulaEnvironment = { ...settled.dr, database: { ...settled.dr.database, restored: {} } };
