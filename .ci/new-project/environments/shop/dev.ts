import { accounts } from "../common/accounts";
import type { ShopEnvironment } from "./environment";

export const dev = {
  name: "dev",
  account: accounts.dev,
  region: "eu-central-1",
  wave: 1,
  production: false,
  workerTimeoutSeconds: 30,
} as const satisfies ShopEnvironment;
