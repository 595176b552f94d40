import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { deployToKubernetes } from "../../../../../lib/pipeline/service/kubernetes/deploy";
import type { Kubectl } from "../../../../../lib/pipeline/service/kubernetes/kubectl";
import { temporaryFolder } from "../../../terraform/sample";
import { digest, failureMessage, fakeWork } from "../fake-work";

const folder = temporaryFolder();
const EXAMPLES = path.join(__dirname, "../../../../../docs/examples/wardmitra-api");
const IMAGE = digest("b");
const APPLIED = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }) }),
  }),
});

/** A cluster whose Deployment has a revision. Each rollout takes the next result. */
class Cluster {
  readonly calls: string[] = [];
  readonly inputs: unknown[] = [];
  revision = 3;
  rollouts: ("done" | "stuck")[] = ["done"];
  /** Answers about the Job, the last one again and again. */
  job: object[] = [{}, { conditions: [{ type: "Complete", status: "True" }] }];
  /** Whether the manifest differs from the Deployment that runs. */
  isNew = true;

  readonly kubectl: Kubectl = async (args, input) => {
    this.calls.push(args.join(" "));
    if (input !== undefined) this.inputs.push(JSON.parse(input));
    return this.answer(args);
  };

  private answer([verb, what = "", ...rest]: readonly string[]) {
    const ok = (stdout: string) => ({ exitCode: 0, stdout, stderr: "" });
    if (verb === "create") return ok("job.batch/migration-x7k2p\n");
    if (verb === "get" && what.startsWith("job")) {
      return ok(JSON.stringify({ status: this.job.length > 1 ? this.job.shift() : this.job[0] }));
    }
    if (verb === "get") {
      const annotations = { "deployment.kubernetes.io/revision": String(this.revision) };
      return ok(this.revision === 0 ? "" : JSON.stringify({ metadata: { annotations } }));
    }
    if (verb === "apply" || what === "undo") {
      if (this.isNew) this.revision += 1;
      return ok("");
    }
    expect([verb, what, rest[0]]).toEqual(["rollout", "status", "deployment/api"]);
    const isDone = this.rollouts.shift() === "done";
    return isDone ? ok("") : { exitCode: 1, stdout: "", stderr: "error: exceeded its progress deadline\n" };
  }
}

function deploy(
  cluster: Pick<Cluster, "kubectl">,
  { migrates = false, work = fakeWork(15), deployment = path.join(EXAMPLES, "deployment.yaml") } = {},
) {
  const migration = migrates ? { migration: path.join(EXAMPLES, "migration.yaml") } : {};
  const request = { namespace: "wardmitra", deployment, image: IMAGE, cause: "commit abc", ...migration };
  return deployToKubernetes(cluster.kubectl, request, work);
}

test("the image is in the Deployment and its history, after the migration has completed", async () => {
  const [cluster, work] = [new Cluster(), fakeWork(15)];
  await deploy(cluster, { migrates: true, work });
  const at = "--namespace wardmitra";
  expect(cluster.calls).toEqual([
    `get deployment/api ${at} --ignore-not-found --output json`,
    `create ${at} --filename - --output name`,
    `get job.batch/migration-x7k2p ${at} --output json`,
    `get job.batch/migration-x7k2p ${at} --output json`,
    `apply ${at} --filename -`,
    `rollout status deployment/api ${at} --timeout=15m`,
  ]);
  const [job, deployment] = cluster.inputs;
  expect(job).toMatchObject({
    metadata: { generateName: "migration-" },
    spec: { activeDeadlineSeconds: 900, template: { spec: { containers: [{ image: IMAGE, args: ["migrate"] }] } } },
  });
  expect(job).not.toHaveProperty("metadata.name");
  const { metadata, spec } = APPLIED.parse(deployment);
  expect(metadata.annotations["kubernetes.io/change-cause"]).toBe(`${IMAGE}: commit abc`);
  expect(spec.template.spec.containers.map(({ image }) => image)).toEqual([IMAGE]);
  expect(work.lines).toEqual([
    "job.batch/migration-x7k2p: the migration runs",
    "job.batch/migration-x7k2p: completed",
    `wardmitra/deployment/api: runs ${IMAGE}`,
  ]);
});

test("nothing is deployed after a migration that failed or does not end", async () => {
  const failed = new Cluster();
  failed.job = [{ conditions: [{ type: "Failed", status: "True", message: "Job has reached the backoff limit" }] }];
  expect(await failureMessage(deploy(failed, { migrates: true }))).toBe(
    "job.batch/migration-x7k2p: the migration failed, and nothing was deployed: Job has reached the backoff limit",
  );
  const endless = new Cluster();
  endless.job = [{}];
  expect(await failureMessage(deploy(endless, { migrates: true }))).toMatch(/got no end after 16 minutes$/);
  for (const { calls } of [failed, endless]) expect(calls.filter((call) => call.startsWith("apply"))).toEqual([]);
});

test.each([
  ["done", "Revision 3 runs again"],
  ["stuck", "Revision 3 does not run either"],
] as const)("a rollout that fails goes back to the revision that ran before: %s", async (back, end) => {
  const cluster = new Cluster();
  cluster.rollouts = ["stuck", back];
  expect(await failureMessage(deploy(cluster))).toBe(
    `wardmitra/deployment/api: the rollout of ${IMAGE} failed: error: exceeded its progress deadline\n${end}`,
  );
  expect(cluster.calls).toContain("rollout undo deployment/api --namespace wardmitra --to-revision=3");
});

test.each([
  ["the first deployment", 0, true],
  ["the revision that ran before", 3, false],
])("there is no way back from %s", async (_what, revision, isNew) => {
  const cluster = new Cluster();
  Object.assign(cluster, { revision, isNew, rollouts: ["stuck"] });
  expect(await failureMessage(deploy(cluster))).toMatch(/\nThere is no earlier revision$/);
  expect(cluster.calls.filter((call) => call.includes("undo"))).toEqual([]);
});

const DEPLOYMENT = (spec: string, image = "application") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { ${spec}template: { spec: { containers: [{ name: api, image: ${image} }] } } }\n`;

test.each([
  ["no YAML", "a: [", "got no YAML: Flow sequence"],
  ["two documents", `${DEPLOYMENT("")}---\n${DEPLOYMENT("")}`, "got 2 documents; allowed: one YAML document with"],
  ["another kind", "kind: Pod", "got something else than a Deployment of apps/v1"],
  ["replicas", DEPLOYMENT("replicas: 2, "), "spec.replicas: got 2; allowed: none, because a HorizontalPodAutoscaler"],
  ["an image by tag", DEPLOYMENT("", "api:1"), 'image: got "api:1"; allowed: application, or <repository>@sha256:'],
  ["no place for the image", DEPLOYMENT("", digest("c")), "got no container with the image application"],
])("a manifest with %s is an input error before any call", async (_what, text, message) => {
  const file = path.join(folder, "deployment.yaml");
  writeFileSync(file, text);
  const cluster = new Cluster();
  expect(await failureMessage(deploy(cluster, { deployment: file }))).toContain(`\n  ${message}`);
  expect(cluster.calls).toEqual([]);
});

test("a call that fails ends the deployment with the message of kubectl", async () => {
  const kubectl: Kubectl = async () => ({ exitCode: 1, stdout: "", stderr: "error: You must be logged in\n" });
  expect(await failureMessage(deploy({ kubectl }))).toBe(
    "kubectl get deployment/api --namespace wardmitra --ignore-not-found --output json failed: error: You must be logged in",
  );
});
