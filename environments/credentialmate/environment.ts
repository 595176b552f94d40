/** The data of one environment of CredentialMate. Everything else is equal in all environments. */
import type { DatabaseSizing, PublicEnvironment } from "../common/environment";

/** The composition accepts any name. The data files use the default: a mistyped name does not compile. */
export interface CredentialMateEnvironment<Name extends string = "dev" | "stage" | "prod"> extends PublicEnvironment {
  readonly name: Name;
  /**
   * Id of each zone in the account, from `aws ec2 describe-availability-zones`: some services are missing in some
   * zones.
   */
  readonly zoneIds: Readonly<Record<string, string>>;
  /** Recipients of test mail while the account is in the SES sandbox; none once it has left the sandbox. */
  readonly testRecipients: readonly string[];
  readonly sizing: Sizing;
}

interface Sizing {
  /**
   * `none` as long as the system calls no vendor outside AWS. The connections to such a vendor belong in network.ts.
   */
  readonly natGateways: "none" | "single" | "per-zone";
  readonly logRetentionDays: 30 | 60 | 90;
  readonly database: DatabaseSizing<7 | 14 | 21 | 30>;
  readonly services: Readonly<Record<ServiceName, ServiceSizing>>;
  /** Number of 5xx responses in five minutes that raises an alarm. */
  readonly errorsPer5Minutes: number;
}

export interface ServiceSizing {
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096;
  readonly memoryMiB: number;
  /** 0 if the service is off; `maxTasks` is then 0 as well. */
  readonly minTasks: number;
  readonly maxTasks: number;
}

export type ServiceName = "frontend-service" | "backend-service" | "parser-service" | "notification-worker";
