/** The data of one environment of Formula. Everything else is equal in all environments. */

import type { ACKNOWLEDGED_COST, RecoveryTargets } from "../../lib";
import type { SubnetBlocks } from "../../modules/vpc/plan";
import type { Databases } from "../common/databases";
import type { DatabaseSizing, InComponent, PublicEnvironment } from "../common/environment";
import type { Place, Primary } from "../common/standby";

/** The sets of load balancer, tasks and Lambda alias. A release goes to the one without requests. */
export type Colour = "blue" | "green";

export interface FormulaEnvironment extends PublicEnvironment<Partial<InComponent<"peering">>> {
  readonly name: "dev" | "staging" | "prod" | "dr";
  /** IPv4 blocks of each tier, at the positions of the zones. */
  readonly subnets: SubnetBlocks;
  /** The first one gets the requests after the first apply; the pipeline moves them later. */
  readonly colours: readonly [Colour, ...Colour[]];
  /** SAML providers through which users sign in, by the name that Cognito gives their users. */
  readonly signOn: Readonly<Record<string, { readonly metadataUrl: string; readonly emailAttribute: string }>>;
  /** First archive of the formula function, in the bucket of artifacts: its key, and the version of the object. */
  readonly firstArchive: { readonly key: string; readonly version: string };
  /** Whether its data is masked for another environment, or it gets masked data; null for neither. */
  readonly masking: "source" | "target" | null;
  /** Slack channel of the alarms; null for none. A person authorizes the workspace once for the account: see docs/systems/formula.md. */
  readonly chat: { readonly slackTeamId: string; readonly slackChannelId: string } | null;
  /**
   * People whom PagerDuty calls for a critical alarm, one after the other; null if nobody is paged. `minutes` is the time until
   * the next one is called.
   */
  readonly escalation: Escalation | null;
  /** Shield Advanced for the website, the load balancers and the hosted zone; null without. */
  readonly shield: { readonly acknowledgedCost: typeof ACKNOWLEDGED_COST } | null;
  /** Whether a task fills the database with generated data. Refused for environments with data of people. */
  readonly seeded: boolean;
  /** Domain of the names that lead to this region only, if it is not the environment's: that of a standby. */
  readonly regionalDomain?: string;
  /**
   * Whether the service answers requests of clients and changes data here. A change takes effect with the next deployment. People
   * declare by a command, and not here, which region DNS answers with.
   */
  readonly serving: boolean;
  readonly database: Databases;
  readonly standby: (Place & Peer) | null;
  readonly standbyFor: StandbyFor | null;
  /** Largest loss of data and time if the database has to be restored in its region; null without backups that people rely on. */
  readonly recoveryTargets: RecoveryTargets | null;
  readonly sizing: Sizing;
}

export type Escalation = readonly [...{ readonly who: string; readonly minutes: number }[], { readonly who: string }];

/** The data of an environment with one region and an empty database of its own. */
export const WITHOUT_STANDBY = {
  serving: true,
  database: { own: true, copies: null, restored: {}, inUse: "own" },
  standby: null,
  standbyFor: null,
} as const;

/** The network of the other region, which a peering connection leads to. */
export interface Peer {
  readonly cidr: string;
  readonly subnets: SubnetBlocks;
}

export interface StandbyFor extends Primary, Peer {
  /** Sizes while this environment serves clients. */
  readonly sizing: Pick<Sizing, "service" | "formula">;
}

interface Sizing {
  /** Retention of every log, except for flow logs: 90 days everywhere. */
  readonly logRetentionDays: 7 | 30;
  readonly logLevel: "debug" | "info";
  /** Whether X-Ray traces requests. */
  readonly tracing: boolean;
  readonly natGateways: "single" | "per-zone";
  /** Maximum of all clients. The throttling of the API and the scaling by requests follow from it. */
  readonly peakRequestsPerMinute: number;
  readonly threatProtection: "off" | "audit" | "enforced";
  /** Of each colour. */
  readonly service: ServiceSizing;
  readonly formula: FormulaSizing;
  readonly database: FormulaDatabaseSizing;
  /** Metrics of containers: `enhanced` adds those of each container. */
  readonly containerInsights: "enabled" | "enhanced";
  readonly website: WebsiteSizing;
  /** Thresholds of the alarms, or the reason for having none, which becomes a tag of the API. */
  readonly alarms: AlarmThresholds | { readonly none: string };
}

interface WebsiteSizing {
  /** Requests from one address in five minutes. Further requests are blocked. */
  readonly requestsPer5Minutes: number;
  /** What is measured from outside: browsers of users, and a canary; null for nothing. */
  readonly measurements: {
    /** Part of the sessions that CloudWatch RUM measures: 1 for all. */
    readonly sessionSampleRate: number;
    readonly canaryIntervalMinutes: number;
    /** Retention of the screenshots and logs of the canary's runs. */
    readonly canaryRetentionDays: number;
  } | null;
}

interface ServiceSizing {
  readonly cpu: 512 | 1024 | 2048;
  readonly memoryMiB: 1024 | 2048 | 4096;
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly scaling: {
    /** Average utilization above which tasks are added; null to ignore it. */
    readonly cpuPercent: number | null;
    readonly memoryPercent: number | null;
    /** Whether requests add tasks, so that the peak is served by the maximum of tasks. */
    readonly byRequests: boolean;
  };
}

interface FormulaSizing {
  readonly memoryMiB: number;
  readonly reservedConcurrency: number;
  /** Of the alias of each colour; null for none. */
  readonly provisionedConcurrency: { readonly min: number; readonly max: number } | null;
}

interface FormulaDatabaseSizing extends DatabaseSizing<7 | 14> {
  /** IOPS of an io2 volume; null for gp3. Throughput follows: 0.256 MiB/s for each. */
  readonly provisionedIops: number | null;
  /** Interval of the operating system's metrics; 0 for none. */
  readonly monitoringSeconds: 0 | 60;
}

/** Thresholds over five minutes. */
export interface AlarmThresholds {
  /** Part of the API's requests that it answers with 5xx. */
  readonly apiServerErrorPercent: { readonly warning: number; readonly critical: number };
  /** Minimum of the API's requests for the percentages: fewer count as this many, so that one error raises no alarm. */
  readonly minimumRequests: number;
  /** Requests of a colour above which it serves users: a smoke test sends fewer. */
  readonly servingRequests: number;
  /** 95th percentile. */
  readonly apiLatencyMilliseconds: number;
  /** 95th percentile of a formula's execution. */
  readonly formulaMilliseconds: number;
}
