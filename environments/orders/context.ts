/** What the parts of Orders share. */
import type { Expression, Root } from "../../lib";
import type { OrdersEnvironment } from "./environment";

/** What every part of the system works with. */
export interface Context {
  readonly root: Root;
  readonly environment: OrdersEnvironment;
  /** Prefix of every name: `orders-prod`. */
  readonly name: string;
  readonly dataKeyArn: Expression<string>;
  readonly logsKeyArn: Expression<string>;
  readonly alertTopicArn: Expression<string>;
}

/** What the names of an environment's resources begin with; the environment that it stands by for has such names too. */
export function nameOf({ name }: { readonly name: string }): string {
  return `orders-${name}`;
}
