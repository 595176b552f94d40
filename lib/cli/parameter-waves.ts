/** The waves in which the pipeline applies the readers and publishers of SSM parameters. */
import { composedRoots } from "../generator/synth/composition-root";
import type { OrderedRoot } from "../judgement/guardrails/parameter-order";
import type { RootParameters } from "../judgement/guardrails/parameters";

/** In the order of main.ts. */
export function withWaves(parameters: readonly RootParameters[]): OrderedRoot[] {
  const byRoot = new Map(parameters.map((root) => [root.path, root]));
  return composedRoots().flatMap(({ address, props }) => {
    const root = byRoot.get(address);
    return root === undefined ? [] : [{ ...root, wave: props.delivery?.wave }];
  });
}
