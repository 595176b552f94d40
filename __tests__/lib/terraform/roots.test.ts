import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findRoot, rootPaths } from "../../../lib/terraform";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

function tree(name: string, ...roots: string[]): string {
  const place = path.join(folder, name);
  const stacks = Object.fromEntries(roots.map((root) => [root, { name: root, workingDirectory: root }]));
  mkdirSync(place);
  writeFileSync(path.join(place, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks }));
  return place;
}

const ROOTS = ["accounts/shared", "environments/orders/dev"];

test("the manifest lists the roots", () => {
  expect(rootPaths(tree("listed", ...ROOTS))).toEqual(ROOTS);
});

test("a root is found by its short name and by its folder", () => {
  const place = tree("named", ...ROOTS);
  expect(["orders/dev", "environments/orders/dev"].map((name) => findRoot(place, name))).toEqual([ROOTS[1], ROOTS[1]]);
  expect(findRoot(place, "accounts/shared")).toBe("accounts/shared");
});

test("an unknown root is an error that lists the known ones", () => {
  expect(() => findRoot(tree("unknown", ...ROOTS), "orders/prod")).toThrow(
    'unknown root\n  got "orders/prod"; allowed: accounts/shared, orders/dev',
  );
  expect(() => findRoot(tree("empty"), "orders/prod")).toThrow(
    'unknown root\n  got "orders/prod"; allowed: none, as the tree has no root',
  );
});

test("a missing tree is reported with the command that writes it", () => {
  expect(() => rootPaths("/nowhere")).toThrow(
    "/nowhere/manifest.json\n  got no such file; allowed: the file that `groundplan synth` writes; run: npm run synth",
  );
});
