/** Runs commands like the command line, in a temporary folder and without the check of types. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { GitHubServer } from "../../../support/github-server";
import { temporaryFolder } from "../../terraform/sample";

export interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROJECT = path.resolve(__dirname, "../../../..");
const PROGRAM = `require(${JSON.stringify(path.join(PROJECT, "lib/cli/index.ts"))}).run(["node", "groundplan", ...process.argv.slice(1)])`;

export class CommandFolder {
  readonly folder = temporaryFolder();

  constructor() {
    this.write("package.json", '{ "version": "0.0.0" }');
  }

  write(name: string, content: string): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), "utf8");
  }

  /** @param environment additional variables; those of GitHub are not inherited */
  async run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GITHUB_"));
    const loader = path.join(PROJECT, "lib/cli/typescript.cjs");
    const child = spawn(process.execPath, ["--require", loader, "-e", PROGRAM, "--", ...args], {
      cwd: this.folder,
      env: { ...Object.fromEntries(inherited), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      output.stdout += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += String(chunk);
    });
    await once(child, "close");
    return { exitCode: child.exitCode, ...output };
  }
}

/** A stand-in for GitHub that runs during the tests of a file. */
export function runningGitHub(): GitHubServer {
  const server = new GitHubServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  return server;
}
