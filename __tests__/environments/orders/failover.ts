/** The data of Orders in each step of its runbook: the promotion of the standby, and the way back. */
import { dr } from "../../../environments/orders/dr";
import type { OrdersEnvironment } from "../../../environments/orders/environment";
import { prod } from "../../../environments/orders/prod";

const ENDING = "restored";
const AT_LATEST = { [ENDING]: { time: null } };
const MADE = { [ENDING]: null };

/** The standby serves clients from the restored database. */
export const promoted: OrdersEnvironment = {
  ...dr,
  serving: true,
  database: { ...dr.database, restored: AT_LATEST, inUse: ENDING },
};

/** Production copies the backups of the standby's database. */
export const copying: OrdersEnvironment = {
  ...prod,
  serving: false,
  database: { ...prod.database, copies: { instance: "orders-dr-restored", region: "us-west-2" } },
};

/** The standby takes no more orders. */
export const stopped: OrdersEnvironment = { ...promoted, serving: false };

/** Production serves clients from what it restored. */
export const returned: OrdersEnvironment = {
  ...copying,
  serving: true,
  database: { ...copying.database, restored: AT_LATEST, inUse: ENDING },
};

/** Both are what they were, and each still has the instance of the time before. */
export const settled: { readonly prod: OrdersEnvironment; readonly dr: OrdersEnvironment } = {
  prod: { ...returned, database: { ...returned.database, copies: null, restored: MADE } },
  dr: {
    ...dr,
    database: {
      ...dr.database,
      copies: { instance: "orders-prod-restored", region: "us-east-1" },
      restored: MADE,
    },
  },
};

/** The standby without the instance of the failover. */
export const standingBy: OrdersEnvironment = { ...settled.dr, database: { ...settled.dr.database, restored: {} } };
