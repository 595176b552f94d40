/** What one environment of Orders is told. Everything else is equal in all of them. */
import type { Delivery, Difference, Exception, RecoveryTargets } from "../../lib";
import type { Account } from "../accounts";

export interface OrdersEnvironment {
  readonly name: "dev" | "prod" | "dr";
  readonly account: Account;
  /** Its turn when a change is promoted through the environments. */
  readonly wave: Delivery["wave"];
  /** Whether people depend on it: then what holds data is destroyed only with a backup. */
  readonly production: boolean;
  readonly region: string;
  /** Two availability zones of the region. */
  readonly zones: readonly [string, string];
  /** IPv4 block; no two environments share an address. */
  readonly cidr: string;
  /** Name under which clients reach the service; a standby answers under the same one. */
  readonly domain: string;
  /** Name on the certificate: the domain, or a wildcard that covers it. */
  readonly certificateDomain: string;
  readonly zoneId: string;
  readonly failoverRole: "primary" | "secondary";
  /** Where copies of what this environment keeps go to; null where it has no standby. */
  readonly standby: Place | null;
  /** The environment that this one stands by for; null where it stands for itself. */
  readonly standbyFor: StandbyFor | null;
  /** Who may reach a new version on the test port before its clients do: IPv4 blocks by name. */
  readonly testers: Readonly<Record<string, string>>;
  readonly alertEmails: readonly string[];
  readonly sizing: Sizing;
  readonly differences?: readonly Difference[];
  /** Guardrails that something in this environment may break for a while. */
  readonly exceptions?: readonly Exception[];
}

/** An environment as another one names it: names make ARNs, so that no root reads another's state. */
interface Place {
  readonly name: string;
  readonly region: string;
}

export interface StandbyFor extends Place {
  /** Last six characters of the ARN of the secret `database-application`. */
  readonly databaseSecretSuffix: string;
  /** Set to promote: the time to restore the database to, null for the latest that there is. */
  readonly restore: { readonly time: string | null } | null;
  /** What an outage of the other environment's region may cost. */
  readonly targets: RecoveryTargets;
}

interface Sizing {
  readonly logRetentionDays: 30 | 60 | 90;
  readonly database: {
    readonly instanceClass: string;
    readonly multiAz: boolean;
    readonly allocatedStorageGiB: number;
    readonly maxAllocatedStorageGiB: number;
    readonly backupRetentionDays: 7 | 14 | 35;
  };
  readonly api: ServiceSizing;
  readonly worker: ServiceSizing;
}

interface ServiceSizing {
  readonly cpu: 256 | 512 | 1024 | 2048;
  readonly memoryMiB: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}
