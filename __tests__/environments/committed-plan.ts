/** Plans of the committed roots. Several test files examine the same ones: the first to plan a root saves its plan, for which the others wait. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { digest, folder, keep, recall, sources } from "../../lib/cli/cache.cjs";
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
  const name = `plan-${root.replaceAll("/", "-")}`;
  const inputs = planInputs();
  const lock = path.join(folder, `${name}.lock`);
  while (true) {
    const saved = savedPlan(`${name}.json`, inputs);
    if (saved !== undefined) return saved;
    if (takes(lock)) break;
    await setTimeout(500);
  }
  try {
    const planned = await plannedRoot(TREE, root);
    keep(`${name}.json`, JSON.stringify({ inputs, ...planned }));
    return planned;
  } finally {
    rmSync(lock, { force: true });
  }
}

function savedPlan(file: string, inputs: string): Planned | undefined {
  const saved = SAVED.safeParse(JSON.parse(recall(file) ?? "null"));
  if (!saved.success || saved.data.inputs !== inputs) return undefined;
  const { resources, changes } = saved.data;
  return new Planned(
    resources.map(({ address, type, key, values }) => ({ address, type, key, values })),
    changes,
  );
}

/** Whether this process plans the root. The lock has the id of the process; that of a dead one holds nobody up. */
function takes(lock: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = Number(existsSync(lock) ? readFileSync(lock, "utf8") : "");
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Digest of what a plan follows from: the tree, the programs that make it, and what is installed. */
function planInputs(): string {
  const programs = ["lib", "__tests__/support"].flatMap((folder) => sources(path.join(PROJECT, folder)));
  return digest(findTerraform().version, ...[...readTree(TREE)].flat(), ...programs);
}
