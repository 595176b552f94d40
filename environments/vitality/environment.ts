/** The data of one environment of Vitality. Everything else is equal in all environments. */
import type { InComponent, PublicEnvironment } from "../common/environment";
import type { ApiSizing } from "./api/sizing";
import type { ComponentName } from "./components";
import type { DatabaseSizing } from "./database/sizing";
import type { FrontendSizing } from "./frontend/sizing";
import type { NetworkSizing } from "./network/sizing";
import type { ObservabilitySizing } from "./observability/sizing";

export interface VitalityEnvironment extends PublicEnvironment<InComponent<ComponentName>> {
  readonly name: "dev" | "prod";
  readonly sizing: Sizing;
}

/** Each component of the system describes its own sizing. */
interface Sizing {
  readonly logRetentionDays: 30 | 60 | 90;
  readonly network: NetworkSizing;
  readonly database: DatabaseSizing;
  readonly api: ApiSizing;
  readonly frontend: FrontendSizing;
  readonly observability: ObservabilitySizing;
}
