/** What repeated runs say together. */

export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The middle value, and how far the others lie apart. */
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
 * How many times the other the one takes. Runs of one round are compared with each other, so that
 * a machine that grows slower from round to round does not change the answer.
 */
export function ratio(ones: readonly number[], others: readonly number[]): Summary {
  return summarize(paired(ones, others).map(([one, other]) => one / other));
}

/** What each unit adds where `more` has so many units more than `less`. */
export function increase(more: readonly number[], less: readonly number[], units: number): Summary {
  return summarize(paired(more, less).map(([one, other]) => (one - other) / units));
}

function paired(ones: readonly number[], others: readonly number[]): [number, number][] {
  return ones.flatMap((one, round): [number, number][] => {
    const other = others[round];
    return other === undefined ? [] : [[one, other]];
  });
}
