/** What one environment of CredentialMate is told. Everything else is equal in all of them. */
import type { Delivery, Difference, Exception } from "../../lib";
import type { Zones } from "../../modules/vpc/plan";
import type { Account } from "../accounts";
import type { WebAclChoice } from "../web-acl";

export interface CredentialMateEnvironment {
  /** A number with an `n` before it is made up, for measurements. */
  readonly name: "dev" | "stage" | "prod" | `n${number}`;
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
  /** Id of each zone in the account, as `aws ec2 describe-availability-zones` lists them: some services leave zones out. */
  readonly zoneIds: Readonly<Record<string, string>>;
  /** IPv4 block; no two environments share an address, so that they can be connected one day. */
  readonly cidr: string;
  /** Name under which people reach the application; the zone has to exist. */
  readonly domain: string;
  readonly zoneId: string;
  /** Who is told of alarms. */
  readonly alertEmails: readonly string[];
  /** Who gets test mail while the account is in SES's sandbox; none where it has left the sandbox. */
  readonly testRecipients: readonly string[];
  /** AWS WAF in front of the load balancer, or why there is none. */
  readonly webAcl: WebAclChoice;
  readonly sizing: Sizing;
  readonly differences?: readonly Difference[];
  /** Guardrails that something in this environment may break for a while. */
  readonly exceptions?: readonly Exception[];
}

interface Sizing {
  /** NAT gateways; none as long as no vendor outside AWS is called. The connections to that vendor belong into network.ts. */
  readonly natGateways: "none" | "single" | "per-zone";
  /** Days that every log is kept: 30 to 90. */
  readonly logRetentionDays: 30 | 60 | 90;
  readonly database: {
    readonly instanceClass: string;
    readonly multiAz: boolean;
    readonly allocatedStorageGiB: number;
    readonly maxAllocatedStorageGiB: number;
    /** Days for which any second can be restored: 7 to 30. */
    readonly backupRetentionDays: 7 | 14 | 21 | 30;
  };
  readonly services: Readonly<Record<ServiceName, ServiceSizing>>;
  /** Answers with 5xx in five minutes before somebody is told. */
  readonly errorsPer5Minutes: number;
}

export interface ServiceSizing {
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096;
  readonly memoryMiB: number;
  /** 0, and then 0 at the most as well, where the service is off. */
  readonly minTasks: number;
  readonly maxTasks: number;
}

export type ServiceName = "frontend-service" | "backend-service" | "parser-service" | "notification-worker";
