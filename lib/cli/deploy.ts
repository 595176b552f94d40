/** `groundplan deploy`: has a service run an image, and takes it back where that fails. */
import type { Command } from "commander";
import { type DeployRequest, deploy } from "../pipeline/service/deploy";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { APPSPEC } from "./appspec";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Options extends DeployRequest {
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
    .option(...APPSPEC)
    .option("--application <name>", "for CodeDeploy: its application")
    .option("--deployment-group <name>", "for CodeDeploy: its deployment group")
    .option(
      "--timeout <minutes>",
      "after which it is taken back; waits of the deployment group come on top",
      minutes,
      60,
    )
    .action(start);
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.cluster}/${options.service}: deploying ${options.image}`, ({ print }) =>
    deploy(options, { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, say: print }),
  );
}
