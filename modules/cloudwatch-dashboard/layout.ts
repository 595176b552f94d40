/** Positions of the widgets of a dashboard on its grid of 24 columns. */
import type { Value } from "../../lib";

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLUMNS = 24;

/** All graphs have the same size: three in each row. */
const SIZE = { width: 8, height: 6 } as const;

/**
 * The widgets with their positions, row by row.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function onGrid<W>(widgets: readonly W[]): (W & Place)[] {
  return inRows(widgets, SIZE);
}

function inRows<W>(widgets: readonly W[], size: { readonly width: number; readonly height: number }, top = 0) {
  const perRow = COLUMNS / size.width;
  return widgets.map((widget, i) => ({
    ...widget,
    x: (i % perRow) * size.width,
    y: top + Math.floor(i / perRow) * size.height,
    ...size,
  }));
}

export interface Graph {
  readonly title: string;
  /** Region of the metrics, if it is not that of the page. */
  readonly region?: string;
  readonly statistic: string;
  readonly metrics: readonly {
    readonly label: string;
    readonly namespace: Value<string>;
    readonly metricName: Value<string>;
    readonly dimensions: Value<Record<string, string>>;
  }[];
}

/** The percentage of one metric in another, which includes it. */
export interface Rate {
  readonly title: string;
  readonly partMetricName: string;
  readonly totalMetricName: string;
  readonly metrics: readonly {
    readonly label: string;
    readonly namespace: string;
    readonly dimensions: Value<Record<string, string>>;
  }[];
}

/** A part of a page: a text, and below it widgets of each kind. */
export interface Section {
  readonly text: Value<string>;
  /** Lines of the grid that the text fills. */
  readonly textHeight?: number;
  readonly alarms?: readonly { readonly title: string; readonly alarmArns: Value<string[]> }[];
  readonly graphs?: readonly Graph[];
  readonly rates?: readonly Rate[];
  readonly searches?: readonly {
    readonly title: string;
    readonly statistic: string;
    readonly namespace: Value<string>;
  }[];
  readonly logTables?: readonly {
    readonly title: string;
    readonly logGroupNames: readonly Value<string>[];
    readonly query: string;
  }[];
}

/** Alarms fill a row, and so do two tables. */
const ALARMS = { width: 24, height: 3 } as const;
const TABLE = { width: 12, height: 7 } as const;

/** The sections below each other, as inputs of the module. */
export function page(sections: readonly Section[]) {
  let top = 0;
  const below = <W extends Place>(widgets: readonly W[]): readonly W[] => {
    top = Math.max(top, ...widgets.map(({ y, height }) => y + height));
    return widgets;
  };
  const placed = sections.map(
    ({ text, textHeight = 1, alarms = [], graphs = [], rates = [], searches = [], logTables = [] }) => ({
      texts: below(inRows([{ markdown: text }], { width: COLUMNS, height: textHeight }, top)),
      alarms: below(inRows(alarms, ALARMS, top)),
      widgets: below(inRows(graphs, SIZE, top)),
      rates: below(inRows(rates, SIZE, top)),
      searches: below(inRows(searches, SIZE, top)),
      logTables: below(inRows(logTables, TABLE, top)),
    }),
  );
  const rates = placed.flatMap((section) => section.rates);
  return {
    texts: placed.flatMap(({ texts }) => texts),
    alarms: placed.flatMap(({ alarms }) => alarms),
    widgets: placed.flatMap(({ widgets }) => widgets),
    ...(rates.length > 0 && { rates }),
    searches: placed.flatMap(({ searches }) => searches),
    logTables: placed.flatMap(({ logTables }) => logTables),
  };
}
