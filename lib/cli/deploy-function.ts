/** `groundplan deploy-function`: publishes an archive as a version of a function, and moves an alias to it. */
import type { Command } from "commander";
import { deployFunction } from "../pipeline/service/function";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Options {
  readonly function: string;
  readonly alias: string;
  readonly codeBucket: string;
  readonly codeKey: string;
  readonly codeVersion: string;
  readonly timeout: number;
}

export function add(program: Command): void {
  program
    .command("deploy-function")
    .description("publish an archive as a version of a function, move an alias to it, and wait until it is ready")
    .requiredOption("--function <name>", "function to deploy to")
    .requiredOption("--alias <name>", "alias that moves")
    .requiredOption("--code-bucket <name>", "bucket of the archive")
    .requiredOption("--code-key <key>", "key of the archive")
    .requiredOption("--code-version <id>", "version of the object")
    .option("--timeout <minutes>", "maximum time of each step", minutes, 30)
    .action(start);
}

async function start({ alias: name, timeout, codeBucket, codeKey, codeVersion, ...options }: Options): Promise<void> {
  const alias = { function: options.function, name };
  const code = { bucket: codeBucket, key: codeKey, version: codeVersion };
  await withProgress(`${options.function}:${name}: deploying s3://${codeBucket}/${codeKey}`, ({ print }) =>
    deployFunction(alias, code, { clock: SYSTEM_CLOCK, timeoutMinutes: timeout, report: print }),
  );
}
