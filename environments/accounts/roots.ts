/** The contents of each account: its regions, its environments, its people. */

import { accounts } from "../common/accounts";
import { application as credentialMate } from "../credentialmate/application";
import { dev } from "../credentialmate/dev";
import { prod } from "../credentialmate/prod";
import { stage } from "../credentialmate/stage";
import { application as orders } from "../orders/application";
import { dev as ordersDev } from "../orders/dev";
import { dr as ordersDr } from "../orders/dr";
import { prod as ordersProd } from "../orders/prod";
import type { AccountRoot } from "./account";
import type { Detection } from "./detection";

/** IAM users in the account for identities. An administrator does only what the other roles may not. */
const PEOPLE = {
  developers: ["arn:aws:iam::444444444444:user/developer"],
  operators: ["arn:aws:iam::444444444444:user/operator"],
  admins: ["arn:aws:iam::444444444444:user/admin"],
} as const;

/** HIPAA requires a record of all activity for six years. */
const CREDENTIALMATE_DETECTORS: Detection = {
  alertEmails: ["platform@credentialmate.example"],
  trailDays: 2192,
  trail: "own",
  threats: "own",
  configuration: "own",
};

const ORDERS_DETECTORS: Detection = {
  alertEmails: ["platform@orders.example"],
  trailDays: 365,
  trail: "own",
  threats: "own",
  configuration: "own",
};

export const accountRoots: readonly AccountRoot[] = [
  {
    account: accounts.credentialmateDev,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(dev)],
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateStage,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(stage)],
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateProd,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(prod)],
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.ordersDev,
    standby: null,
    costCenter: "orders",
    applications: [orders(ordersDev)],
    detectors: ORDERS_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.ordersProd,
    standby: accounts.ordersDr,
    costCenter: "orders",
    applications: [orders(ordersProd), orders(ordersDr)],
    detectors: ORDERS_DETECTORS,
    people: PEOPLE,
  },
];
