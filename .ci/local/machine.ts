/** The runner of one job: a clean clone, a temporary folder, the files for workflow commands, and a shell. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface StepResult {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Standard output and standard error. */
  readonly log: string;
}

type Variables = Readonly<Record<string, string>>;

/** Files that a step can write workflow commands to. */
const FILES = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE"] as const;

export class Machine {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "steps-"));
  readonly workspace = path.join(this.#folder, "workspace");
  readonly temporary = path.join(this.#folder, "temporary");
  #added: Variables = {};
  #path: readonly string[] = [];

  /** @param source repository to clone at HEAD; uncommitted changes are not included */
  constructor(
    source: string,
    private readonly given: Variables,
  ) {
    execFileSync("git", ["clone", "--quiet", source, this.workspace]);
    mkdirSync(this.temporary);
  }

  /** Runs a script as GitHub does with `shell: bash`. */
  async run(script: string, folder: string, variables: Variables): Promise<StepResult> {
    const file = path.join(this.#folder, "step.sh");
    writeFileSync(file, script);
    const files = Object.fromEntries(FILES.map((name) => [name, path.join(this.#folder, name)]));
    for (const name of Object.values(files)) writeFileSync(name, "");
    const log = path.join(this.#folder, "step.log");
    const stream = createWriteStream(log);
    const shell = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
      cwd: folder,
      env: { ...this.#environment(), ...this.#added, ...variables, ...files },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const output of [shell.stdout, shell.stderr]) output.pipe(stream, { end: false });
    await once(shell, "close");
    stream.end();
    await once(stream, "finish");
    const written = (name: (typeof FILES)[number]) => readFileSync(path.join(this.#folder, name), "utf8");
    this.#added = { ...this.#added, ...valuesIn(written("GITHUB_ENV")) };
    this.#path = [...written("GITHUB_PATH").split("\n").filter(Boolean).reverse(), ...this.#path];
    return { exitCode: shell.exitCode, outputs: valuesIn(written("GITHUB_OUTPUT")), log: readFileSync(log, "utf8") };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.given,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temporary,
      PATH: [...this.#path, process.env.PATH].join(path.delimiter),
    };
  }
}

/**
 * Parses `name=value` and multiline values: `name<<END`, lines, `END`.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function valuesIn(text: string): Variables {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, operator, rest = ""] = /^([^=<]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (operator === "=") values[name] = rest;
    else
      values[name] = lines
        .splice(0, lines.indexOf(rest) + 1)
        .slice(0, -1)
        .join("\n");
  }
  return values;
}
