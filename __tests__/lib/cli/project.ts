/** A project of its own to run the real command line in: this library, and a main.ts that the test writes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../terraform/sample";

export interface Answer {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Project {
  readonly folder = temporaryFolder();
  /** Where programs find their temporary folders. */
  readonly temporary = path.join(this.folder, "tmp");

  constructor() {
    const here = path.resolve(__dirname, "../../..");
    for (const name of ["lib", "package.json", "tsconfig.json", "tsconfig.synth.json", ".swcrc"]) {
      cpSync(path.join(here, name), path.join(this.folder, name), { recursive: true });
    }
    symlinkSync(path.join(here, "node_modules"), path.join(this.folder, "node_modules"));
    mkdirSync(this.temporary);
    this.write("modules/zone/index.ts", ZONE);
  }

  /** Writes a main.ts with these environments of the orders system, and their tree. */
  async synthesize(...environments: readonly string[]): Promise<void> {
    this.write("main.ts", mainWith(...environments));
    const { exitCode, stderr } = await this.run(["synth"]);
    if (exitCode !== 0) throw new Error(stderr);
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: string): void {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), content);
  }

  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [this.file("lib/cli/launch.mjs"), ...args], {
      cwd: this.file("lib"),
      env: { ...process.env, CDKTF_OUTDIR: undefined, TMPDIR: this.temporary, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Answer> {
    return answerOf(this.start(args, environment));
  }
}

export async function answerOf(child: ChildProcess): Promise<Answer> {
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  await once(child, "close");
  return { exitCode: child.exitCode, signal: child.signalCode, stdout: stdout(), stderr: stderr() };
}

function textOf(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

/** main.ts of a project with an orders system in these environments. */
export function mainWith(...environments: readonly string[]): string {
  return `import { Root } from "./lib";
import { Zone } from "./modules/zone";

export const roots = ${JSON.stringify(environments)}.map((name) => {
  const root = new Root({
    path: \`environments/orders/\${name}\`,
    source: "main.ts",
    accountId: "111111111111",
    region: "us-east-1",
    backend: { bucket: "state", region: "us-east-1", kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/state", dynamodbTable: "lock" },
    tags: { CostCenter: "1", App: "orders", Owner: "platform", Env: name },
  });
  const zone = new Zone(root, "zone", { name: \`\${name}.orders.example\` });
  root.output("zoneArn", zone.arn, "ARN of the zone.");
  return root;
});
`;
}

const ZONE = `import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const Zone = defineModule({
  name: "zone",
  description: "A zone.",
  inputs: { name: z.string().min(3).describe("Name of the zone.") },
  outputs: { arn: z.string().describe("ARN of the zone.") },
  example: { name: "example.com" },
  build(scope, input) {
    return { arn: resource(scope, Route53Zone, "this", { name: input.name }).arn };
  },
});
`;
