import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findTerraform, inCopy } from "../../lib/terraform";
import { withoutAccount } from "../../lib/terraform/offline";
import { roots } from "../../main";
import { describeWhere } from "../support/needed";

const project = path.resolve(__dirname, "../..");
const ADDRESS = roots.find(({ address }) => address.startsWith("environments/"))?.address ?? "";
const ROOT = `terraform/${ADDRESS}`;
const STACK = ADDRESS.split("/").slice(1).join("-");

const ENVIRONMENT = { ...process.env, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };

const cdktfIn = (cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync("npm", ["run", "--silent", "cdktf", "--", ...args], {
    cwd,
    encoding: "utf8",
    env: { ...ENVIRONMENT, ...environment },
  });

/** npx downloads the package on the first run. */
function findCdktf(): void {
  const { status, stderr } = cdktfIn(project, ["--version"], { npm_config_fetch_retries: "0" });
  if (status !== 0) throw new Error(`cdktf: got exit code ${status}: ${stderr.trim()}`);
}

describeWhere({ mark: "cdktf", find: () => [findTerraform(), findCdktf()] }, "CDKTF's own command line", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "cdktf-"));
    for (const part of [
      "main.ts",
      "project.ts",
      "contracts",
      "lib",
      "modules",
      "environments",
      "terraform",
      "tsconfig.json",
      "tsconfig.synth.json",
      "cdktf.json",
      "package.json",
      ".swcrc",
    ]) {
      cpSync(path.join(project, part), path.join(folder, part), { recursive: true });
    }
    symlinkSync(path.join(project, "node_modules"), path.join(folder, "node_modules"));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const cdktf = (args: readonly string[], environment?: NodeJS.ProcessEnv) => cdktfIn(folder, args, environment);

  test("lists the roots with their folders", () => {
    const { status, stdout } = cdktf(["list"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`${STACK} +${ROOT}`));
  }, 120_000);

  test("synthesizes the committed tree", () => {
    expect(cdktf(["synth"]).status).toBe(0);
    for (const file of [`${ROOT}/main.tf.json`, "terraform/manifest.json"]) {
      expect(readFileSync(path.join(folder, file), "utf8")).toBe(readFileSync(path.join(project, file), "utf8"));
    }
  }, 120_000);

  /** The root gets a backend and credentials that need no account; a synth would write its own again. */
  test("plans a root", async () => {
    for (const name of ["providers.tf.json", "versions.tf.json"]) {
      const file = path.join(folder, ROOT, name);
      writeFileSync(file, withoutAccount(readFileSync(file, "utf8")));
    }
    const planned = await inCopy(path.join(folder, "terraform"), ADDRESS, async (copy) =>
      cdktf(["diff", STACK, "--skip-synth", "--skip-provider-lock"], copy.environment),
    );
    expect(planned.stdout).toMatch(/[1-9]\d* to add, 0 to change, 0 to destroy/);
    expect(planned.status).toBe(0);
  }, 240_000);
});
