import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lockProblems } from "../../../../lib/generator/root/dependency-lock";
import { renderTree, synthesize } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { inCopy, init, inRoot } from "../../../../lib/terraform";
import { PINNED_AWS } from "../../../support/pinned";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder, writeSample } from "../../terraform/sample";
import { contentOf, newRoot } from "../support";

const LOCK = "environments/shop/dev/.terraform.lock.hcl";

describe("the lock file of a root", () => {
  const folder = temporaryFolder();
  const file = path.join(folder, LOCK);
  const synth = () => synthesize([newRoot()], folder);
  const pinned = contentOf(renderTree([newRoot()]), LOCK);

  test("pins the version of the root, with checksums", () => {
    expect(pinned).toContain('provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"\n');
    expect(pinned.match(/"zh:[0-9a-f]{64}",/g)).toHaveLength(15);
    expect(pinned.match(/"h1:[\w+/]{43}=",/g)).toHaveLength(1);
  });

  test("is not written again if it agrees with the source", () => {
    synth();
    expect(synth().written).toEqual([]);
  });

  const hash = (text: string) => text.replace("  hashes = [\n", '  hashes = [\n    "h1:of another package",\n');

  test("is written again if it has an unknown hash", () => {
    writeFileSync(file, hash(pinned));
    expect(synth().written).toEqual([LOCK]);
    expect(readFileSync(file, "utf8")).toBe(pinned);
  });

  const REMEDY = "; run groundplan synth, which writes the known versions and hashes";
  const aws = "provider registry.terraform.io/hashicorp/aws";
  const [first = ""] = /"(?:h1|zh):[^"]*"/.exec(pinned) ?? [];

  test.each<[string, string, string]>([
    ["a hash more", hash(pinned), `${aws}: got the hash h1:of another package; allowed: the known ones of 5.100.0`],
    [
      "a hash less",
      pinned.replace(`    ${first},\n`, ""),
      `${aws}: got no ${first.slice(1, -1)}; allowed: all known hashes of 5.100.0`,
    ],
    ["another version", pinned.replace("5.100.0", "5.99.0"), `${aws}: got version 5.99.0; allowed: 5.100.0`],
    [
      "another provider",
      `${pinned}\nprovider "registry.terraform.io/evil/aws" {\n  version = "1.0.0"\n}\n`,
      "provider registry.terraform.io/evil/aws: got a provider that the root does not pin; allowed: registry.terraform.io/hashicorp/aws",
    ],
    [
      "hashes in another place",
      pinned.replace("  hashes = [", '  hashes = ["h1:of another package"]\n  hashes = ['),
      'got the line "hashes = [\\"h1:of another package\\"]"; allowed: lines that terraform init writes',
    ],
    ["nothing", "", `${aws}: got nothing; allowed: 5.100.0`],
  ])("is refused with %s", (_what, text, problem) => {
    expect(lockProblems(text, PINNED_AWS, [], true)).toEqual([`${problem}${REMEDY}`]);
  });

  test("is accepted after synth", () => {
    expect(lockProblems(pinned, PINNED_AWS, [], true)).toEqual([]);
  });

  test("stops every command that would download its providers", async () => {
    writeFileSync(file, hash(pinned));
    const started = inRoot(folder, "environments/shop/dev", (workplace) => init(workplace));
    await expect(started).rejects.toThrow(`shop/dev/.terraform.lock.hcl\n  ${aws}: got the hash h1:of another package`);
  });

  test("is written again if it pins another version", () => {
    writeFileSync(file, pinned.replace("5.100.0", "5.99.0"));
    expect(synth().written).toEqual([LOCK]);
    expect(readFileSync(file, "utf8")).toBe(pinned);
  });

  test("is restored after a deletion, and removed with its root", () => {
    rmSync(file);
    expect(synth().written).toEqual([LOCK]);
    writeTree(folder, renderTree([]));
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});

describeWithTerraform("terraform init", (): void => {
  const folder = temporaryFolder();

  test("writes the same lock file", async () => {
    writeSample(folder);
    const written = readFileSync(path.join(folder, "environments/orders/dev/.terraform.lock.hcl"), "utf8");
    const after = await inCopy(folder, "environments/orders/dev", async (copy) => {
      await init(copy, ["-backend=false"]);
      return readFileSync(path.join(copy.folder, ".terraform.lock.hcl"), "utf8");
    });
    expect(after).toBe(written);
  }, 60_000);
});
