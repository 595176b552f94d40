/** Declared differences of environments, each with a reason. */

import { InputError } from "../../common/errors";
import type { Difference } from "../../generator/root/root-props";
import { callIds, inputNames } from "./calls";
import type { Contrast } from "./compare";
import type { Environment } from "./environment";
import { callAndInput, isAtOrBelow } from "./places";
import { ROOT_BLOCKS } from "./root-blocks";

export interface Declaration extends Difference {
  /** The environment that declares it. */
  readonly environment: string;
}

interface Stated extends Declaration {
  /** Place of the declaration: `environments/shop/dev.ts, differences[0].at`. */
  readonly place: string;
}

/** Differences other than sizing and identity. */
export interface Differing {
  /** In modules, inputs and blocks of roots. */
  readonly written: readonly Contrast[];
  /** In rules and statements that the calls create. */
  readonly security: readonly Contrast[];
}

/**
 * Finds the declarations of each difference. A rule or statement is declared by its call, or by any declared input of the
 * call: each input that causes the difference has to be declared as well. @throws InputError for declarations without a
 * difference
 */
export function declarationsOf(
  system: string,
  environments: readonly Environment[],
  { written, security }: Differing,
): (contrast: Contrast) => Declaration[] {
  const stated = environments.flatMap(statedBy);
  const problems = stated.flatMap((one) => problemOf(one, environments, { written, security }));
  if (problems.length > 0) throw new InputError(`${system}: bad declared differences`, problems);
  return (contrast) =>
    stated
      .filter(({ at }) => {
        const [call, input] = callAndInput(at);
        if (security.includes(contrast)) return isAtOrBelow(contrast.place, input === undefined ? at : call);
        return isAtOrBelow(contrast.place, at);
      })
      .map(({ environment, at, reason }) => ({ environment, at, reason }));
}

function statedBy({ name, root }: Environment): Stated[] {
  return (root.props.differences ?? []).map((difference, i) => ({
    ...difference,
    environment: name,
    place: `${root.props.source}, differences[${i}].at`,
  }));
}

function problemOf({ place, at }: Stated, environments: readonly Environment[], differing: Differing): string[] {
  const [call, input] = callAndInput(at);
  const calls = callIds(environments);
  const isBlock = ROOT_BLOCKS.some((block) => block === call);
  const got = `${place}: got "${at}"`;
  if (!calls.includes(call) && !isBlock) {
    return [`${got}, a call that no environment has; allowed: ${[...calls, ...ROOT_BLOCKS].join(", ")}`];
  }
  const inputs = inputNames(environments, call);
  if (!isBlock && input !== undefined && !inputs.includes(input)) {
    return [`${got}, an input that ${call} has in no environment; allowed: ${inputs.join(", ")}`];
  }
  const covered = input === undefined ? [...differing.written, ...differing.security] : differing.written;
  if (covered.some((contrast) => isAtOrBelow(contrast.place, at))) return [];
  return [
    `${got}, where the environments differ only in sizing and identity; allowed: a place with another difference`,
  ];
}
