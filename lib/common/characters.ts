/** Text as Terraform counts and compares it. */

/** Created for the first text that is not ASCII, because this takes as long as evaluating a root. */
let segmenter: Intl.Segmenter | undefined;

/** Grapheme clusters, by which Terraform counts and cuts text. */
export function characters(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment).flatMap((segment) => segment.split(CONJUNCT));
}

/**
 * Where Terraform divides a cluster of Node.js: since Unicode 15.1, the consonants of an Indic conjunct are one cluster.
 * @see https://www.unicode.org/reports/tr29/#GB9c
 */
const CONJUNCT = /(?<=[\p{M}\u200d])(?=\p{Lo})/u;
