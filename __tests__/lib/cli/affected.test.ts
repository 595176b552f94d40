import { readFileSync } from "node:fs";
import { commitTree, git, makeShop, shopProps, synthesizeShop } from "../delivery/shop";
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

test("where nothing changed but pages for people, no root is affected", async () => {
  change("terraform/modules/note/README.md");
  expect(await affected("--base", "main")).toMatchObject({
    names: [],
    stderr: "",
    matrix: { format: 1, removed: [], accounts: [], systems: [] },
  });
});

test("a root is affected by its own files, and tells its jobs all that they need", async () => {
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
  };
  expect(chunks).toEqual([[row]]);
  expect(matrix.systems).toEqual([{ system: "shop", waves: [[], [], [row], []] }]);
});

test("every caller of a module is affected by it; a root that is gone is told, one without delivery is left out", async () => {
  const { delivery: _, ...props } = shopProps("dev");
  await synthesizeShop(project, [props, shopProps("prod", 3), shopProps("new")]);
  change("terraform/modules/note/main.tf.json");
  const { names, matrix, stderr } = await affected("--base", "HEAD");
  expect(names).toEqual(["shop/new", "shop/prod"]);
  expect(matrix.removed).toEqual(["environments/shop/old"]);
  expect(stderr).toBe(
    "shop/old: the root is gone; what it has made stays until somebody destroys it\n" +
      "shop/dev: left out, as the root has no delivery\n",
  );
  commitTree(project);
  expect(await affected("--base", git(project.folder, "rev-parse", "HEAD"))).toMatchObject({ names: [] });
  expect(await affected("--all")).toMatchObject({ names: ["shop/new", "shop/prod"], matrix: { removed: [] } });
});

test.each([
  [["--base", "gone"], {}, 'unknown commit\n  got "gone"; allowed: a branch, a tag or a commit of this repository\n'],
  [["--base", "main"], { PATH: "/nowhere" }, "git\n  got spawnSync git ENOENT; allowed: a git on PATH\n"],
  [[], {}, "affected\n  got neither; allowed: --base or --all\n"],
  [["--all", "--base", "main"], {}, "error: option '--base <ref>' cannot be used with option '--all'\n"],
])("%j with %j is a wrong use", async (args, environment, stderr) => {
  expect(await project.run(["affected", ...args], environment)).toMatchObject({ exitCode: 2, stdout: "", stderr });
});
