/** The script of the workflow `kubernetes service` that deploys: whose cluster, and which manifests. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { temporaryFolder } from "../../lib/terraform/sample";

const FILE = path.join(__dirname, "../../../.github/workflows/kubernetes-service.yml");
const { jobs } = readWorkflow("kubernetes-service.yml", readFileSync(FILE, "utf8"));
const folder = temporaryFolder();
const calls = path.join(folder, "calls");

beforeAll(() => {
  for (const name of ["aws", "groundplan"]) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n{ echo ${name}; printf '%s|' "$@"; echo; } >> ${calls}\n[ ${name} != "$FAILS" ]\n`);
    chmodSync(file, 0o755);
  }
});

function deploy(environment: Readonly<Record<string, string>>) {
  writeFileSync(calls, "");
  const script = jobs.flatMap(({ steps }) => steps).find(({ name }) => name === "Deploy")?.run ?? "";
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    KUBECONFIG: "/tmp/kubeconfig",
    CLUSTER: "shop-prod",
    NAMESPACE: "shop",
    DEPLOYMENT: "k8s/deployment $(id).yaml",
    IMAGE: "shop/api@sha256:1",
    GITHUB_SHA: "abc",
    GITHUB_RUN_ID: "7",
    ...environment,
  };
  const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", script], { env, encoding: "utf8" });
  return { status, calls: readFileSync(calls, "utf8").trim().split("\n") };
}

const CONNECTED = ["aws", "eks|update-kubeconfig|--name|shop-prod|--kubeconfig|/tmp/kubeconfig|"];
const DEPLOYED =
  "deploy-kubernetes|--namespace|shop|--deployment|k8s/deployment $(id).yaml|--image|shop/api@sha256:1|--cause|commit abc, run 7|";

test("the image is deployed with and without a migration", () => {
  expect(deploy({ MIGRATION: "" })).toEqual({ status: 0, calls: [...CONNECTED, "groundplan", DEPLOYED] });
  expect(deploy({ MIGRATION: "k8s/job.yaml" }).calls.at(-1)).toBe(`${DEPLOYED}--migration|k8s/job.yaml|`);
});

test("a failure fails the step", () => {
  expect(deploy({ MIGRATION: "", FAILS: "groundplan" }).status).toBe(1);
  expect(deploy({ MIGRATION: "", FAILS: "aws" })).toEqual({ status: 1, calls: CONNECTED });
});

test("the image that is deployed is the one that was scanned, and its job waits for an approval", () => {
  const [image, deployment] = jobs;
  expect(image?.permissions).toEqual({ contents: "read" });
  const built = image?.steps.find(({ uses }) => uses === "$/.github/actions/build-image");
  expect(image?.outputs.sha256).toBe(`\${{ steps.${built?.id}.outputs.sha256 }}`);
  expect(deployment).toMatchObject({ needs: ["image"], environment: "${{ inputs.environment }}" });
  expect(deployment?.if).toBeUndefined();
  const pushed = deployment?.steps.find(({ uses }) => uses === "$/.github/actions/push-image");
  expect(pushed?.with.sha256).toBe("${{ needs.image.outputs.sha256 }}");
  const deploying = deployment?.steps.find(({ name }) => name === "Deploy");
  expect(deploying?.env.IMAGE).toBe(`\${{ inputs.repository }}@\${{ steps.${pushed?.id}.outputs.digest }}`);
});
