import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inCopy, inOfflineCopy, inRoot } from "../../../lib/terraform";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

/** A tree of files with these contents. */
function tree(name: string, files: Readonly<Record<string, object | string>>): string {
  for (const [file, content] of Object.entries(files)) {
    const full = path.join(folder, name, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
  }
  return path.join(folder, name);
}

const ROOT = "environments/orders/dev";
const calls = (source: string) => ({ module: { called: { source } } });

test("a copy holds the root and every module that it calls, at the same places, and nothing else", async () => {
  const place = tree("transitive", {
    [`${ROOT}/main.tf.json`]: calls("../../../modules/service"),
    "modules/service/main.tf.json": calls("../alarms"),
    "modules/service/files/policy.json": "{}",
    "modules/alarms/main.tf.json": {},
    "modules/other/main.tf.json": {},
  });
  const present = await inCopy(place, ROOT, async (copy) => {
    const inTree = (file: string) => existsSync(path.join(copy.folder, "../../../", file));
    return ["service/main.tf.json", "service/files/policy.json", "alarms/main.tf.json", "other"].map((file) =>
      inTree(`modules/${file}`),
    );
  });
  expect(present).toEqual([true, true, true, false]);
});

test("the lock file is copied, a state or an initialized folder is not", async () => {
  const place = tree("leftovers", {
    [`${ROOT}/main.tf.json`]: {},
    [`${ROOT}/.terraform.lock.hcl`]: "# locked",
    [`${ROOT}/terraform.tfstate`]: "{}",
    [`${ROOT}/terraform.tfstate.backup`]: "{}",
    [`${ROOT}/.terraform/modules/modules.json`]: "{}",
  });
  const names = [".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.backup", ".terraform"];
  const present = await inCopy(place, ROOT, async (copy) =>
    names.map((name) => existsSync(path.join(copy.folder, name))),
  );
  expect(present).toEqual([true, false, false, false]);
});

test("an offline copy has no backend and dummy credentials, and the root itself keeps them", async () => {
  const backend = { terraform: { backend: { s3: { bucket: "state" } } } };
  const place = tree("offline", { [`${ROOT}/versions.tf.json`]: backend });
  const read = (root: string): unknown => JSON.parse(readFileSync(path.join(root, "versions.tf.json"), "utf8"));
  expect(await inOfflineCopy(place, ROOT, async (copy) => read(copy.folder))).toEqual({
    terraform: {},
  });
  expect(read(path.join(place, ROOT))).toEqual(backend);
});

test("the scratch folder is removed when the work is done, and when it fails", async () => {
  const place = tree("removed", { [`${ROOT}/main.tf.json`]: {}, "outside/kept": "" });
  const linkOutside = async (scratch: string) => symlinkSync(path.join(place, "outside"), path.join(scratch, "link"));
  const done = await inRoot(place, ROOT, async ({ scratch }) => {
    await linkOutside(scratch);
    return scratch;
  });
  let failed = "";
  const failing = inCopy(place, ROOT, async ({ scratch }) => {
    failed = scratch;
    throw new Error("broken");
  });
  await expect(failing).rejects.toThrow("broken");
  expect([done, failed].map(existsSync)).toEqual([false, false]);
  expect(existsSync(path.join(place, "outside/kept"))).toBe(true);
});

test("a call of a missing module, or of one outside the tree, is reported with its file and source", async () => {
  const place = tree("wrong", {
    "environments/a/main.tf.json": calls("../../modules/gone"),
    "environments/b/main.tf.json": calls("../../../elsewhere"),
  });
  const run = (root: string) => inCopy(place, root, async () => {});
  await expect(run("environments/a")).rejects.toThrow(
    `${place}/environments/a/main.tf.json\n  source: got "../../modules/gone"; allowed: an existing module; ${place}/modules/gone does not exist`,
  );
  await expect(run("environments/b")).rejects.toThrow(
    `${place}/environments/b/main.tf.json\n  source: got "../../../elsewhere"; allowed: a module inside ${place}`,
  );
});
