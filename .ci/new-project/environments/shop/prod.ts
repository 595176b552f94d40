import { accounts } from "../common/accounts";
import type { ShopEnvironment } from "./environment";

export const prod = {
  name: "prod",
  account: accounts.prod,
  region: "eu-central-1",
  wave: 2,
  production: true,
  workerTimeoutSeconds: 30,
} as const satisfies ShopEnvironment;
