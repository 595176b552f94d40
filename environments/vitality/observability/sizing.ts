/** How much of the requests is traced. People change it per environment. */

export interface ObservabilitySizing {
  /** Requests each second that are always traced. */
  readonly tracesPerSecond: number;
  /** Part of the further requests that is traced. */
  readonly traceRate: number;
}
