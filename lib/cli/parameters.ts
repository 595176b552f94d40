/** The roots of the project as readers and publishers of SSM parameters. */
import { STAND_INS_FILE } from "../common/stand-ins-file";
import { composedRoots } from "../generator/synth/composition-root";
import type { Configurations } from "../judgement/configuration";
import type { OrderedRoot } from "../judgement/guardrails/parameter-order";
import { parametersOf } from "../judgement/guardrails/parameters";
import { withWaves } from "./parameter-waves";

/** Whether any module reads an SSM parameter: only then all roots are evaluated, also those that passed before. */
export function readsParameters(files: Iterable<readonly [path: string, content: string]>): boolean {
  for (const [path, content] of files)
    if (path.endsWith(`/${STAND_INS_FILE}`) && content.includes('"data.aws_ssm_parameter.')) return true;
  return false;
}

export function orderedRoots(configurations: Configurations): OrderedRoot[] {
  return withWaves(composedRoots().map(({ address }) => parametersOf(configurations.root(address))));
}
