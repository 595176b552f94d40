/** What is in each account: its regions, its environments, its people. */
import { application as credentialMate } from "../credentialmate/application";
import { dev } from "../credentialmate/dev";
import { prod } from "../credentialmate/prod";
import { stage } from "../credentialmate/stage";
import { application as orders } from "../orders/application";
import { dev as ordersDev } from "../orders/dev";
import { dr as ordersDr } from "../orders/dr";
import { prod as ordersProd } from "../orders/prod";
import type { AccountRoot } from "./account";
import { accounts } from "./index";

/** Users of the account for identities. Administrators are for what nobody else can do. */
const PEOPLE = {
  developers: ["arn:aws:iam::444444444444:user/developer"],
  operators: ["arn:aws:iam::444444444444:user/operator"],
  admins: ["arn:aws:iam::444444444444:user/admin"],
} as const;

export const accountRoots: readonly AccountRoot[] = [
  {
    account: accounts.credentialmateDev,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(dev)],
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateStage,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(stage)],
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateProd,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(prod)],
    people: PEOPLE,
  },
  {
    account: accounts.ordersDev,
    standby: null,
    costCenter: "orders",
    applications: [orders(ordersDev)],
    people: PEOPLE,
  },
  {
    account: accounts.ordersProd,
    standby: accounts.ordersDr,
    costCenter: "orders",
    applications: [orders(ordersProd), orders(ordersDr)],
    people: PEOPLE,
  },
];
