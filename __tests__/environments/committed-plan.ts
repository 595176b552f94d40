/** Plans of the committed roots. Several test files examine the same ones: the first to plan a root saves its plan for the others. */
import path from "node:path";
import { z } from "zod";
import { digest, keep, recall, sources } from "../../lib/cli/cache.cjs";
import { readTree } from "../../lib/judgement/configuration";
import { findTerraform } from "../../lib/terraform";
import { RESOURCE_CHANGE } from "../../lib/terraform/plan-json";
import { Planned, plannedRoot } from "../support/planned";

const PROJECT = path.resolve(__dirname, "../..");
const TREE = path.join(PROJECT, "terraform");

const SAVED = z.object({
  inputs: z.string(),
  resources: z.array(
    z.object({
      address: z.string(),
      type: z.string(),
      key: z.union([z.string(), z.number()]).optional(),
      values: z.record(z.string(), z.unknown()),
    }),
  ),
  changes: z.array(RESOURCE_CHANGE),
});

/** @param root its path below the tree: `environments/orders/dev` */
export async function committedPlan(root: string): Promise<Planned> {
  const file = `plan-${root.replaceAll("/", "-")}.json`;
  const inputs = planInputs();
  const saved = SAVED.safeParse(JSON.parse(recall(file) ?? "null"));
  if (saved.success && saved.data.inputs === inputs) {
    const { resources, changes } = saved.data;
    return new Planned(
      resources.map(({ address, type, key, values }) => ({ address, type, key, values })),
      changes,
    );
  }
  const planned = await plannedRoot(TREE, root);
  keep(file, JSON.stringify({ inputs, ...planned }));
  return planned;
}

/** Digest of what a plan follows from: the tree, the programs that make it, and what is installed. */
function planInputs(): string {
  const programs = ["lib", "__tests__/support"].flatMap((folder) => sources(path.join(PROJECT, folder)));
  return digest(findTerraform().version, ...[...readTree(TREE)].flat(), ...programs);
}
