import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { init, inOfflineCopy, inRoot, MissingProviders, TerraformError } from "../../../lib/terraform";
import { missingProviders } from "../../../lib/terraform/missing-providers";
import { describeWithTerraform } from "../../support/terraform-needed";
import { newRoot } from "../generator/support";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();
const other = temporaryFolder();
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
  const reported: string[] = [];

  beforeEach(() => {
    reported.length = 0;
    jest.spyOn(process.stderr, "write").mockImplementation((text) => reported.push(String(text)) > 0);
  });

  afterEach(() => jest.restoreAllMocks());

  test("continues without checksums, and reports the steps", async () => {
    writeTree(other, renderTree([newRoot()]));
    rmSync(path.join(other, root.address, ".terraform.lock.hcl"));
    await inOfflineCopy(other, root.address, (copy) => init(copy));
    expect(reported).toEqual([
      message.replaceAll("hashicorp/helm", "hashicorp/aws").replace("3.1.1", "5.100.0").concat("\n"),
    ]);
  }, 60_000);

  test("reports in one line which binaries cannot be had", async () => {
    const configuration = path.join(folder, "terraform.rc");
    writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`);
    const started = inOfflineCopy(folder, root.address, (workplace) =>
      init({ ...workplace, environment: { ...workplace.environment, TF_CLI_CONFIG_FILE: configuration } }),
    );
    await expect(started).rejects.toThrow(
      new MissingProviders(
        "shop/dev: not checked by Terraform: got no binary of hashicorp/helm 3.1.1; allowed: a folder " +
          "with it in TF_PLUGIN_MIRROR, or a network that reaches the registry",
      ),
    );
    expect(reported).toEqual([]);
  }, 60_000);
});

test("an init that fails for other reasons too keeps its message", () => {
  const pinned = { helm: { source: "registry.terraform.io/hashicorp/helm", version: "3.1.1" } };
  const missing =
    "Error: Failed to query available provider packages\n\nCould not retrieve the list for provider\nhashicorp/helm: no.";
  const message = (text: string) =>
    missingProviders("shop/dev", new TerraformError(`terraform init failed\n\n${text}`), pinned);
  expect(message(missing)?.message).toMatch(
    /^shop\/dev: not checked by Terraform: got no binary of hashicorp\/helm 3\.1\.1;/,
  );
  expect(message(`${missing}\n\nError: Unreadable module directory`)).toBeUndefined();
  expect(message("killed")).toBeUndefined();
});
