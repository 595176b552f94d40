/** The accounts and the repository of this project. All values are placeholders. */
import type { Delivery, Repository } from "../../lib";
import { type Account, accountWithState, inRegion } from "./account";

/** Repository whose workflows plan and apply. `groundplan subject` prints this value. */
export const REPOSITORY: Repository = { name: "example/groundplan", subject: "ids", ownerId: 1000001, id: 2000001 };

/**
 * Who approves an apply: the reviewers of GitHub environments. Private repositories outside GitHub Enterprise have no
 * required reviewers; use `codeowners` there.
 */
export const APPROVAL: Delivery["approval"] = "environment";

const formulaProd = accountWithState("formula-prod", "202020202020", "us-east-1");
const ordersProd = accountWithState("orders-prod", "666666666666", "us-east-1");

/** Formula's organization. Its id is an output of its root. */
export const ORGANIZATION = { id: "o-formula0000", managementAccountId: "151515151515" } as const;

export const accounts = {
  credentialmateDev: accountWithState("credentialmate-dev", "111111111111", "us-east-1"),
  credentialmateStage: accountWithState("credentialmate-stage", "222222222222", "us-east-1"),
  credentialmateProd: accountWithState("credentialmate-prod", "333333333333", "us-east-1"),
  ordersDev: accountWithState("orders-dev", "555555555555", "us-east-1"),
  ordersProd,
  ordersDr: inRegion(ordersProd, "orders-dr", "us-west-2"),
  wardmitraDev: accountWithState("wardmitra-dev", "777777777777", "ap-south-1"),
  wardmitraStaging: accountWithState("wardmitra-staging", "888888888888", "ap-south-1"),
  wardmitraProd: accountWithState("wardmitra-prod", "999999999999", "ap-south-1"),
  vitalityDev: accountWithState("vitality-dev", "121212121212", "eu-west-1"),
  vitalityProd: accountWithState("vitality-prod", "131313131313", "eu-west-1"),
  formulaManagement: accountWithState("formula-management", ORGANIZATION.managementAccountId, "us-east-1"),
  formulaSecurity: accountWithState("formula-security", "161616161616", "us-east-1"),
  formulaSanitisation: accountWithState("formula-sanitisation", "171717171717", "us-east-1"),
  formulaDev: accountWithState("formula-dev", "181818181818", "us-east-1"),
  formulaStaging: accountWithState("formula-staging", "191919191919", "us-east-1"),
  formulaProd,
  formulaDr: inRegion(formulaProd, "formula-dr", "us-west-2"),
} as const satisfies Record<string, Account>;
