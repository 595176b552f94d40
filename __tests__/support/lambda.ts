/** Runs the handler of a Lambda function's archive in a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { z } from "zod";

/** Packages that Lambda has are found in the folders above. */
const CACHE = path.resolve(__dirname, "../../node_modules/.cache");

const RUNTIME = `const { handler } = require("./index.cjs");
process.on("message", async (event) => {
  const error = await handler(event).then(() => null, (error) => { console.error(error); return error.message; });
  process.send({ error });
});`;

const ANSWER = z.object({ error: z.string().nullable() });

export class LambdaFunction {
  /** Everything that the function printed, with its errors, as a log group has it. */
  log = "";
  readonly #folder: string;
  readonly #process: ChildProcess;

  constructor(archive: string, variables: Readonly<Record<string, string>>) {
    mkdirSync(CACHE, { recursive: true });
    this.#folder = mkdtempSync(path.join(CACHE, "lambda-"));
    for (const [name, content] of Object.entries(unzipSync(readFileSync(archive)))) {
      writeFileSync(path.join(this.#folder, name), content);
    }
    const program = path.join(this.#folder, "runtime.cjs");
    writeFileSync(program, RUNTIME);
    this.#process = fork(program, { env: { ...variables }, silent: true });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.log += chunk.toString();
      });
    }
  }

  /** @returns the message of the error, or null */
  async call(event: Readonly<Record<string, string>>): Promise<string | null> {
    this.#process.send(event);
    const [answer] = await once(this.#process, "message");
    return ANSWER.parse(answer).error;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
