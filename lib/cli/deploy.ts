/** `groundplan deploy`: deploys an image to a service, and rolls back if the deployment fails. */
import type { Command } from "commander";
import { InputError } from "../common/errors";
import { deployToAppRunner } from "../pipeline/service/app-runner";
import { type DeployRequest, deploy } from "../pipeline/service/deploy";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { APPSPEC } from "./appspec";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Options extends Omit<DeployRequest, "cluster"> {
  /** None for a service of App Runner. */
  readonly cluster?: string;
  readonly timeout: number;
}

export function add(program: Command): void {
  program
    .command("deploy")
    .description(
      "deploy an image to a service of ECS or App Runner, wait for it, and roll back if the deployment fails",
    )
    .option("--cluster <name>", "cluster of the service; none for a service of App Runner")
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

async function start({ cluster, ...options }: Options): Promise<void> {
  const place = cluster === undefined ? options.service : `${cluster}/${options.service}`;
  await withProgress(`${place}: deploying ${options.image}`, ({ print }) => {
    const work = { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, report: print };
    if (cluster !== undefined) return deploy({ ...options, cluster }, work);
    refuseOptionsOfEcs(options);
    return deployToAppRunner(options, work);
  });
}

/** @throws InputError */
function refuseOptionsOfEcs({ container, appspec, application, deploymentGroup }: Omit<Options, "cluster">): void {
  const given = Object.entries({
    "--container": container,
    "--appspec": appspec,
    "--application": application,
    "--deployment-group": deploymentGroup,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length === 0) return;
  throw new InputError("--cluster", [`got none, and ${given.join(", ")}; allowed: none of these without a cluster`]);
}
