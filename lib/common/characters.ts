/** Length and equality of text by Terraform's definitions. */

/** Created on the first text that is not ASCII, because creating it takes as long as evaluating a root. */
let segmenter: Intl.Segmenter | undefined;

/** Grapheme clusters, the units of Terraform's `length` and `substr`. */
export function characters(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment).flatMap((segment) => segment.split(CONJUNCT));
}

/**
 * Positions at which Terraform splits a cluster of Node.js: since Unicode 15.1, an Indic conjunct is one cluster.
 * @see https://www.unicode.org/reports/tr29/#GB9c
 */
const CONJUNCT = /(?<=[\p{M}\u200d])(?=\p{Lo})/u;
