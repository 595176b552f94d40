/** `groundplan deploy-kubernetes`: deploys an image to a Deployment, and rolls back if the rollout fails. */
import type { Command } from "commander";
import { deployToKubernetes, type KubernetesRequest } from "../pipeline/service/kubernetes/deploy";
import { systemKubectl } from "../pipeline/service/kubernetes/kubectl";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { fromCaller } from "./caller.cjs";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Options extends KubernetesRequest {
  readonly timeout: number;
}

export function add(program: Command): void {
  program
    .command("deploy-kubernetes")
    .description("deploy an image to a Deployment of Kubernetes, wait for it, and roll back if the rollout fails")
    .requiredOption("--namespace <name>", "namespace of the Deployment")
    .requiredOption("--deployment <file>", "manifest of the Deployment, whose image is `application`", fromCaller)
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .option("--migration <file>", "manifest of a Job that migrates the database first", fromCaller)
    .requiredOption("--cause <text>", "reason of the deployment, such as its commit, for the history of the rollouts")
    .option("--timeout <minutes>", "maximum time of the migration, of the rollout and of the way back", minutes, 15)
    .action(start);
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.namespace}: deploying ${options.image}`, ({ print }) =>
    deployToKubernetes(systemKubectl, options, {
      clock: SYSTEM_CLOCK,
      timeoutMinutes: options.timeout,
      report: print,
    }),
  );
}
