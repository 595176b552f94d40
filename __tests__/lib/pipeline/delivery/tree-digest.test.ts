import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { RootFiles } from "../../../../lib/pipeline/delivery/root-files";
import { digestOf, treeDigest } from "../../../../lib/pipeline/delivery/tree-digest";
import { temporaryFolder, writeSample } from "../../terraform/sample";

const folder = temporaryFolder();
writeSample(folder);
const root = "environments/orders/dev";
const elsewhere = temporaryFolder();
const files = new RootFiles(folder).filesOf(root);

test("any byte of any file that Terraform reads changes the digest", () => {
  const before = treeDigest(folder, root);
  const byte = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(byte, ([name, position, by]) => {
      const file = path.join(folder, name);
      const content = readFileSync(file);
      const changed = Buffer.from(content);
      const at = position % content.length;
      changed[at] = (content[at] ?? 0) ^ by;
      writeFileSync(file, changed);
      // A changed byte of main.tf.json may break the JSON that the calls are read from: an error is no match either.
      const after = digestOrError(folder);
      writeFileSync(file, content);
      expect(after).not.toBe(before);
    }),
    { numRuns: 200 },
  );
  expect(treeDigest(folder, root)).toBe(before);
});

test("neither the place of the tree nor the order of its files changes the digest", () => {
  const copy = path.join(elsewhere, "copy");
  cpSync(folder, copy, { recursive: true });
  expect(treeDigest(copy, root)).toBe(treeDigest(folder, root));
  const digests = fc.dictionary(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/));
  fc.assert(
    fc.property(digests, fc.infiniteStream(fc.nat()), (some, stream) => {
      const entries = Object.entries(some);
      const shuffled = entries.map((entry) => ({ entry, by: stream.next().value })).sort((a, b) => a.by - b.by);
      expect(digestOf(new Map(shuffled.map(({ entry }) => entry)))).toBe(digestOf(new Map(entries)));
    }),
  );
});

test("no two sets of files share a digest, whatever their names", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "\n", " ", "0"), minLength: 1, maxLength: 4 });
  const digests = fc.dictionary(name, fc.constantFrom("0".repeat(64), "1".repeat(64)), { maxKeys: 3 });
  const sorted = (some: Record<string, string>) => JSON.stringify(Object.entries(some).sort());
  fc.assert(
    fc.property(digests, digests, (one, other) => {
      const same = digestOf(new Map(Object.entries(one))) === digestOf(new Map(Object.entries(other)));
      expect(same).toBe(sorted(one) === sorted(other));
    }),
  );
});

test("sha256sum computes the same digest", () => {
  const sums = spawnSync("sha256sum", ["--zero", ...files], { cwd: folder });
  const { stdout } = spawnSync("sha256sum", { input: sums.stdout, encoding: "utf8" });
  expect(stdout.slice(0, 64)).toBe(treeDigest(folder, root));
});

function digestOrError(tree: string): string {
  try {
    return treeDigest(tree, root);
  } catch (error) {
    return String(error);
  }
}
