import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const project = path.resolve(__dirname, "../..");
const readme = readFileSync(path.join(project, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));

/** The table of accounts of the project in which the examples lie. */
const ACCOUNTS = `import { accountWithState } from "./account";

export const APPROVAL = "environment";
export const accounts = { billingDev: accountWithState("billing-dev", "111122223333", "us-east-1") };
`;

describe("the module, the environment and the system that it shows", () => {
  let folder: string;
  const examples = blocks.flatMap(({ language, code }) => {
    const file = /^\/\/ (\S+)\n/.exec(code)?.[1];
    return language === "ts" && file !== undefined ? [{ file, code }] : [];
  });

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "readme-"));
    for (const part of [
      "lib",
      "modules",
      "environments/common",
      "package.json",
      "tsconfig.json",
      "tsconfig.synth.json",
      ".swcrc",
    ]) {
      cpSync(path.join(project, part), path.join(folder, part), { recursive: true });
    }
    symlinkSync(path.join(project, "node_modules"), path.join(folder, "node_modules"));
    for (const { file, code } of examples) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), code);
    }
    writeFileSync(path.join(folder, "environments/common/accounts.ts"), ACCOUNTS);
    writeFileSync(
      path.join(folder, "main.ts"),
      `import { dev } from "./environments/billing/dev";
import { billing } from "./environments/billing/system";
const logRetentionDays = JSON.parse(process.env.LOG_RETENTION_DAYS ?? String(dev.logRetentionDays));
export const roots = [billing({ ...dev, logRetentionDays })];
`,
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const synth = (environment: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [path.join(folder, "lib/cli/launch.mjs"), "synth"], {
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: undefined, ...environment },
    });

  test("are three files", () => {
    expect(examples.map(({ file }) => file)).toEqual([
      "modules/log-group/index.ts",
      "environments/billing/dev.ts",
      "environments/billing/system.ts",
    ]);
  });

  test("compile and synthesize to a root and a module", () => {
    expect(synth()).toMatchObject({ status: 0, stderr: "" });
    const call = JSON.parse(readFileSync(path.join(folder, "terraform/environments/billing/dev/main.tf.json"), "utf8"));
    expect(call.module.log).toEqual({
      source: "../../../modules/log-group",
      kms_key_arn: "${module.logs_key.arn}",
      name: "/billing/dev",
      retention_days: 30,
    });
  });

  test("reject an invalid value with the message in the README", () => {
    const { status, stderr } = synth({ LOG_RETENTION_DAYS: "31" });
    expect(status).not.toBe(0);
    expect(stderr).toContain(blocks.find(({ language }) => language === "text")?.code.trim());
  });
});
