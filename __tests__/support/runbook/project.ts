/** A copy of this project in a Git repository of its own, whose commands work with the mock of AWS as they do with AWS. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProcessEnvironment } from "../../../lib/common/process-environment";
import { findTerraform } from "../../../lib/terraform";
import { offlineEnvironment, terraformEnvironment } from "../../../lib/terraform/environment";
import type { Cloud } from "../cloud/server";
import { PINNED_AWS } from "../pinned";
import { changed } from "./change";
import { findAwsModule } from "./needed";
import type { Stage } from "./player";

const COPIED = [
  ".swcrc",
  "contracts",
  "environments",
  "lib",
  "main.ts",
  "modules",
  "package.json",
  "project.ts",
  "terraform",
  "tsconfig.json",
  "tsconfig.synth.json",
];

const HERE = path.resolve(__dirname, "../../..");

/** Node.js pipes are sockets: bash takes a socket for a remote shell and would read the user's settings. */
const SHELL = ["--norc", "--noprofile", "-e", "-o", "pipefail", "-c"];

export class Project implements Stage {
  private constructor(
    readonly folder: string,
    private readonly scratch: string,
    private readonly environment: ProcessEnvironment,
  ) {}

  static async in<T>(cloud: Cloud, work: (project: Project) => Promise<T>): Promise<T> {
    const scratch = mkdtempSync(path.join(tmpdir(), "groundplan-runbook-"));
    try {
      const folder = path.join(scratch, "project");
      for (const name of COPIED) cpSync(path.join(HERE, name), path.join(folder, name), { recursive: true });
      symlinkSync(path.join(HERE, "node_modules"), path.join(folder, "node_modules"));
      writeFileSync(path.join(folder, ".gitignore"), ".groundplan-bootstrap/\n.terraform/\nnode_modules\n");
      const project = new Project(folder, scratch, environmentFor(cloud, scratch));
      await project.run("git init --quiet --initial-branch=main");
      await project.commit("Begin");
      return await work(project);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  run(commands: string, input = ""): Promise<string> {
    const child = spawn("bash", [...SHELL, commands], { cwd: this.folder, env: this.environment });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
    // Commands without a question end without reading their input.
    child.stdin.on("error", () => {}).end(`${input}\n`);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) resolve(printed.stdout);
        else
          reject(
            new Error(`${commands}\nexit code ${code}\n${printed.stdout.slice(-4000)}\n${printed.stderr.slice(-4000)}`),
          );
      });
    });
  }

  change(file: string, diff: string): void {
    const place = path.join(this.folder, file);
    writeFileSync(place, changed(readFileSync(place, "utf8"), diff, file));
  }

  async commit(message: string): Promise<void> {
    await this.run(`git add --all && git commit --quiet --message='${message}'`);
  }

  /**
   * Delivers a merged commit as the pipeline does: plans it, runs the gate, saves the plan and applies it.
   * @param given approvals and backups, as arguments for the gate
   * @param inputs sign-offs are GitHub environments whose reviewers signed the commit off; `refresh` is the input of the workflow
   * @returns the gate's decision
   */
  async deliver(
    root: string,
    given: readonly string[] = [],
    { signOffs = [], refresh = true }: { readonly signOffs?: readonly string[]; readonly refresh?: boolean } = {},
  ): Promise<unknown> {
    const kept = path.join(this.scratch, "kept");
    const custody = `${kept}/custody.json`;
    await this.run(`npx groundplan plan ${root} --keep ${kept}${refresh ? "" : " -- -refresh=false"}`);
    const gate = `npx groundplan gate --plan ${kept}/plan.json --root ${root} --json`;
    const decision = await this.run(`${gate} ${given.map((argument) => `'${argument}'`).join(" ")}`);
    const digest = await this.run(`npx groundplan custody put ${kept}`);
    const approval = path.join(kept, "approval.json");
    const commit = (await this.run("git rev-parse HEAD")).trim();
    const signed = signOffs.map((environment) => ({ environment }));
    writeFileSync(approval, JSON.stringify({ root: `environments/${root}`, commit, signOffs: signed }));
    await this.run(
      `npx groundplan apply ${root} --custody ${custody} --digest ${digest.trim()} --approval ${approval}`,
    );
    rmSync(kept, { recursive: true });
    return JSON.parse(decision);
  }
}

function environmentFor(cloud: Cloud, scratch: string): ProcessEnvironment {
  const programs = path.join(scratch, "bin");
  mkdirSync(programs);
  symlinkSync(findTerraform().file, path.join(programs, "terraform"));
  const program = (name: string, script: string) =>
    writeFileSync(path.join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  // For RDS in us-east-1, the AWS CLI takes its endpoint from this argument only.
  program("aws", `exec ${findAwsModule()} -m awscli --endpoint-url "$AWS_ENDPOINT_URL_S3" "$@"`);
  program("npx", '[ "$1" = groundplan ] && shift && exec node lib/cli/launch.mjs "$@"\nexit 127');
  const person = { NAME: "Operator", EMAIL: "operator@example.com" };
  const git = Object.entries(person).flatMap(([name, value]) =>
    ["AUTHOR", "COMMITTER"].map((role) => [`GIT_${role}_${name}`, value]),
  );
  return {
    ...offlineEnvironment(terraformEnvironment(scratch, PINNED_AWS)),
    // These commands ask people.
    TF_INPUT: undefined,
    ...cloud.environment,
    // No name below localhost resolves. With an address, S3 clients put the bucket into the path.
    AWS_ENDPOINT_URL_S3: cloud.url.replace("localhost", "127.0.0.1"),
    AWS_PAGER: "",
    ...Object.fromEntries(git),
    PATH: `${programs}:${process.env.PATH}`,
  };
}
