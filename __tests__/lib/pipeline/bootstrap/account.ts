/** An account's root whose bucket and table are made on loopback servers, and the real command to bootstrap it with. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { RootProps } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import { readState, type TerraformState } from "../../../../lib/pipeline/bootstrap/state";
import { findTerraform } from "../../../../lib/terraform";
import type { LoopbackServers } from "../../../support/loopback";
import { type Answer, answerOf } from "../../cli/project";
import { jsonOf, newRoot } from "../../generator/support";

const PROJECT = path.resolve(__dirname, "../../../..");
const VERSIONS = z.object({ terraform: z.object({ backend: z.unknown() }) });

export class Account {
  static readonly id = "111122223333";
  readonly bucket: string;
  readonly key = "shop/terraform.tfstate";
  readonly localState = ".groundplan-bootstrap/shop/accounts/shop/terraform.tfstate";
  private readonly calls: string;
  private readonly made: string;

  /** @param folder an empty one @param number tells its bucket and its table from those of other tests */
  constructor(
    private readonly folder: string,
    number: number,
    private readonly servers: LoopbackServers,
  ) {
    this.calls = path.join(folder, "calls");
    this.made = path.join(folder, "made");
    this.bucket = `shop-state-${number}`;
    const table = `shop-locks-${number}`;
    const props: Partial<RootProps> = {
      path: "accounts/shop",
      accountId: Account.id,
      backend: {
        bucket: this.bucket,
        region: "eu-central-1",
        kmsKeyArn: `arn:aws:kms:eu-central-1:${Account.id}:alias/state`,
        dynamodbTable: table,
      },
    };
    const { terraform } = VERSIONS.parse(jsonOf(renderRoot(newRoot(props)), "accounts/shop/versions.tf.json"));
    const making = (what: string, name: string) => ({
      provisioner: [{ "local-exec": { command: `'${process.execPath}' '${MAKE}' ${what} ${name} '${this.made}'` } }],
    });
    this.write("package.json", '{ "version": "0.0.0" }');
    this.write("main.ts", mainWith({ ...newRoot(props).props }));
    const files = ["accounts/shop/main.tf.json", "accounts/shop/versions.tf.json", "modules/key/main.tf.json"];
    this.json("manifest.json", { stacks: { shop: { workingDirectory: "accounts/shop" } }, files });
    this.json("accounts/shop/versions.tf.json", { terraform: { backend: terraform.backend } });
    const resources = {
      bucket: { ...making("bucket", this.bucket), depends_on: ["module.key"] },
      pause: { ...making("pause", "pause"), depends_on: ["terraform_data.bucket"] },
      table: { ...making("table", table), depends_on: ["terraform_data.pause"] },
    };
    this.json("modules/key/main.tf.json", { resource: { terraform_data: { key: { input: "a" } } } });
    this.json("accounts/shop/main.tf.json", {
      module: { key: { source: "../../modules/key" } },
      resource: { terraform_data: resources },
    });
    this.write("bin/terraform", shim(this.calls));
    chmodSync(path.join(this.folder, "bin/terraform"), 0o755);
  }

  write(name: string, content: string): void {
    mkdirSync(path.join(this.folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(this.folder, name), content);
  }

  /** The bucket, with a state that somebody else has put there. */
  async putRemote(state: object): Promise<void> {
    const url = `${this.servers.s3Endpoint}/${this.bucket}`;
    await fetch(url, { method: "PUT" });
    await fetch(`${url}/${this.key}`, { method: "PUT", body: JSON.stringify(state) });
  }

  /** As somebody does who changes it after it was applied. */
  changeRoot(): void {
    this.json("modules/key/main.tf.json", { resource: { terraform_data: { key: { input: "b" } } } });
  }

  remove(name: string): void {
    rmSync(this.file(name));
  }

  start(environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const program = `require(${JSON.stringify(path.join(PROJECT, "lib/cli/index.ts"))}).run(["", "", "bootstrap", "shop"])`;
    return spawn(process.execPath, ["--require", path.join(PROJECT, "lib/cli/typescript.cjs"), "-e", program], {
      cwd: this.folder,
      env: {
        ...process.env,
        ...this.servers.environment,
        CDKTF_OUTDIR: undefined,
        PATH: `${path.join(this.folder, "bin")}:${process.env.PATH}`,
        ...environment,
      },
      stdio: ["pipe", "pipe", "pipe"],
    });
  }

  /** A person who types this. */
  run(typed: string = Account.id, environment: NodeJS.ProcessEnv = {}): Promise<Answer> {
    const child = this.start(environment);
    child.stdin?.on("error", () => undefined).end(`${typed}\n`); // A killed program reads nothing.
    return answerOf(child);
  }

  /** Terraform's commands until now, without its questions for the version. */
  terraformCalls(): string[] {
    return linesOf(this.calls);
  }

  /** What was made, each time that it was. */
  makings(): string[] {
    return linesOf(this.made);
  }

  /** Every state that was stored as the root's. */
  remoteStates(): TerraformState[] {
    return this.servers.versions(this.bucket, this.key).map((body) => readState(this.bucket, body.toString()));
  }

  /** All that lies in the project, but for what the tests note. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: "utf8" })
      .filter((name) => !["calls", "made"].includes(name))
      .sort();
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  private json(name: string, content: object): void {
    this.write(`terraform/${name}`, JSON.stringify(content));
  }
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** Plain JavaScript, as the project's loader leaves other folders alone. */
function mainWith(props: RootProps): string {
  const lib = JSON.stringify(path.join(PROJECT, "lib/index.ts"));
  return `exports.roots = [new (require(${lib}).Root)(${JSON.stringify(props)})];\n`;
}

const MAKE = path.join(__dirname, "make.mjs");

/**
 * Terraform, which notes each call and kills the command that called it as a machine does that loses its power: before or
 * after the nth call, or in the middle of an apply, together with Terraform.
 */
function shim(calls: string): string {
  return `#!/bin/sh
[ "$1" = version ] && exec ${findTerraform().file} "$@"
echo "$1" >> '${calls}'
call=$(wc -l < '${calls}')
[ "$call" -eq "\${KILL_BEFORE:-0}" ] && kill -9 $PPID && exit 1
if [ "$call" -eq "\${KILL_AFTER:-0}" ]; then
  ${findTerraform().file} "$@"
  kill -9 $PPID
  exit 1
fi
export COMMAND_PID=$PPID TERRAFORM_PID=$$
exec ${findTerraform().file} "$@"
`;
}
