/** Names and types that the parts of Orders share. */
import { fullName, type Context as SystemContext } from "../common/environment";
import type { OrdersEnvironment } from "./environment";

export const SYSTEM = "orders";

export const DATABASE_NAME = "orders";

export type Context = SystemContext<OrdersEnvironment>;

/** Prefix of the names of an environment's resources: `orders-prod`. */
export function nameOf(environment: { readonly name: string }): string {
  return fullName(SYSTEM, environment);
}
