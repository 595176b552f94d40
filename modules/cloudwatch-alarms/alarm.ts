/** Alarms as plain data for the module's inputs. */
import { badArgument, type Value } from "../../lib";

interface Evaluated {
  /** The event, as the notification describes it. */
  readonly description: string;
  /** What to look at first. */
  readonly runbook?: string;
  readonly severity?: "Critical" | "High" | "Warning";
  readonly namespace: Value<string>;
  readonly periodSeconds?: 60 | 300 | 900 | 86_400;
  readonly evaluationPeriods?: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: "breaching" | "notBreaching" | "ignore" | "missing";
}

type Dimensions = Readonly<Record<string, Value<string>>>;

interface OnMetric extends Evaluated {
  readonly metricName: Value<string>;
  readonly statistic: string;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
}

export interface Alarm extends OnMetric {
  readonly dimensions: Dimensions;
}

/** An alarm that each member of a group has, such as each instance of a cluster. */
export interface MemberAlarm extends OnMetric {
  /** Dimension whose value identifies the member. */
  readonly memberDimension: string;
}

export interface RateAlarm extends Evaluated {
  readonly dimensions: Dimensions;
  readonly partMetricName: string;
  readonly totalMetricName: string;
  readonly partIs?: "within-total" | "beside-total";
  readonly minimumTotal?: number;
  readonly statistic?: "Sum" | "Average";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly thresholdPercent: number;
}

export interface AnomalyAlarm extends Evaluated {
  readonly dimensions: Dimensions;
  readonly metricName: string;
  readonly statistic: string;
  readonly comparison:
    | "GreaterThanUpperThreshold"
    | "LessThanLowerThreshold"
    | "LessThanLowerOrGreaterThanUpperThreshold";
  /** Width of the normal range, in standard deviations. */
  readonly bandWidth: number;
}

/** The alarms of a group, and its members by name with their identifiers. */
interface GroupSet {
  readonly memberAlarms?: Readonly<Record<string, MemberAlarm>>;
  readonly members?: Value<Readonly<Record<string, string>>>;
}

/** The inputs of a call, except its name and topic. */
export interface AlarmSet extends GroupSet {
  readonly alarms?: Readonly<Record<string, Alarm>>;
  readonly rateAlarms?: Readonly<Record<string, RateAlarm>>;
  readonly anomalyAlarms?: Readonly<Record<string, AnomalyAlarm>>;
}

/** For lasting problems: three periods in a row. */
export const LASTING = { evaluationPeriods: 3, datapointsToAlarm: 3 } as const;

/** Merges several sets of alarms for one call. @throws if two alarms have the same name, or two sets have members. */
export function together(...sets: readonly AlarmSet[]): Required<Omit<AlarmSet, keyof GroupSet>> & GroupSet {
  const names = sets.flatMap(({ alarms = {}, rateAlarms = {}, anomalyAlarms = {} }) =>
    [alarms, rateAlarms, anomalyAlarms].flatMap((kind) => Object.keys(kind)),
  );
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) {
    throw badArgument(`alarms: got ${[...new Set(twice)].join(", ")} twice; allowed: a different name for each`);
  }
  const groups = sets.filter(({ members }) => members !== undefined);
  if (groups.length > 1) throw badArgument(`alarms: got ${groups.length} groups of members; allowed: one`);
  return {
    ...groups.map(({ memberAlarms, members }) => ({ memberAlarms, members }))[0],
    alarms: merged(sets.map(({ alarms }) => alarms)),
    rateAlarms: merged(sets.map(({ rateAlarms }) => rateAlarms)),
    anomalyAlarms: merged(sets.map(({ anomalyAlarms }) => anomalyAlarms)),
  };
}

function merged<A>(kind: readonly (Readonly<Record<string, A>> | undefined)[]): Record<string, A> {
  return Object.fromEntries(kind.flatMap((alarms = {}) => Object.entries(alarms)));
}
