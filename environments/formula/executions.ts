/** The function that executes formulas. The load balancer of each colour forwards to an alias of its own. */
import { LambdaFunction } from "../../modules/lambda-function";
import { workloadsBoundaryArn } from "../common/delivery";
import { artifactsBucket, type Context, functionName } from "./context";
import type { Identity } from "./identity";
import type { Ingress } from "./ingress";
import { EXECUTIONS_PATH, TIMEOUT_SECONDS } from "./operations";

export function executions(context: Context, { tokens }: Identity, { balanced }: Ingress) {
  const { root, environment, name } = context;
  const { account, firstArchive, sizing } = environment;
  const { memoryMiB, reservedConcurrency, provisionedConcurrency } = sizing.formula;
  return new LambdaFunction(root, "executions", {
    name: functionName(environment),
    accountId: account.id,
    code: { bucket: artifactsBucket(environment), ...firstArchive },
    handler: "index.handler",
    memoryMiB,
    timeoutSeconds: TIMEOUT_SECONDS,
    reservedConcurrency,
    environment: tokens,
    logLevel: LOG_LEVELS[sizing.logLevel],
    tracing: sizing.tracing,
    durationMetric: { namespace: name, name: "FormulaExecutionDuration" },
    pathPatterns: [EXECUTIONS_PATH],
    rulePriority: 10,
    aliases: Object.fromEntries(
      balanced.map(({ colour, loadBalancer }) => [
        colour,
        { listenerArn: loadBalancer.listenerArn, provisionedConcurrency },
      ]),
    ),
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
}

export type Executions = ReturnType<typeof executions>;

const LOG_LEVELS = { debug: "DEBUG", info: "INFO" } as const;
