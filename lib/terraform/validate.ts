/** Terraform's own check of a root's configuration: types, references and the providers' schemas. */
import { init } from "./plan";
import { terraform } from "./run";
import { inCopy } from "./workplace";

/** @throws TerraformError with what is wrong. */
export function validate(treeFolder: string, rootPath: string): Promise<void> {
  return inCopy(treeFolder, rootPath, async (workplace) => {
    await init(workplace, ["-backend=false"]);
    await terraform(["validate", "-no-color"], workplace);
  });
}
