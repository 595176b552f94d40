/** Differences that the environments' data declares, each with a reason. */

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
  /** Where it is written: `environments/shop/dev.ts, differences[0].at`. */
  readonly place: string;
}

/** What differs in more than sizing and identity. */
export interface Differing {
  /** Modules, inputs and blocks of roots: what people write. */
  readonly written: readonly Contrast[];
  /** Rules and statements: what a call makes of its inputs. */
  readonly security: readonly Contrast[];
}

/**
 * Finds the declarations of each difference. A rule or statement is declared with its call, or with any input of it that
 * differs: each input that leads to it has to be declared as well. @throws InputError for each declaration of nothing
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
  return [`${got}, where the environments differ in no more than sizing and identity; allowed: a place where they do`];
}
