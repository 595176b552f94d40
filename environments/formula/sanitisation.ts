/** The data of the account in which production's data is masked. It has no users and no application. */
import { accounts } from "../common/accounts";
import type { Environment } from "../common/environment";
import type { Mask } from "./sanitisation/mask";
import { MASK } from "./sanitisation/mask";

export interface SanitisationEnvironment extends Environment {
  readonly zones: Readonly<Record<string, number>>;
  readonly cidr: string;
  readonly alertEmails: readonly string[];
  readonly logRetentionDays: 365;
  /** Size of the instance that is restored for each run. */
  readonly instanceClass: string;
  /** Tag of the image with the program of the masking. */
  readonly image: string;
  readonly mask: Mask;
}

export const sanitisation = {
  name: "sanitisation",
  account: accounts.formulaSanitisation,
  region: "us-east-1",
  // After production, whose snapshot it copies.
  wave: 4,
  // Unmasked data of users is in it for some hours.
  production: true,
  singular: true,
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.5.0.0/22",
  alertEmails: ["platform@formula.example"],
  logRetentionDays: 365,
  instanceClass: "db.m7g.large",
  image: "initial",
  mask: MASK,
} as const satisfies SanitisationEnvironment;
