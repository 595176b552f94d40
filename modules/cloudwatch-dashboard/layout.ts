/** Positions of the widgets of a dashboard on its grid of 24 columns. */

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLUMNS = 24;

/** All widgets have the same size: three in each row. */
const SIZE = { width: 8, height: 6 } as const;

/**
 * The widgets with their positions, row by row.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function onGrid<W>(widgets: readonly W[]): (W & Place)[] {
  const perRow = COLUMNS / SIZE.width;
  return widgets.map((widget, i) => ({
    ...widget,
    x: (i % perRow) * SIZE.width,
    y: Math.floor(i / perRow) * SIZE.height,
    ...SIZE,
  }));
}
