/** Uploads a saved plan to the plans bucket. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { readInput } from "../../common/input-file";
import type { Root } from "../../generator/root/root";
import { type Custody, custodyText, planKey } from "./custody";
import { PLAN_FILE } from "./keep";
import { PlansBucket } from "./plans-bucket";
import { sha256 } from "./tree-digest";

/**
 * Uploads plan.tfplan of a folder and writes its place into custody.json. A second run changes nothing.
 * @returns the SHA-256 of custody.json
 * @throws InputError if the plan is not the one that custody.json is about; Refusal if the bucket does not accept it
 */
export async function putPlan(root: Root, custodyFile: string, custody: Custody): Promise<string> {
  const planFile = path.join(path.dirname(custodyFile), PLAN_FILE);
  const plan = readInput(planFile, "the plan beside its custody.json");
  const got = sha256(plan);
  if (got !== custody.planSha256) {
    throw new InputError(planFile, [`got SHA-256 ${got}; allowed: ${custody.planSha256}, as ${custodyFile} says`]);
  }
  const bucket = new PlansBucket(root);
  const key = planKey(custody);
  const known = custody.object?.key === key ? custody.object.versionId : undefined;
  const versionId = (await bucket.put(key, plan)) ?? known;
  const object = { bucket: bucket.name, key, ...(versionId !== undefined && { versionId }) };
  const text = custodyText({ ...custody, object });
  writeFileSync(custodyFile, text, { mode: 0o600 });
  return sha256(text);
}
