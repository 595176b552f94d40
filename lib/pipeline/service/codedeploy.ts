/** What becomes of a deployment by CodeDeploy. */
import { type CodeDeployClient, GetDeploymentCommand } from "@aws-sdk/client-codedeploy";
import { z } from "zod";
import { aws } from "./failure";
import { onChange, type Work, wait } from "./waiting";

const MINUTES = z.number().default(0);

const INFO = z.object({
  status: z.string(),
  errorInformation: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
  rollbackInfo: z
    .object({ rollbackDeploymentId: z.string().optional(), rollbackMessage: z.string().optional() })
    .optional(),
  instanceTerminationWaitTimeStarted: z.boolean().default(false),
  blueGreenDeploymentConfiguration: z
    .object({
      deploymentReadyOption: z.object({ waitTimeInMinutes: MINUTES }).optional(),
      terminateBlueInstancesOnDeploymentSuccess: z.object({ terminationWaitTimeInMinutes: MINUTES }).optional(),
    })
    .optional(),
});

type Info = z.infer<typeof INFO>;

export interface EndedShift {
  readonly status: "Succeeded" | "Failed" | "Stopped";
  readonly reason: string;
  /** Deployment with which CodeDeploy gave the requests back. */
  readonly rolledBackBy: string | undefined;
}

/**
 * A deployment has succeeded only after its deployment group's waits: for a test, and for the old tasks to stay. The
 * time that it may take is counted without them, or a deployment that has all requests would be stopped.
 * @returns undefined if it takes too long
 */
export async function watchShift(
  codeDeploy: CodeDeployClient,
  id: string,
  work: Work,
): Promise<EndedShift | undefined> {
  const report = onChange(work.report);
  const { clock, timeoutMinutes } = work;
  const goesOn = `CodeDeploy continues deployment ${id} without this command: aws deploy get-deployment --deployment-id ${id}`;
  const begun = await wait({ clock, minutes: 0, goesOn }, () => read(codeDeploy, id));
  const minutes = timeoutMinutes + (begun === undefined ? 0 : waitsOf(begun));
  return wait({ clock, minutes, goesOn }, async () => {
    const info = await read(codeDeploy, id);
    report(`${id}: ${inWords(info, id)}`);
    return endOf(info);
  });
}

async function read(codeDeploy: CodeDeployClient, id: string): Promise<Info> {
  const answer = await aws("codedeploy:GetDeployment", id, () =>
    codeDeploy.send(new GetDeploymentCommand({ deploymentId: id })),
  );
  return INFO.parse(answer.deploymentInfo);
}

function waitsOf({ blueGreenDeploymentConfiguration: configuration }: Info): number {
  const test = configuration?.deploymentReadyOption?.waitTimeInMinutes ?? 0;
  return test + (configuration?.terminateBlueInstancesOnDeploymentSuccess?.terminationWaitTimeInMinutes ?? 0);
}

function endOf({ status, errorInformation, rollbackInfo }: Info): EndedShift | undefined {
  if (status !== "Succeeded" && status !== "Failed" && status !== "Stopped") return undefined;
  const reasons = [errorInformation?.code, errorInformation?.message, rollbackInfo?.rollbackMessage];
  return {
    status,
    reason: reasons.filter((one) => one !== undefined && one !== "").join(": ") || "CodeDeploy gives no reason",
    rolledBackBy: rollbackInfo?.rollbackDeploymentId,
  };
}

function inWords({ status, instanceTerminationWaitTimeStarted }: Info, id: string): string {
  if (status === "Ready") return `Ready: it waits for aws deploy continue-deployment --deployment-id ${id}`;
  if (instanceTerminationWaitTimeStarted && status === "InProgress") {
    return "InProgress: all requests have moved, and the old tasks run until the wait time ends";
  }
  return status;
}
