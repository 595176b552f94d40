/** `groundplan deploy`: deploys an image to a service, and rolls back if the deployment fails. */
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
    .description("deploy an image to an ECS service, wait for it, and roll back if the deployment fails")
    .requiredOption("--cluster <name>", "cluster of the service")
    .requiredOption("--service <name>", "service to deploy to")
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .option("--container <name>", "container that gets the image, if the task has several")
    .option(...APPSPEC)
    .option("--application <name>", "application of CodeDeploy, if CodeDeploy deploys the service")
    .option("--deployment-group <name>", "deployment group of CodeDeploy, if CodeDeploy deploys the service")
    .option(
      "--timeout <minutes>",
      "roll back after this time, plus the wait times of the deployment group",
      minutes,
      60,
    )
    .action(start);
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.cluster}/${options.service}: deploying ${options.image}`, ({ print }) =>
    deploy(options, { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, report: print }),
  );
}
