import type { RunbookNames } from "../common/runbook-steps";

/** Names in the steps of Formula's runbook. `domain` is the name of the API. */
export interface FormulaRunbook extends RunbookNames {
  readonly zoneId: string;
  /** Alarm of the switch, and namespace of its metric. */
  readonly failoverMetric: string;
}

/** Command that turns the switch: 1 declares the failover, 0 ends it. */
export function declare({ here, failoverMetric }: FormulaRunbook, value: 0 | 1): string {
  return `aws cloudwatch put-metric-data --region ${here.region} --namespace ${failoverMetric} --metric-name Declared --value ${value}`;
}

/** Command that shows the switch: `ALARM` while the failover is declared. */
export function showSwitch({ here, failoverMetric }: FormulaRunbook): string {
  return `aws cloudwatch describe-alarms --region ${here.region} --alarm-names ${failoverMetric} --query MetricAlarms[].StateValue --output text`;
}
