/** What the real Terraform makes of expressions, all in one run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { inCopy, init, planJson } from "../../../../lib/terraform";

const PLAN = z.object({ planned_values: z.object({ outputs: z.record(z.string(), z.object({ value: z.string() })) }) });

/** No expression has this value. */
export const FAILED = "Terraform refuses it";

/** The value of each expression, or {@link FAILED}, in order. */
export async function terraformValues(expressions: readonly string[], locals: object): Promise<unknown[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "hcl-"));
  try {
    const output = expressions.map((expression, i): [string, { value: string }] => [
      `e${i}`,
      { value: `\${try(jsonencode(${expression}\n), jsonencode("${FAILED}"))}` },
    ]);
    mkdirSync(path.join(folder, "root"));
    const content = { locals, output: Object.fromEntries(output) };
    writeFileSync(path.join(folder, "root", "main.tf.json"), JSON.stringify(content, null, 1));
    const plan = await inCopy(folder, "root", async (workplace) => {
      await init(workplace);
      return PLAN.parse(JSON.parse(await planJson(workplace)));
    });
    return output.map(([name]) => JSON.parse(plan.planned_values.outputs[name]?.value ?? "null"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
