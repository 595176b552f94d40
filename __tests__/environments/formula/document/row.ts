/** Rows of the table that holds Formula's document against the tree: docs/formula-document.md. */

/**
 * An argument of a resource, without `module.` in its address, or an input of a call; the root is an environment, or a path. The
 * value is a literal, or the attribute of a resource: `alerts.aws_sns_topic.this.arn`; null if it is not set.
 */
export type Value = readonly [root: string, address: string, path: string, value: string | number | boolean | null];

/**
 * Where a row is fulfilled: a value of the tree; `<environment>/<call>`; a page, a workflow, a source or a test; a guardrail.
 * `no:<root>` is the absence of a root, `no:<root> <address>` that of resources whose addresses begin so.
 */
export type Place = string | Value;

export interface Row {
  /** Sections of the document, without zeros at the end: `3.2.1.2`; `5.2.1.1-3` for three of them. */
  readonly sections: string;
  /** The number or rule, in our words. */
  readonly says: string;
  readonly places: readonly Place[];
  /** Why the tree has something else. */
  readonly why?: string;
}

/** A number or rule that the tree fulfils. */
export function holds(sections: string, says: string, ...places: readonly [Place, ...Place[]]): Row {
  return { sections, says, places };
}

/** A number or rule that the tree does not fulfil as it is written. The places are what is built. */
export function differs(sections: string, says: string, why: string, ...places: readonly Place[]): Row {
  return { sections, says, places, why };
}

/** Names, purposes and reasons, which ask for nothing. */
export function names(sections: string, says: string): Row {
  return { sections, says, places: [] };
}

export type Kind = "holds" | "differs" | "asks for nothing";

export function kindOf({ places, why }: Row): Kind {
  if (why !== undefined) return "differs";
  return places.length > 0 ? "holds" : "asks for nothing";
}

/** Each section of a row: `5.2.1.1-3` is `5.2.1.1`, `5.2.1.2` and `5.2.1.3`. */
export function sectionsOf(text: string): string[] {
  return text.split(" ").flatMap((one) => {
    const [, before = "", first = "", last] = /^(.*?)(\d+)(?:-(\d+))?$/.exec(one) ?? [];
    if (last === undefined) return [one];
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, i) => `${before}${Number(first) + i}`);
  });
}
