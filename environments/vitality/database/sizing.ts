/** Sizes of the database, which people change per environment. docs/systems/vitality/database.md says how. */
import type { AuroraThresholds } from "../../../modules/cloudwatch-alarms/catalogue";

export interface DatabaseSizing {
  /** Instances by letter. The first is the writer, until a failover makes another one the writer. */
  readonly instances: Readonly<Record<string, DatabaseInstance>>;
  /** Range of the serverless instances in ACUs of 2 GiB; null if no instance is serverless. */
  readonly capacity: Capacity | null;
  readonly readerScaling: { readonly maxReaders: number; readonly cpuPercent: number };
  readonly storage: "standard" | "io-optimized";
  readonly databaseInsightsMode: "standard" | "advanced";
  readonly monitoringSeconds: 1 | 5 | 10 | 15 | 30 | 60;
  readonly backupRetentionDays: 7 | 14 | 35;
  readonly alarms: AuroraThresholds;
}

interface DatabaseInstance {
  /** `db.serverless` if it is not given. */
  readonly instanceClass?: string;
  /** The reader with the lowest tier becomes the writer in a failover. */
  readonly promotionTier: number;
}

interface Capacity {
  /** With 0, an instance pauses after `secondsUntilPause` without connections. */
  readonly minAcus: number;
  readonly maxAcus: number;
  readonly secondsUntilPause?: number;
}
