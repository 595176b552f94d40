/** Sizes of the API, which people change per environment. */
import type { WebServiceThresholds } from "../../../modules/cloudwatch-alarms/catalogue";

export interface ApiSizing {
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096;
  readonly memoryMiB: number;
  readonly minInstances: number;
  /** More than the minimum: an alarm starts if all of them run. */
  readonly maxInstances: number;
  readonly alarms: WebServiceThresholds;
}
