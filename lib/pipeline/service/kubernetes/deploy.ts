/** Deploys an image to a Deployment: runs its migration, applies the manifest, waits, and rolls back if the rollout fails. */
import { z } from "zod";
import { parsedInput } from "../../../common/input-file";
import { ServiceError } from "../failure";
import { readImage } from "../image";
import { type Work, wait } from "../waiting";
import { type Kubectl, output, reasonOf } from "./kubectl";
import { deploymentIn, jobIn } from "./manifests";

export interface KubernetesRequest {
  readonly namespace: string;
  /** File with the Deployment. */
  readonly deployment: string;
  readonly image: string;
  /** File with the Job of the migration; undefined if there is none. */
  readonly migration?: string;
  /** Reason of the deployment, in the history of the rollouts. */
  readonly cause: string;
}

/** @throws ServiceError if the migration or the rollout fails */
export async function deployToKubernetes(kubectl: Kubectl, request: KubernetesRequest, work: Work): Promise<void> {
  const { namespace, cause } = request;
  const image = readImage(request.image);
  const deployment = deploymentIn(request.deployment, image, `${image}: ${cause}`);
  const migration = request.migration && jobIn(request.migration, image, work.timeoutMinutes);
  const name = `deployment/${deployment.metadata.name}`;
  const inNamespace = ["--namespace", namespace];
  const former = await revisionOf(kubectl, name, inNamespace);
  if (migration) await migrate(kubectl, JSON.stringify(migration), inNamespace, work);
  await output(kubectl, ["apply", ...inNamespace, "--filename", "-"], JSON.stringify(deployment));
  const rollout = await status(kubectl, name, inNamespace, work);
  if (rollout.exitCode === 0) {
    work.report(`${namespace}/${name}: runs ${image}`);
    return;
  }
  const failure = `${namespace}/${name}: the rollout of ${image} failed: ${reasonOf(rollout)}`;
  const current = await revisionOf(kubectl, name, inNamespace);
  if (former === undefined || former === current) throw new ServiceError(`${failure}\nThere is no earlier revision`);
  work.report(`${namespace}/${name}: the rollout failed; back to revision ${former}`);
  // Without the number, `undo` goes to the revision before, which a deployment that failed earlier may have made.
  await output(kubectl, ["rollout", "undo", name, ...inNamespace, `--to-revision=${former}`]);
  const back = await status(kubectl, name, inNamespace, work);
  const end = back.exitCode === 0 ? `Revision ${former} runs again` : `Revision ${former} does not run either`;
  throw new ServiceError(`${failure}\n${end}`);
}

function status(kubectl: Kubectl, name: string, inNamespace: readonly string[], { timeoutMinutes }: Work) {
  return kubectl(["rollout", "status", name, ...inNamespace, `--timeout=${timeoutMinutes}m`]);
}

const REVISION = z.object({
  metadata: z.object({ annotations: z.object({ "deployment.kubernetes.io/revision": z.string() }) }),
});

/** The revision that the Deployment runs or rolls out; undefined if there is no Deployment. */
async function revisionOf(kubectl: Kubectl, name: string, inNamespace: readonly string[]): Promise<string | undefined> {
  const args = ["get", name, ...inNamespace, "--ignore-not-found", "--output", "json"];
  const text = await output(kubectl, args);
  if (text.trim() === "") return undefined;
  const { metadata } = parsedInput(name, text, REVISION, {
    noun: "a Deployment",
    allowed: "the answer of kubectl get",
  });
  return metadata.annotations["deployment.kubernetes.io/revision"];
}

const JOB = z.object({
  status: z.object({
    conditions: z
      .array(z.object({ type: z.string(), status: z.string(), message: z.string().default("no message") }))
      .default([]),
  }),
});

/** The old pods run until the migration has completed, and beside the new ones: its schema has to serve both. */
async function migrate(kubectl: Kubectl, job: string, inNamespace: readonly string[], work: Work): Promise<void> {
  const created = await output(kubectl, ["create", ...inNamespace, "--filename", "-", "--output", "name"], job);
  const name = created.trim();
  work.report(`${name}: the migration runs`);
  // The Job ends itself at its deadline. The minute is for the controller that reports it.
  const patience = { clock: work.clock, minutes: work.timeoutMinutes + 1, goesOn: `${name} goes on in the cluster` };
  const end = await wait(patience, async () => {
    const text = await output(kubectl, ["get", name, ...inNamespace, "--output", "json"]);
    const { status } = parsedInput(name, text, JOB, { noun: "a Job", allowed: "the answer of kubectl get" });
    return status.conditions.find(({ type, status }) => status === "True" && ["Complete", "Failed"].includes(type));
  });
  if (end?.type === "Complete") return work.report(`${name}: completed`);
  const reason = end === undefined ? `got no end after ${patience.minutes} minutes` : end.message;
  throw new ServiceError(`${name}: the migration failed, and nothing was deployed: ${reason}`);
}
