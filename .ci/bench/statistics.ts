/** Statistics of repeated runs. */

export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Median, and the range of the values. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (lowest === undefined || highest === undefined || upper === undefined || lower === undefined) {
    throw new Error("summarize: got no values; allowed: one or more");
  }
  return { median: (lower + upper) / 2, lowest, highest };
}

/**
 * Ratio of two measurements. Values of the same round are divided, so that a computer that becomes
 * slower from round to round does not change the result.
 */
export function ratio(ones: readonly number[], others: readonly number[]): Summary {
  return summarize(paired(ones, others).map(([one, other]) => one / other));
}

/** Increase for each unit, if `more` has this number of units more than `less`. */
export function increase(more: readonly number[], less: readonly number[], units: number): Summary {
  return summarize(paired(more, less).map(([one, other]) => (one - other) / units));
}

function paired(ones: readonly number[], others: readonly number[]): [number, number][] {
  return ones.flatMap((one, round): [number, number][] => {
    const other = others[round];
    return other === undefined ? [] : [[one, other]];
  });
}
