import { writeFileSync } from "node:fs";
import path from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { init, inRoot, TerraformError } from "../../../lib/terraform";
import { describeWithTerraform } from "../../support/terraform-needed";
import { newRoot } from "../generator/support";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();
const root = newRoot();
root.provider(HelmProvider, {});
const message =
  "shop/dev/.terraform.lock.hcl: provider registry.terraform.io/hashicorp/helm: got no checksums; allowed: those of 3.1.1; " +
  "run in the root's folder: terraform providers lock -platform=linux_amd64 -platform=darwin_arm64; then copy " +
  ".terraform.lock.hcl to a folder of the project, name the copy in providers.lockFiles of main.ts, and run groundplan synth";

beforeAll(() => {
  writeTree(folder, renderTree([root]));
});

test("an apply needs checksums of every provider, and the message lists the steps", async () => {
  const started = inRoot(folder, root.address, (workplace) => init(workplace, ["-lockfile=readonly"]));
  await expect(started).rejects.toThrow(message.replace("hcl: ", "hcl\n  "));
});

describeWithTerraform("a plan or a validation", () => {
  test("continues without checksums, and reports the steps", async () => {
    const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const configuration = path.join(folder, "terraform.rc");
      writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`);
      const started = inRoot(folder, root.address, (workplace) =>
        init({ ...workplace, environment: { ...workplace.environment, TF_CLI_CONFIG_FILE: configuration } }),
      );
      await expect(started).rejects.toThrow(TerraformError);
      expect(written.mock.calls.map(([text]) => text)).toContain(`${message}\n`);
    } finally {
      written.mockRestore();
    }
  }, 60_000);
});
