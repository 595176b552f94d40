/** A region of an account, with the provider of calls in it. */
import type { BackendOptions } from "./backend";

export interface Region {
  readonly accountId: string;
  readonly region: string;
  /** Prefix of the names of calls; empty in the account's first region. */
  readonly prefix: string;
  /** Undefined in the account's first region, which the root's default provider has. */
  readonly options?: BackendOptions;
}
