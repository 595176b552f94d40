/** A root that is applied to the mock: its tree, its copy's state, and what the gate decides on real plans of it. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Root } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { type Decision, decide } from "../../../lib/judgement/gate";
import { findTerraform, inCopy, init, plan, readPlan, type Workplace } from "../../../lib/terraform";
import { offlineEnvironment } from "../../../lib/terraform/environment";
import { runTerraform, terraform } from "../../../lib/terraform/run";
import { withoutOverride, writeOverride } from "./override";
import type { Cloud } from "./server";

/** Requests wait for each other in the mock, so that more of them at once only fill the waits of the provider. */
const PARALLELISM = "-parallelism=20";

export class StandingRoot {
  private constructor(
    readonly root: Root,
    readonly cloud: Cloud,
    /** The tree that the gate judges. Terraform works in a copy of it, which has the override files as well. */
    private readonly folder: string,
    private readonly workplace: Workplace,
  ) {}

  private get copy(): string {
    return path.join(this.workplace.folder, path.relative(this.root.address, "."));
  }

  private get saved(): string {
    return path.join(this.workplace.scratch, "saved.tfplan");
  }

  /** Works with a root that nothing is applied of yet. */
  static async in<T>(cloud: Cloud, root: Root, work: (standing: StandingRoot) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(path.join(tmpdir(), "groundplan-cloud-"));
    try {
      writeTree(folder, renderTree([root]));
      return await inCopy(folder, root.address, async (own) => {
        writeOverride(own.folder, readFileSync(path.join(own.folder, "providers.tf.json"), "utf8"));
        const workplace = { ...own, environment: { ...offlineEnvironment(own.environment), ...cloud.environment } };
        await init(workplace);
        return work(new StandingRoot(root, cloud, folder, workplace));
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** A fresh plan as `terraform show -json` prints it. @throws TerraformError */
  async plan(): Promise<string> {
    await plan(["-no-color", PARALLELISM, `-out=${this.saved}`], this.workplace);
    return terraform(["show", "-json", this.saved], this.workplace);
  }

  /** Terraform's error if it cannot plan from the current state; undefined if it can. */
  async planProblem(...args: string[]): Promise<string | undefined> {
    const offline = ["plan", "-no-color", "-refresh=false", "-lock=false"];
    const { exitCode, stderr } = await runTerraform([...offline, ...args], this.workplace);
    return exitCode === 0 ? undefined : stderr;
  }

  async apply(): Promise<void> {
    await terraform(["apply", "-auto-approve", "-no-color", PARALLELISM], this.workplace);
  }

  /** Applies the last plan. */
  async applyPlan(): Promise<void> {
    await terraform(["apply", "-no-color", PARALLELISM, this.saved], this.workplace);
  }

  /** An apply that Ctrl-C stops once Terraform waits for resources of these types only. Returns their addresses. */
  interruptedApply(types: readonly string[]): Promise<string[]> {
    const { folder, environment, name } = this.workplace;
    /** Resources that are being created, and whether Terraform waits for them. */
    const begun = new Map<string, boolean>();
    const args = ["apply", "-auto-approve", "-no-color", PARALLELISM];
    const isDue = () =>
      begun.size > 0 && [...begun].every(([one, waits]) => waits && types.some((type) => one.includes(`.${type}.`)));
    return new Promise((resolve, reject) => {
      const child = spawn(findTerraform().file, args, {
        cwd: folder,
        env: environment,
        stdio: ["ignore", "pipe", "ignore"],
      });
      createInterface(child.stdout).on("line", (line) => {
        const [, address = "", what] = /^(\S+): (Creating|Still creating|Creation complete)/.exec(line) ?? [];
        if (what === "Creation complete") begun.delete(address);
        else if (what !== undefined) begun.set(address, what === "Still creating");
        // Between the end of one resource and the start of the next, no other resource seems to be in progress.
        if (what === "Still creating" && isDue() && !child.killed) child.kill("SIGINT");
      });
      child.on("error", reject);
      child.on("close", (code) =>
        code === 0 ? reject(new Error(`${name}: nothing was left to interrupt`)) : resolve([...begun.keys()]),
      );
    });
  }

  async destroy(): Promise<void> {
    await terraform(["destroy", "-auto-approve", "-no-color", "-refresh=false", PARALLELISM], this.workplace);
  }

  /** Addresses in the state. */
  async resources(): Promise<string[]> {
    return (await terraform(["state", "list"], this.workplace)).split("\n").filter((address) => address !== "");
  }

  async terraform(...args: string[]): Promise<string> {
    return terraform(args, this.workplace);
  }

  /** The gate's decision on a plan, compared with the current tree. */
  gate(plan: string): Decision {
    return decide({
      tree: new Configurations(readTree(this.folder)),
      root: this.root.address,
      plan: readPlan(this.workplace.name, withoutOverride(plan)),
      production: this.root.props.production ?? true,
      exceptions: this.root.props.exceptions ?? [],
      approved: [],
      backups: [],
      judged: [],
      now: new Date(),
    });
  }

  /** Terraform files of the root, below the tree. */
  files(): string[] {
    const names = readdirSync(path.join(this.folder, this.root.address));
    return names.filter((name) => name.endsWith(".tf.json")).map((name) => `${this.root.address}/${name}`);
  }

  /** Folders of the modules that the root calls, below the tree. */
  modules(): string[] {
    return readdirSync(path.join(this.folder, "modules")).map((name) => `modules/${name}`);
  }

  /** @param file below the tree: `modules/s3/main.tf.json` */
  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }

  /** Changes the tree, and the copy of it. */
  write(file: string, content: string): void {
    writeFileSync(path.join(this.folder, file), content);
    this.override(file, content);
  }

  /** Writes the tree of the root with other data, and installs its new modules. */
  async become(root: Root): Promise<void> {
    const files = renderTree([root]);
    writeTree(this.folder, files);
    for (const { path: file, content } of files.filter(({ path: file }) => !file.endsWith(".hcl"))) {
      mkdirSync(path.dirname(path.join(this.copy, file)), { recursive: true });
      this.override(file, content);
    }
    await this.terraform("get", "-no-color");
  }

  /** Writes a file that only Terraform reads. The tree does not change. */
  override(file: string, content: string): void {
    writeFileSync(path.join(this.copy, file), content);
  }
}
