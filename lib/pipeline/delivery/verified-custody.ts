/** Reads the custody.json that another job uploaded, and verifies its digest. */
import { readInput } from "../../common/input-file";
import { type Custody, custodyIn } from "./custody";
import { sha256 } from "./tree-digest";
import { digestProblems } from "./verify";

/**
 * @param digest SHA-256 of the file, from another source than the file
 * @returns the reason of a refusal if the file has another digest: the content of a changed file is not compared
 * @throws InputError if there is no such file, or it is no custody.json
 */
export function readVerifiedCustody(file: string, digest: string): Custody | { readonly refused: readonly string[] } {
  const content = readInput(file, "custody.json of the plan");
  const changed = digestProblems({ allowed: digest, got: sha256(content) });
  return changed.length > 0 ? { refused: changed } : custodyIn(file, content);
}
