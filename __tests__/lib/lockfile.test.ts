import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderTree, synthesize } from "../../lib/synthesize";
import { inCopy, init } from "../../lib/terraform";
import { writeTree } from "../../lib/write";
import { describeWithTerraform } from "../terraform-needed";
import { contentOf, newRoot } from "./support";
import { temporaryFolder, writeSample } from "./terraform/sample";

const LOCK = "environments/shop/dev/.terraform.lock.hcl";

describe("the lock file of a root", () => {
  const folder = temporaryFolder();
  const file = path.join(folder, LOCK);
  const synth = () => synthesize([newRoot()], folder);
  const pinned = contentOf(renderTree([newRoot()]), LOCK);

  test("pins the version that the root asks for, with checksums", () => {
    expect(pinned).toContain('provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"\n');
    expect(pinned.match(/"zh:[0-9a-f]{64}",/g)).toHaveLength(15);
    expect(pinned.match(/"h1:[\w+/]{43}=",/g)).toHaveLength(1);
  });

  test("stays as it is where Terraform has added a checksum to it", () => {
    synth();
    const added = pinned.replace("  hashes = [\n", '  hashes = [\n    "h1:of another platform",\n');
    writeFileSync(file, added);
    expect(synth().written).toEqual([]);
    expect(readFileSync(file, "utf8")).toBe(added);
  });

  test("is written anew where it pins another version", () => {
    writeFileSync(file, pinned.replace("5.100.0", "5.99.0"));
    expect(synth().written).toEqual([LOCK]);
    expect(readFileSync(file, "utf8")).toBe(pinned);
  });

  test("is made again where it was deleted, and goes with its root", () => {
    rmSync(file);
    expect(synth().written).toEqual([LOCK]);
    writeTree(folder, renderTree([]));
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});

describeWithTerraform("terraform init", (): void => {
  const folder = temporaryFolder();

  test("finds in the lock file what it would have written itself", async () => {
    writeSample(folder);
    const written = readFileSync(path.join(folder, "environments/orders/dev/.terraform.lock.hcl"), "utf8");
    const after = await inCopy(folder, "environments/orders/dev", async (copy) => {
      await init(copy, ["-backend=false"]);
      return readFileSync(path.join(copy.folder, ".terraform.lock.hcl"), "utf8");
    });
    expect(after).toBe(written);
  }, 60_000);
});
