import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { composedTree } from "../../lib/generator/synth/composition-root";

const tree = path.join(__dirname, "../../terraform");

test("a fresh synth equals the committed tree byte for byte, without extra files", () => {
  const files = composedTree();
  const different = files.filter((file) => readFileSync(path.join(tree, file.path), "utf8") !== file.content);
  expect(different.map((file) => file.path)).toEqual([]);
  const there = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !file.includes(".terraform/"));
  expect(there.sort()).toEqual(files.map((file) => file.path).sort());
});
