/** Sizes of the website and of its measurements, which people change per environment. */

export interface FrontendSizing {
  /** Requests from one address in five minutes, to the website and its API together. Further requests are blocked. */
  readonly requestsPer5Minutes: number;
  /** Part of the sessions that CloudWatch RUM measures: 1 for all. */
  readonly sessionSampleRate: number;
  /** Limits for three of four visits. */
  readonly alarms: { readonly lcpMilliseconds: number; readonly inpMilliseconds: number; readonly cls: number };
  readonly canaryIntervalMinutes: number;
  /** Retention of the screenshots and logs of the canary's runs. */
  readonly canaryRetentionDays: number;
}
