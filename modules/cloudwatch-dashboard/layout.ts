/** Where the widgets of a dashboard lie on its grid of 24 columns. */

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLUMNS = 24;

/**
 * Places for a number of widgets of one size, row by row.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function gridPlaces(count: number, size = { width: 8, height: 6 }): Place[] {
  const perRow = Math.floor(COLUMNS / size.width);
  return Array.from({ length: count }, (_, i) => ({
    x: (i % perRow) * size.width,
    y: Math.floor(i / perRow) * size.height,
    ...size,
  }));
}
