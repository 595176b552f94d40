/** The data of one environment of Orders. Everything else is equal in all environments. */
import type { RecoveryTargets } from "../../lib";
import type { DatabaseSizing, PublicEnvironment } from "../common/environment";

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

/** Reference to another environment. ARNs are built from its name, so that no root reads the state of another root. */
interface Place {
  readonly name: string;
  readonly region: string;
}

export interface StandbyFor extends Place {
  /** Last six characters of the ARN of the secret `database-application`. */
  readonly databaseSecretSuffix: string;
  /** Sizes of the services while this environment serves clients. */
  readonly sizing: Pick<Sizing, "api" | "worker">;
  /** Largest acceptable loss of data and time after an outage of the other environment's region. */
  readonly targets: RecoveryTargets;
}

/** Instances of the database, and the instance that the tasks use. */
export interface Databases {
  /** Whether the instance `orders-<environment>` exists, which was created empty. A standby has none. */
  readonly own: boolean;
  /** Instance of another region whose backups are copied to this region; null without copies. */
  readonly copies: { readonly instance: string; readonly region: string } | null;
  /**
   * Instances restored from these copies, by the suffixes of their names: the time to restore, or null for the latest time.
   * Set an entry to null once its instance exists: then the copies may change or end.
   */
  readonly restored: Readonly<Record<string, { readonly time: string | null } | null>>;
  /** `own`, or the suffix of a restored instance's name; null while there is no instance to use. */
  readonly inUse: string | null;
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
