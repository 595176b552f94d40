import type { Environment } from "../common/environment";

export interface ShopEnvironment extends Environment {
  readonly name: "dev" | "prod";
  readonly workerTimeoutSeconds: number;
}
