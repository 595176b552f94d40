/** custody.json as another job handed it over. */
import { readInput } from "../../common/input-file";
import { type Custody, custodyIn } from "./custody";
import { sha256 } from "./tree-digest";
import { digestProblems } from "./verify";

/**
 * @param digest SHA-256 of the file, told on another way than the file
 * @returns why the file is refused where it has another digest: what a changed file says is nothing to compare with
 * @throws InputError where there is no such file, or it is none of ours
 */
export function readHandedOver(file: string, digest: string): Custody | { readonly refused: readonly string[] } {
  const content = readInput(file, "custody.json of the plan");
  const changed = digestProblems({ allowed: digest, got: sha256(content) });
  return changed.length > 0 ? { refused: changed } : custodyIn(file, content);
}
