/** What one environment of Orders is told. Everything else is equal in all of them. */
import type { Delivery, Difference, Exception, RecoveryTargets } from "../../lib";
import type { Zones } from "../../modules/vpc/plan";
import type { Account } from "../accounts";
import type { WebAclChoice } from "../web-acl";

/** The same in all environments, so that none of them differs. */
export const WITHOUT_WEB_ACL = "The plan of Orders asks for none and its clients are programs - costs 10 USD a month";

export interface OrdersEnvironment {
  readonly name: "dev" | "prod" | "dr";
  readonly account: Account;
  /** Its turn when a change is promoted through the environments. */
  readonly wave: Delivery["wave"];
  /** Whether people depend on it: then what holds data is destroyed only with a backup. */
  readonly production: boolean;
  /** Set for the last apply of the environment: see docs/delivery.md. */
  readonly ending?: true;
  readonly region: string;
  /** Two availability zones of the region or more, each at the place among the addresses that it keeps: 0 to 3. */
  readonly zones: Zones;
  /** IPv4 block; no two environments share an address. */
  readonly cidr: string;
  /** Name under which clients reach the service; a standby answers under the same one. */
  readonly domain: string;
  /** Name on the certificate: the domain, or a wildcard that covers it. */
  readonly certificateDomain: string;
  readonly zoneId: string;
  readonly failoverRole: "primary" | "secondary";
  /** Whether clients are wanted here and the worker works on orders. It takes effect with the next deployment. */
  readonly serving: boolean;
  readonly database: Databases;
  /** Where copies of this environment's secrets go to; null where it has no standby. */
  readonly standby: Place | null;
  /** The environment that this one stands by for; null where it stands for itself. */
  readonly standbyFor: StandbyFor | null;
  /** Who may reach a new version on the test port before its clients do: IPv4 blocks by name. */
  readonly testers: Readonly<Record<string, string>>;
  readonly alertEmails: readonly string[];
  /** AWS WAF in front of the load balancer, or why there is none. */
  readonly webAcl: WebAclChoice;
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
  /** Sizes of the services once clients are wanted here. */
  readonly sizing: Pick<Sizing, "api" | "worker">;
  /** What an outage of the other environment's region may cost. */
  readonly targets: RecoveryTargets;
}

/** Instances of the database, and which of them the tasks use. */
export interface Databases {
  /** Whether there is the instance `orders-<environment>`, which began empty. A standby has none. */
  readonly own: boolean;
  /** The instance of another region whose backups are copied here; null where none are. */
  readonly copies: { readonly instance: string; readonly region: string } | null;
  /**
   * Instances restored from these copies, by the endings of their names: the time to go back to, with null for the latest
   * that there is. An entry is null once its instance is there: then the copies may change or end.
   */
  readonly restored: Readonly<Record<string, { readonly time: string | null } | null>>;
  /** `own`, or the ending of a restored instance's name; null while there is none to use. */
  readonly inUse: string | null;
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
