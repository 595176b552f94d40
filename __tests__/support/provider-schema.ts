/** The schema of the AWS provider as Terraform prints it, saved for all tests that compare a table with it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { writeTree } from "../../lib/generator/synth/write";
import { inOfflineCopy } from "../../lib/terraform";
import { terraform } from "../../lib/terraform/run";
import { newRoot } from "../lib/generator/support";
import { PINNED_AWS } from "./pinned";
import { withVerifiedProvider } from "./verified-provider";

const saved = path.resolve(__dirname, `../../node_modules/.cache/aws-${PINNED_AWS.aws.version}-schema.json`);

/** The schema as JSON. Test files that run at the same time each save the same text. */
export async function providerSchema(): Promise<string> {
  if (existsSync(saved)) return readFileSync(saved, "utf8");
  mkdirSync(path.dirname(saved), { recursive: true });
  const folder = mkdtempSync(`${saved}-`);
  try {
    const root = newRoot();
    writeTree(folder, renderTree([root]));
    const schema = await inOfflineCopy(folder, root.address, async (copy) =>
      terraform(["providers", "schema", "-json"], await withVerifiedProvider(copy)),
    );
    const own = path.join(folder, "schema.json");
    writeFileSync(own, schema);
    renameSync(own, saved);
    return schema;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
