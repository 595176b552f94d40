import fc from "fast-check";
import { affects, changedFiles, removedRoots } from "../../../../lib/pipeline/delivery/affected";
import { digestOf, sha256 } from "../../../../lib/pipeline/delivery/tree-digest";
import { reachable } from "../../../../lib/terraform";

/** A tree in memory: folders with what they call and what else stands in them; one that is not there is undefined. */
type Folders = Readonly<
  Record<string, { readonly calls: readonly string[]; readonly text: string; readonly page: string } | undefined>
>;

const MODULES = ["modules/a", "modules/b", "modules/c", "modules/d"];
const ROOTS = ["environments/shop/dev", "environments/shop/prod", "accounts/shop"];

const folder = fc.record({
  calls: fc.subarray(MODULES),
  text: fc.constantFrom("one", "two"),
  page: fc.constantFrom("for people", "for other people"),
});
const modules = fc.record(Object.fromEntries(MODULES.map((name) => [name, folder])));
const roots = fc.record(Object.fromEntries(ROOTS.map((name) => [name, folder])), { requiredKeys: [] });
const tree: fc.Arbitrary<Folders> = fc.tuple(modules, roots).map(([some, others]) => ({ ...some, ...others }));

/** Two trees of which the second is often the first but for a folder. */
const change = fc.oneof(
  fc.tuple(tree, tree),
  fc
    .tuple(tree, fc.constantFrom(...MODULES, ...ROOTS), folder)
    .map(([base, name, other]): [Folders, Folders] => [base, { ...base, [name]: other }]),
);

function blobs(folders: Folders): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(folders).flatMap(([name, content]): [string, string][] =>
      content === undefined
        ? []
        : [
            [`${name}/main.tf.json`, sha256(JSON.stringify(content.calls))],
            [`${name}/${content.text}.tf.json`, sha256(content.text)],
            [`${name}/README.md`, sha256(content.page)],
          ],
    ),
  );
}

const foldersOf = (folders: Folders, root: string) => reachable(root, (name) => folders[name]?.calls ?? []);

function digest(folders: Folders, root: string): string | undefined {
  if (folders[root] === undefined) return undefined;
  const own = [...foldersOf(folders, root)];
  const read = [...blobs(folders)].filter(
    ([file]) => !file.endsWith(".md") && own.some((name) => file.startsWith(`${name}/`)),
  );
  return digestOf(new Map(read));
}

test("a root is affected exactly if the digest of its files differs", () => {
  fc.assert(
    fc.property(change, ([base, now]) => {
      const changed = changedFiles(blobs(base), blobs(now));
      for (const root of ROOTS.filter((name) => now[name] !== undefined)) {
        expect(affects(changed, foldersOf(now, root))).toBe(digest(base, root) !== digest(now, root));
      }
    }),
    { numRuns: 500 },
  );
});

test("documentation, states and caches do not change the digest", () => {
  const files = ["README.md", "RUNBOOK.md", "terraform.tfstate", "terraform.tfstate.backup", ".terraform/modules.json"];
  const now = new Map(files.map((name) => [`environments/shop/dev/${name}`, "1"]));
  expect(changedFiles(new Map(), now)).toEqual([]);
});

test("a file counts if it is added, removed or changed", () => {
  const base = new Map([
    ["a/main.tf.json", "1"],
    ["b/main.tf.json", "1"],
    ["c/.terraform.lock.hcl", "1"],
  ]);
  const now = new Map([
    ["a/main.tf.json", "1"],
    ["c/.terraform.lock.hcl", "2"],
    ["d/main.tf.json", "1"],
  ]);
  expect(changedFiles(base, now)).toEqual(["b/main.tf.json", "c/.terraform.lock.hcl", "d/main.tf.json"]);
});

test("a folder whose name begins like another one is another one", () => {
  expect(affects(["modules/s3-access-logs/main.tf.json"], new Set(["modules/s3"]))).toBe(false);
});

test("removed roots are those of the old manifest that the new one does not have", () => {
  const manifest = JSON.stringify({
    stacks: { a: { workingDirectory: "environments/shop/old" }, b: { workingDirectory: "environments/shop/dev" } },
  });
  expect(removedRoots(manifest, ["environments/shop/dev"])).toEqual(["environments/shop/old"]);
  expect(removedRoots(undefined, ["environments/shop/dev"])).toEqual([]);
});
