/** The accounts and the repository of the project. */
import type { Delivery, Repository } from "../../lib";
import { type Account, accountWithState } from "./account";

export const REPOSITORY: Repository = { name: "example/shop", subject: "ids", ownerId: 1000002, id: 2000003 };

export const APPROVAL: Delivery["approval"] = "environment";

export const accounts = {
  dev: accountWithState("shop-dev", "111122223333", "eu-central-1"),
  prod: accountWithState("shop-prod", "444455556666", "eu-central-1"),
} as const satisfies Record<string, Account>;
