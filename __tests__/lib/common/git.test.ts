import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { blobsAt, blobsNow, commitOf, requireCommitted, textAt, uncommitted } from "../../../lib/common/git";
import { git } from "../pipeline/delivery/shop";
import { temporaryFolder } from "../terraform/sample";

const folder = temporaryFolder();
const repository = path.join(folder, "repository");
const tree = path.join(repository, "terraform");
const write = (name: string, content: string) => {
  mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
  writeFileSync(path.join(tree, name), content);
};

beforeAll(() => {
  write("a/main.tf.json", "{}\n");
  write("ä b/main.tf.json", "{}\n");
  git(repository, "init", "--quiet", "--initial-branch=main");
  git(repository, "add", ".");
  git(repository, "commit", "--quiet", "--message=one");
  write("a/main.tf.json", "{ }\n");
  git(repository, "commit", "--quiet", "--all", "--message=two");
});

test("a file has the same id at a commit and in the working tree until it changes", () => {
  const files = ["a/main.tf.json", "ä b/main.tf.json"];
  expect(blobsAt(tree, "HEAD")).toEqual(blobsNow(tree, files));
  expect(blobsAt(tree, "HEAD~1").get(files[0] ?? "")).not.toBe(blobsAt(tree, "HEAD").get(files[0] ?? ""));
});

test("a file of an older commit is read without a checkout", () => {
  expect(textAt(tree, "HEAD~1", "a/main.tf.json")).toBe("{}\n");
  expect(textAt(tree, "HEAD", "b/main.tf.json")).toBeUndefined();
});

test("a ref that is unknown or looks like an option is an error", () => {
  for (const ref of ["gone", "--all", "0".repeat(40)]) {
    expect(() => commitOf(tree, ref)).toThrow(
      `unknown commit\n  got "${ref}"; allowed: a branch, a tag or a commit of this repository`,
    );
  }
});

test("a shallow clone without the commit is an error that explains how to fetch it", () => {
  const shallow = path.join(folder, "shallow");
  const first = commitOf(tree, "HEAD~1");
  git(folder, "clone", "--quiet", "--depth=1", pathToFileURL(repository).href, shallow);
  expect(() => commitOf(shallow, first)).toThrow(
    `got "${first}"; allowed: a commit of this clone, which is shallow; fetch the whole history (actions/checkout with fetch-depth: 0)`,
  );
});

test("a folder outside of a repository is an error", () => {
  const outside = path.join(folder, "outside");
  mkdirSync(outside);
  expect(() => commitOf(outside, "HEAD")).toThrow(/^git rev-parse\n {2}got "fatal: not a git repository.*; allowed: /);
});

test("uncommitted files of the tree are listed, and files outside of it are not", () => {
  writeFileSync(path.join(repository, "notes.txt"), "");
  expect(uncommitted(tree)).toEqual([]);
  write("a/main.tf.json", "{  }\n");
  write("new.tf.json", "{}");
  expect(uncommitted(tree)).toEqual([" M terraform/a/main.tf.json", "?? terraform/new.tf.json"]);
  expect(() => requireCommitted(tree)).toThrow(
    "got uncommitted changes:  M terraform/a/main.tf.json, ?? terraform/new.tf.json; allowed: what HEAD holds",
  );
});
