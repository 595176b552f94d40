/** A service as ECS describes it: its deployment controller and its revisions. */
import { DescribeServicesCommand, type ECSClient } from "@aws-sdk/client-ecs";
import { z } from "zod";
import { aws, ServiceError } from "./failure";

export interface ServicePlace {
  readonly cluster: string;
  readonly service: string;
}

export function placeName({ cluster, service }: ServicePlace): string {
  return `${cluster}/${service}`;
}

export const DEPLOYMENT = z.object({
  id: z.string(),
  status: z.string(),
  taskDefinition: z.string(),
  createdAt: z.date(),
  desiredCount: z.number().default(0),
  runningCount: z.number().default(0),
  failedTasks: z.number().default(0),
  rolloutState: z.string().optional(),
  rolloutStateReason: z.string().optional(),
});

export type Deployment = z.infer<typeof DEPLOYMENT>;

const SERVICE = z.object({
  status: z.string(),
  taskDefinition: z.string().optional(),
  deploymentController: z.object({ type: z.string() }).default({ type: "ECS" }),
  deploymentConfiguration: z
    .object({ deploymentCircuitBreaker: z.object({ rollback: z.boolean() }).optional() })
    .optional(),
  deployments: z.array(DEPLOYMENT).default([]),
  taskSets: z
    .array(z.object({ status: z.string(), taskDefinition: z.string(), runningCount: z.number().optional() }))
    .default([]),
});

export interface Service {
  /** CodeDeploy moves requests between task sets; ECS itself replaces tasks. */
  readonly controller: "ECS" | "CODE_DEPLOY";
  /** ARN of the revision that is known to run: of the last deployment that got through. */
  readonly runs: string;
  /** ARN of the revision that the last deployment is for; it may still be in progress. */
  readonly latest: string;
  /** ECS's own deployments; CodeDeploy's are not among them. */
  readonly deployments: readonly Deployment[];
  /** Whether the circuit breaker rolls back to the last completed deployment. */
  readonly takesBack: boolean;
  /** Whether CodeDeploy deploys it, and none of its tasks runs: before the first deployment, and in an outage. */
  readonly isIdle: boolean;
}

/** @throws AwsError @throws ServiceError if there is no such service, or none that can be deployed to */
export async function readService(ecs: ECSClient, place: ServicePlace): Promise<Service> {
  const { services, failures } = await aws("ecs:DescribeServices", placeName(place), () =>
    ecs.send(new DescribeServicesCommand({ cluster: place.cluster, services: [place.service] })),
  );
  if (services?.[0] === undefined) {
    throw new ServiceError(
      `ecs:DescribeServices of ${placeName(place)} failed: ${failures?.[0]?.reason ?? "no answer"}`,
    );
  }
  const service = SERVICE.parse(services[0]);
  const controller = service.deploymentController.type;
  const runs = runningRevision(service);
  if (service.status !== "ACTIVE" || (controller !== "ECS" && controller !== "CODE_DEPLOY") || runs === undefined) {
    throw new ServiceError(
      `${placeName(place)} is ${service.status}, deployed by ${controller}, and runs ${runs ?? "nothing"}; allowed: a service that is ACTIVE, deployed by ECS or CODE_DEPLOY, and runs a revision`,
    );
  }
  return {
    controller,
    runs,
    latest: primaryOf(service.deployments)?.taskDefinition ?? runs,
    deployments: service.deployments,
    takesBack: service.deploymentConfiguration?.deploymentCircuitBreaker?.rollback ?? false,
    isIdle: primaryTaskSet(service)?.runningCount === 0,
  };
}

export function primaryOf(deployments: readonly Deployment[]): Deployment | undefined {
  return deployments.find(({ status }) => status === "PRIMARY");
}

function primaryTaskSet({ taskSets }: z.infer<typeof SERVICE>) {
  return taskSets.find(({ status }) => status === "PRIMARY");
}

/** A deployment in progress is not proven: a rollback never goes to it. */
function runningRevision(service: z.infer<typeof SERVICE>): string | undefined {
  if (service.deploymentController.type === "CODE_DEPLOY") {
    return primaryTaskSet(service)?.taskDefinition ?? service.taskDefinition;
  }
  const completed = service.deployments
    .filter(({ rolloutState }) => rolloutState === "COMPLETED")
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return completed[0]?.taskDefinition ?? primaryOf(service.deployments)?.taskDefinition ?? service.taskDefinition;
}
