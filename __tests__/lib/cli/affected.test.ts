import { readFileSync } from "node:fs";
import { commitTree, git, makeShop, shopProps, synthesizeShop } from "../pipeline/delivery/shop";
import { Project } from "./project";

jest.setTimeout(120_000);

const project = new Project();
const affected = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await project.run(["affected", ...args]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) });
  const { chunks, ...matrix } = JSON.parse(stdout);
  return { names: chunks.flat().map((row: { name: string }) => row.name), chunks, matrix, stderr };
};
const change = (file: string) => project.write(file, `${readFileSync(project.file(file), "utf8")}\n`);

beforeAll(() => makeShop(project, shopProps("dev"), shopProps("old"), shopProps("prod", 3)));

test("a change of documentation affects no root", async () => {
  change("terraform/modules/note/README.md");
  expect(await affected("--base", "main")).toMatchObject({
    names: [],
    stderr: "",
    matrix: { format: 1, removed: [], accounts: [], systems: [] },
  });
});

test("a root is affected by its own files, and the matrix has all values for its jobs", async () => {
  change("terraform/environments/shop/prod/main.tf.json");
  const { chunks, matrix } = await affected("--base", "HEAD");
  const row = {
    root: "environments/shop/prod",
    name: "shop/prod",
    mode: "environment",
    environment: "shop-prod",
    region: "us-east-1",
    pullRequestRole: "arn:aws:iam::111111111111:role/pull-request",
    planRole: "arn:aws:iam::111111111111:role/plan",
    applyRole: "arn:aws:iam::111111111111:role/apply",
    plansBucket: "plans",
    runner: "",
    signOffs: [],
  };
  expect(chunks).toEqual([[row]]);
  expect(matrix.systems).toEqual([{ system: "shop", waves: [[], [], [row], []] }]);
});

test("every caller of a changed module is affected; a removed root is reported, and a root without delivery is skipped", async () => {
  const { delivery: _, ...props } = shopProps("dev");
  await synthesizeShop(project, [props, shopProps("prod", 3), shopProps("new")]);
  change("terraform/modules/note/main.tf.json");
  const { names, matrix, stderr } = await affected("--base", "HEAD");
  expect(names).toEqual(["shop/new", "shop/prod"]);
  expect(matrix.removed).toEqual(["environments/shop/old"]);
  expect(stderr).toBe(
    "shop/old: the root is no longer in the tree; its resources remain until somebody destroys them\n" +
      "shop/dev: skipped, since the root has no delivery\n",
  );
  commitTree(project);
  expect(await affected("--base", git(project.folder, "rev-parse", "HEAD"))).toMatchObject({ names: [] });
  expect(await affected("--all")).toMatchObject({ names: ["shop/new", "shop/prod"], matrix: { removed: [] } });
});

test.each([
  [["--base", "gone"], {}, 'unknown commit\n  got "gone"; allowed: a branch, a tag or a commit of this repository\n'],
  [["--base", "main"], { PATH: "/nowhere" }, "git\n  got spawnSync git ENOENT; allowed: a git on PATH\n"],
  [[], {}, "affected\n  got neither --base nor --all; allowed: one of them\n"],
  [["--all", "--base", "main"], {}, "error: option '--base <ref>' cannot be used with option '--all'\n"],
])("%j with %j is a wrong use", async (args, environment, stderr) => {
  expect(await project.run(["affected", ...args], environment)).toMatchObject({ exitCode: 2, stdout: "", stderr });
});

describe("every root is affected, and one line has the reason, if the base is", () => {
  const ALL = ["shop/new", "shop/prod"];
  const line = (why: string) => `${why}: every root counts as affected, and removed roots are not listed\n`;
  const gone = "5".repeat(40);
  const head = () => git(project.folder, "rev-parse", "HEAD");

  test.each([
    ["no commit, as at a first push", "0".repeat(40), "the base is not a commit, as for the first push of a branch"],
    ["a commit that this clone does not have", gone, `this clone does not have the base ${gone}`],
  ])("%s", async (_what, base, why) => {
    const answer = await affected("--base", base);
    expect(answer).toMatchObject({ names: ALL, matrix: { removed: [] } });
    expect(answer.stderr).toContain(line(why));
  });

  test("a commit from before there was a tree", async () => {
    const empty = git(project.folder, "commit-tree", git(project.folder, "mktree"), "-m", "before");
    const { names, stderr } = await affected("--base", empty);
    expect(names).toEqual(ALL);
    expect(stderr).toContain(line(`the base ${empty} has no generated tree`));
  });

  // The last test, as the repository loses its history.
  test("a commit that a shallow clone does not have", async () => {
    const before = head();
    project.write("terraform/notes.md", "a later commit\n");
    commitTree(project);
    project.write(".git/shallow", `${head()}\n`);
    git(project.folder, "reflog", "expire", "--expire=now", "--all");
    git(project.folder, "gc", "--quiet", "--prune=now");
    const { names, stderr } = await affected("--base", before);
    expect(names).toEqual(ALL);
    expect(stderr).toContain(
      line(
        `this clone is shallow (actions/checkout gets the whole history with fetch-depth: 0) and does not have the base ${before}`,
      ),
    );
  });
});
