/** A project that is delivered: roots of a shop whose resource needs no cloud, a repository, and servers on loopback. */
import { spawnSync } from "node:child_process";
import type { RootProps } from "../../../../lib";
import type { LoopbackServers } from "../../../support/loopback";
import type { Project } from "../../cli/project";

export const KEY_ARN = "arn:aws:kms:us-east-1:111111111111:key/5e9a1b1c-0000-4000-8000-000000000000";
const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

/** What main.ts says of a root of the shop. */
export function shopProps(environment: string, wave = 1): RootProps {
  return {
    path: `environments/shop/${environment}`,
    source: "main.ts",
    accountId: "111111111111",
    region: "us-east-1",
    backend: { bucket: "state", region: "us-east-1", kmsKeyArn: KEY_ARN, dynamodbTable: "locks" },
    tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: environment },
    delivery: {
      approval: "environment",
      environment: `shop-${environment}`,
      wave,
      pullRequestRoleArn: role("pull-request"),
      planRoleArn: role("plan"),
      applyRoleArn: role("apply"),
      plansBucket: "plans",
    },
  };
}

/** Writes main.ts with these roots, and their tree. */
export async function synthesizeShop(project: Project, roots: readonly RootProps[]): Promise<void> {
  project.write("modules/note/index.ts", NOTE);
  project.write("main.ts", main(roots));
  const { exitCode, stderr } = await project.run(["synth"]);
  if (exitCode !== 0) throw new Error(stderr);
}

/** Makes a project one with these roots, committed. */
export async function makeShop(project: Project, ...roots: readonly RootProps[]): Promise<void> {
  await synthesizeShop(project, roots);
  project.write(".gitignore", ".terraform/\n*.tfstate\n");
  git(project.folder, "init", "--quiet", "--initial-branch=main");
  commitTree(project);
}

export function commitTree(project: Project): void {
  git(project.folder, "add", "terraform", ".gitignore");
  git(project.folder, "commit", "--quiet", "--message=tree");
}

export function git(folder: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@shop.example"];
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...who, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** What commands of a project need to talk to the servers; a lock that is held is told at once. */
export function loopbackEnvironment(servers: LoopbackServers): Record<string, string> {
  return {
    ...servers.environment,
    TF_CLI_ARGS_plan: "-lock-timeout=0s",
    TF_CLI_ARGS_apply: "-lock-timeout=0s",
  };
}

function main(roots: readonly RootProps[]): string {
  return `import { Root, type RootProps } from "./lib";
import { Note } from "./modules/note";

const props: readonly RootProps[] = ${JSON.stringify(roots)};

export const roots = props.map((one) => {
  const root = new Root(one);
  new Note(root, "note", { text: one.tags.Env });
  return root;
});
`;
}

const NOTE = `import { DataResource } from "cdktf";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const Note = defineModule({
  name: "note",
  description: "A note in the state.",
  inputs: { text: z.string().describe("What it says.") },
  outputs: { id: z.string().describe("Its id.") },
  example: { text: "hello" },
  build(scope, input) {
    return { id: resource(scope, DataResource, "this", { triggersReplace: { text: input.text } }).id };
  },
});
`;
