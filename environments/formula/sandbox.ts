/** The data of developers' sandboxes, in the account of development. */
import type { Sandboxes } from "../../lib";
import type { Zones } from "../../modules/vpc/plan";
import type { Account } from "../common/account";
import { accounts } from "../common/accounts";

export interface SandboxEnvironment {
  readonly account: Account;
  readonly region: string;
  readonly zones: Zones;
  /** IPv4 block of all sandboxes. Each has a /20 of it. */
  readonly pool: string;
  readonly sandboxes: Sandboxes;
  /** Repository of the images that developers push, in the same account, and the tag that a new sandbox runs. */
  readonly image: { readonly repository: string; readonly tag: string };
}

export const sandbox = {
  account: accounts.formulaDev,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  pool: "10.9.0.0/16",
  sandboxes: { states: "formula/sandbox", longestDays: 14, slots: 16 },
  image: { repository: "formula-dev/api", tag: "initial" },
} as const satisfies SandboxEnvironment;
