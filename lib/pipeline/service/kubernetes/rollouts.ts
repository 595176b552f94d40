/**
 * The state of the rollouts in a cluster. Terraform records an object that was applied as done: if its pods never become ready, the
 * next plan is empty.
 */
import { z } from "zod";
import { parsedInput } from "../../../common/input-file";
import { ServiceError } from "../failure";
import { onChange, type Work, wait } from "../waiting";
import { type Kubectl, output } from "./kubectl";

const COUNT = z.number().default(0);
const WORKLOAD = z.object({
  kind: z.enum(["Deployment", "DaemonSet", "StatefulSet"]),
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    generation: COUNT,
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({ replicas: z.number().default(1) }).partial(),
  status: z
    .object({
      observedGeneration: COUNT,
      updatedReplicas: COUNT,
      availableReplicas: COUNT,
      desiredNumberScheduled: COUNT,
      updatedNumberScheduled: COUNT,
      numberAvailable: COUNT,
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), message: z.string().default("") }))
        .default([]),
    })
    .prefault({}),
});
const WORKLOADS = z.object({ items: z.array(WORKLOAD) });

export type Workload = z.output<typeof WORKLOAD>;

/** `null` if the rollout is complete. `isFinal` if Kubernetes has given up. */
export function problemOf({ kind, metadata, spec, status }: Workload): { got: string; isFinal: boolean } | null {
  const place = `${metadata.namespace}/${kind}/${metadata.name}`;
  const stuck = status.conditions.find(({ type, status }) => type === "Progressing" && status === "False");
  if (stuck !== undefined) return { got: `${place}: ${stuck.message}`, isFinal: true };
  const isDaemon = kind === "DaemonSet";
  const wanted = isDaemon ? status.desiredNumberScheduled : (spec.replicas ?? 1);
  const updated = isDaemon ? status.updatedNumberScheduled : status.updatedReplicas;
  const available = isDaemon ? status.numberAvailable : status.availableReplicas;
  const isSeen = status.observedGeneration >= metadata.generation;
  if (isSeen && updated >= wanted && available >= wanted) return null;
  return { got: `${place}: ${updated} updated and ${available} available of ${wanted} pods`, isFinal: false };
}

/**
 * Waits until every workload of a root has rolled out: those of Helm releases, and those with the given names. A pipeline deploys others.
 * @throws ServiceError if one fails, or the time is up
 */
export async function awaitRollouts(kubectl: Kubectl, names: ReadonlySet<string>, work: Work): Promise<void> {
  const report = onChange(work.report);
  const patience = { clock: work.clock, minutes: work.timeoutMinutes, goesOn: "The rollouts go on in the cluster" };
  let last: readonly string[] = [];
  const end = await wait(patience, async () => {
    const args = ["get", "deployments,daemonsets,statefulsets", "--all-namespaces", "--output", "json"];
    const { items } = parsedInput("kubectl get", await output(kubectl, args), WORKLOADS, {
      noun: "a list of workloads",
      allowed: "the answer of kubectl get",
    });
    const own = items.filter(({ metadata }) => RELEASE in metadata.annotations || names.has(metadata.name));
    const problems = own.map(problemOf).filter((problem) => problem !== null);
    last = problems.map(({ got }) => got);
    report(`${own.length - last.length} of ${own.length} workloads have rolled out`);
    return last.length === 0 || problems.some(({ isFinal }) => isFinal) ? last : undefined;
  });
  if (end?.length === 0) return;
  const reason = end === undefined ? `not complete after ${work.timeoutMinutes} minutes` : "a rollout has failed";
  throw new ServiceError(`${reason}\n${last.map((line) => `  ${line}`).join("\n")}`);
}

/** @see https://helm.sh/docs/chart_best_practices/labels/ */
const RELEASE = "meta.helm.sh/release-name";
