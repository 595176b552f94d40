/** What earlier runs found of roots that passed, by the digest of all that it follows from. */
import { z } from "zod";
import type { RootParameters } from "../judgement/guardrails/parameters";
import { keep, recall } from "./cache.cjs";

const NAME = "passed-roots";
const PASSED = z.record(
  z.string(),
  z.object({
    path: z.string(),
    published: z.array(z.string()),
    read: z.array(z.object({ address: z.string(), name: z.string(), key: z.string().nullable() })),
  }),
);

export function passedRoots(): Readonly<Record<string, RootParameters>> {
  try {
    return PASSED.parse(JSON.parse(recall(NAME) ?? "{}"));
  } catch {
    return {}; // Another version wrote it.
  }
}

/** @param digests of the roots to keep, by their folders */
export function keepPassed(roots: readonly RootParameters[], digests: ReadonlyMap<string, string>): void {
  const kept = roots.flatMap((root) => {
    const own = digests.get(root.path);
    return own === undefined ? [] : [[own, root] as const];
  });
  keep(NAME, JSON.stringify(Object.fromEntries(kept)));
}
