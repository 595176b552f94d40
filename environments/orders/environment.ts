/** The data of one environment of Orders. Everything else is equal in all environments. */
import type { Databases } from "../common/databases";
import type { DatabaseSizing, PublicEnvironment } from "../common/environment";
import type { Place, Primary } from "../common/standby";

/** The same reason in all environments, so that parity finds no difference. */
export const WITHOUT_WEB_ACL =
  "All clients are programs and the plan of Orders asks for none - it would cost 10 USD a month";

export interface OrdersEnvironment extends PublicEnvironment {
  readonly name: "dev" | "prod" | "dr";
  /** Name on the certificate: the domain, or a wildcard that covers it. */
  readonly certificateDomain: string;
  readonly failoverRole: "primary" | "secondary";
  /**
   * Whether the API serves clients here and the worker processes orders. A change takes effect with the next
   * deployment.
   */
  readonly serving: boolean;
  readonly database: Databases;
  /** Destination of copies of this environment's secrets; null if it has no standby. */
  readonly standby: Place | null;
  /** The environment whose standby this one is; null if it is no standby. */
  readonly standbyFor: StandbyFor | null;
  /** IPv4 blocks, by name, from which people test a new version on the test port before clients reach it. */
  readonly testers: Readonly<Record<string, string>>;
  readonly sizing: Sizing;
}

export interface StandbyFor extends Primary {
  /** Sizes of the services while this environment serves clients. */
  readonly sizing: Pick<Sizing, "api" | "worker">;
}

interface Sizing {
  readonly logRetentionDays: 30 | 60 | 90;
  readonly database: DatabaseSizing<7 | 14 | 35>;
  readonly api: ServiceSizing;
  readonly worker: ServiceSizing;
}

interface ServiceSizing {
  readonly cpu: 256 | 512 | 1024 | 2048;
  readonly memoryMiB: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}
