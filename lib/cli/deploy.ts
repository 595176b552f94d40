/** `groundplan deploy`: has a service run an image, and takes it back where that fails. */
import type { Command } from "commander";
import { deploy } from "../service/deploy";
import { answered } from "../service/failure";
import { SYSTEM_CLOCK } from "../service/waiting";
import { minutes } from "./minutes";
import { withProgress } from "./progress";

interface Options {
  readonly cluster: string;
  readonly service: string;
  readonly image: string;
  readonly container?: string;
  readonly appspec?: string;
  readonly application?: string;
  readonly deploymentGroup?: string;
  readonly timeout: number;
}

export function add(program: Command): void {
  program
    .command("deploy")
    .description("have an ECS service run an image, wait for it, and take it back where that fails")
    .requiredOption("--cluster <name>", "cluster of the service")
    .requiredOption("--service <name>", "service that is deployed to")
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .option("--container <name>", "container that gets the image, where the task has several")
    .option(
      "--appspec <file>",
      "for CodeDeploy: the appspec, or a file with it; <TASK_DEFINITION> stands for the revision",
    )
    .option("--application <name>", "for CodeDeploy: its application")
    .option("--deployment-group <name>", "for CodeDeploy: its deployment group")
    .option(
      "--timeout <minutes>",
      "after which it is taken back; waits of the deployment group come on top",
      minutes,
      60,
    )
    .action((options: Options) => answered(() => start(options)));
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.cluster}/${options.service}: deploying ${options.image}`, ({ print }) =>
    deploy(options, { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, say: print }),
  );
}
