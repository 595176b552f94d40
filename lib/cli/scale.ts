/** `groundplan scale`: changes the bounds of automatic scaling by hand, and prints the way back. */
import type { Command } from "commander";
import type { ServicePlace } from "../pipeline/service/ecs-service";
import { type Scaling, scaleAlias, scaleTasks } from "../pipeline/service/scaling";
import { wholeNumber } from "./whole-number";

interface AliasOptions extends Scaling {
  readonly function: string;
  readonly alias: string;
}

const WORK = { report: console.log };

export function add(program: Command): void {
  const scale = program
    .command("scale")
    .description("change the bounds of automatic scaling by hand, until the next apply");
  withBounds(scale.command("service"))
    .description("change the minimum and maximum of the tasks of a service, until the next apply")
    .requiredOption("--cluster <name>", "cluster of the service")
    .requiredOption("--service <name>", "service of ECS")
    .action((options: ServicePlace & Scaling) => scaleTasks(options, WORK));
  withBounds(scale.command("function"))
    .description("change the bounds of the provisioned concurrency of an alias, until the next apply")
    .requiredOption("--function <name>", "function of Lambda")
    .requiredOption("--alias <name>", "alias with provisioned concurrency")
    .action(({ alias, ...options }: AliasOptions) => scaleAlias({ ...options, name: alias }, WORK));
}

function withBounds(command: Command): Command {
  const bound = wholeNumber("a whole number, at least 1", 10_000);
  return command
    .requiredOption("--min <number>", "minimum", bound)
    .requiredOption("--max <number>", "maximum", bound)
    .option("--dry-run", "print the AWS calls that would be made, and change nothing");
}
