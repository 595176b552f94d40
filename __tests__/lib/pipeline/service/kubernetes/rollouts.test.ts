import type { Kubectl } from "../../../../../lib/pipeline/service/kubernetes/kubectl";
import { awaitRollouts } from "../../../../../lib/pipeline/service/kubernetes/rollouts";
import { failureMessage, fakeWork } from "../fake-work";

const HELM = { "meta.helm.sh/release-name": "loki" };

function workload(
  kind: string,
  name: string,
  status: object,
  { annotations = HELM, generation = 2 }: object & { annotations?: object; generation?: number } = {},
) {
  const spec = kind === "DaemonSet" ? {} : { replicas: 2 };
  return { kind, metadata: { namespace: "logging", name, generation, annotations }, spec, status };
}
const READY = { observedGeneration: 2, updatedReplicas: 2, availableReplicas: 2 };
const NODES = { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 };
const STUCK = {
  ...READY,
  availableReplicas: 1,
  conditions: [{ type: "Progressing", status: "False", message: "has timed out" }],
};

/** Answers with one list after the other, and the last one again and again. */
function cluster(...lists: readonly (readonly object[])[]): Kubectl {
  const left = [...lists];
  return async () => {
    const items = left.length > 1 ? left.shift() : left[0];
    return { exitCode: 0, stdout: JSON.stringify({ items }), stderr: "" };
  };
}
const names = new Set(["pgbouncer"]);

test("workloads that have rolled out end the wait at once", async () => {
  const work = fakeWork(10);
  const all = [
    workload("Deployment", "loki", READY),
    workload("StatefulSet", "store", READY),
    workload("DaemonSet", "exporter", NODES),
  ];
  await awaitRollouts(cluster(all), names, work);
  expect([work.lines, work.sleptMinutes()]).toEqual([["3 of 3 workloads have rolled out"], 0]);
});

test("a rollout is waited for", async () => {
  const work = fakeWork(10);
  const old = { ...READY, observedGeneration: 1 };
  await awaitRollouts(
    cluster([workload("Deployment", "loki", old)], [workload("Deployment", "loki", READY)]),
    names,
    work,
  );
  expect(work.lines).toEqual(["0 of 1 workloads have rolled out", "1 of 1 workloads have rolled out"]);
});

test("a rollout that Kubernetes has given up fails at once", async () => {
  const work = fakeWork(10);
  expect(await failureMessage(awaitRollouts(cluster([workload("Deployment", "loki", STUCK)]), names, work))).toBe(
    "a rollout has failed\n  logging/Deployment/loki: has timed out",
  );
  expect(work.sleptMinutes()).toBe(0);
});

test.each([
  ["Deployment", { ...READY, availableReplicas: 1 }, "2 updated and 1 available of 2 pods"],
  ["StatefulSet", { ...READY, updatedReplicas: 1 }, "1 updated and 2 available of 2 pods"],
  ["DaemonSet", { ...NODES, numberAvailable: 2 }, "3 updated and 2 available of 3 pods"],
  ["Deployment", {}, "0 updated and 0 available of 2 pods"],
])("a %s that is not complete when the time is up is named", async (kind, status, got) => {
  expect(await failureMessage(awaitRollouts(cluster([workload(kind, "loki", status)]), names, fakeWork(10)))).toBe(
    `not complete after 10 minutes\n  logging/${kind}/loki: ${got}`,
  );
});

test("a workload without a release counts only if the root has it: a pipeline deploys the others", async () => {
  const other = workload("Deployment", "api", STUCK, { annotations: {} });
  await awaitRollouts(cluster([other]), names, fakeWork(10));
  const own = workload("Deployment", "pgbouncer", STUCK, { annotations: {} });
  expect(await failureMessage(awaitRollouts(cluster([other, own]), names, fakeWork(10)))).toBe(
    "a rollout has failed\n  logging/Deployment/pgbouncer: has timed out",
  );
});
