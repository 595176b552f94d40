import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { rootCommits } from "../../../../lib/pipeline/delivery/root-commits";
import { temporaryFolder } from "../../terraform/sample";
import { git } from "./shop";

jest.setTimeout(60_000);

const folder = temporaryFolder();
const ROOT = "environments/shop/dev";
const MAIN = `${ROOT}/main.tf.json`;
const calling = (...modules: readonly string[]) =>
  JSON.stringify({ module: Object.fromEntries(modules.map((one) => [one, { source: `../../../modules/${one}` }])) });

/** A repository whose tree has a root that calls the module `note`. */
class History {
  readonly folder = mkdtempSync(path.join(folder, "history-"));
  readonly tree = path.join(this.folder, "terraform");

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
    this.commit({ "modules/note/main.tf.json": '{ "one": 1 }' });
    this.commit({ [MAIN]: calling("note"), "modules/other/main.tf.json": "{}" });
  }

  git(...args: readonly string[]): string {
    return git(this.folder, ...args);
  }

  /** @param files below the tree; null removes one */
  commit(files: Readonly<Record<string, string | null>>): string {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.tree, name);
      mkdirSync(path.dirname(file), { recursive: true });
      if (content === null) rmSync(file);
      else writeFileSync(file, content);
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message=change");
    return this.head();
  }

  head(): string {
    return this.git("rev-parse", "HEAD");
  }

  since(commit: string | undefined): string[] {
    return rootCommits(this.tree, ROOT, commit, this.head());
  }
}

const lines = (...changed: readonly number[]) =>
  Array.from({ length: 20 }, (_, i) => `${i} ${changed.includes(i) ? "new" : "old"}\n`).join("");

test("a commit counts if it changes a file of the root or of a module that it calls", () => {
  const history = new History();
  const applied = history.head();
  const own = history.commit({ [MAIN]: calling("note", "other") });
  history.commit({ "modules/third/main.tf.json": "{}" });
  history.commit({ "modules/note/README.md": "For people." });
  const module = history.commit({ "modules/other/main.tf.json": '{ "two": 2 }' });
  const nested = history.commit({ [`${ROOT}/files/a b\n.json`]: "{}" });
  writeFileSync(path.join(history.folder, "main.ts"), "");
  history.commit({});
  chmodSync(path.join(history.tree, MAIN), 0o755);
  history.commit({});
  expect(history.since(applied)).toEqual([own, module, nested]);
  expect(history.since(nested)).toEqual([]);
});

test("a module counts that the root called for a while, and one that it calls only now", () => {
  const history = new History();
  const applied = history.head();
  const early = history.commit({ "modules/other/main.tf.json": '{ "early": 1 }' });
  const calls = history.commit({ [MAIN]: calling("note", "other", "third"), "modules/third/main.tf.json": "{}" });
  const meanwhile = history.commit({ "modules/third/main.tf.json": '{ "meanwhile": 1 }' });
  const gone = history.commit({ [MAIN]: calling("note", "other") });
  const removed = history.commit({ "modules/note/main.tf.json": null, [MAIN]: calling("other") });
  expect(history.since(applied)).toEqual([early, calls, meanwhile, gone, removed]);
});

test("a change and its revert both count", () => {
  const history = new History();
  const applied = history.head();
  const change = history.commit({ "modules/note/main.tf.json": "{}" });
  history.git("revert", "--no-edit", change);
  expect(history.since(applied)).toEqual([change, history.head()]);
});

test("without an apply, all commits count since the root is in the tree, the one that brought it included", () => {
  const history = new History();
  const brought = history.head();
  const change = history.commit({ "modules/note/main.tf.json": "{}" });
  expect(history.since(undefined)).toEqual([brought, change]);
});

test("commits of a branch count, and a merge counts if it differs from Git's own merge", () => {
  const history = new History();
  const applied = history.commit({ "modules/note/main.tf.json": lines() });
  const merge = (name: string, ...args: readonly string[]) => history.git("merge", "--quiet", "--no-ff", ...args, name);
  history.git("checkout", "--quiet", "-b", "clean");
  const clean = history.commit({ "modules/note/main.tf.json": lines(0) });
  history.git("checkout", "--quiet", "main");
  const main = history.commit({ "modules/note/main.tf.json": lines(19) });
  merge("clean");
  expect(new Set(history.since(applied))).toEqual(new Set([clean, main]));
  const merged = history.head();

  history.git("checkout", "--quiet", "-b", "dropped");
  const dropped = history.commit({ "modules/note/main.tf.json": lines(0, 10, 19) });
  history.git("checkout", "--quiet", "main");
  merge("dropped", "--strategy=ours");
  expect(history.since(merged)).toEqual([dropped, history.head()]);
  const ours = history.head();

  history.git("checkout", "--quiet", "-b", "added");
  history.commit({ "modules/unused/main.tf.json": "{}" });
  history.git("checkout", "--quiet", "main");
  history.git("merge", "--quiet", "--no-ff", "--no-commit", "added");
  const evil = history.commit({ [MAIN]: calling("note", "other") });
  expect(history.since(ours)).toEqual([evil]);
});

test("a merge of more than two parents counts if it brings a change", () => {
  const history = new History();
  const applied = history.head();
  const changes = ["one", "two"].map((name) => {
    history.git("checkout", "--quiet", "-b", name, applied);
    return history.commit({ [`${ROOT}/${name}.json`]: "{}" });
  });
  history.git("checkout", "--quiet", "main");
  history.commit({});
  history.git("merge", "--quiet", "one", "two");
  expect(new Set(history.since(applied))).toEqual(new Set([...changes, history.head()]));
});

test("a clone without the whole history is refused, with how to get it", () => {
  const history = new History();
  const shallow = path.join(history.folder, "shallow");
  history.git("clone", "--quiet", "--depth=1", pathToFileURL(history.folder).href, shallow);
  expect(() => rootCommits(path.join(shallow, "terraform"), ROOT, undefined, history.head())).toThrow(
    "got a shallow clone; allowed: the whole history (actions/checkout with fetch-depth: 0)",
  );
});
