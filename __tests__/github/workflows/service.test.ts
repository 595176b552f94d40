/** Jobs and steps of the workflow `service` that run with and without an existing image. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { temporaryFolder } from "../../lib/terraform/sample";

const FILE = path.join(__dirname, "../../../.github/workflows/service.yml");
const { jobs } = readWorkflow("service.yml", readFileSync(FILE, "utf8"));
const job = (id: string) => jobs.find((one) => one.id === id);
const DIGEST = `sha256:${"a".repeat(64)}`;
const skipped = { result: "skipped" };

let holds: Expressions["holds"];

beforeAll(async () => {
  ({ holds } = await loadExpressions());
});

test.each([
  [{ digest: "", backend: ".", frontend: "web" }, ["backend", "frontend"]],
  [{ digest: DIGEST, backend: ".", frontend: "web" }, []],
])("with %j, these test jobs run: %j", (inputs, expected) => {
  const running = ["backend", "frontend"].filter((id) => holds(job(id)?.if, { inputs }, "success"));
  expect(running).toEqual(expected);
});

test("with a digest, no image is built and the image with this digest is deployed", () => {
  const inputs = { digest: DIGEST, backend: "", frontend: "" };
  expect(holds(job("image")?.if, { inputs, needs: { backend: skipped, frontend: skipped } }, "success")).toBe(false);
  expect(holds(job("deploy")?.if, { inputs, needs: { image: skipped } }, "success")).toBe(true);
});

test("without a digest, nothing is deployed if the build did not succeed", () => {
  const inputs = { digest: "", backend: ".", frontend: "" };
  for (const result of ["skipped", "failure", "cancelled"]) {
    expect(holds(job("deploy")?.if, { inputs, needs: { image: { result } } }, "success")).toBe(false);
  }
  expect(holds(job("deploy")?.if, { inputs, needs: { image: { result: "success" } } }, "success")).toBe(true);
});

test("the pushed image is the one that was scanned", () => {
  const step = (of: string, action: string) =>
    job(of)?.steps.find(({ uses }) => uses === `$/.github/actions/${action}`);
  expect(job("image")?.outputs.sha256).toBe(`\${{ steps.${step("image", "build-image")?.id}.outputs.sha256 }}`);
  expect(step("deploy", "push-image")).toMatchObject({
    id: "push",
    with: { sha256: "${{ needs.image.outputs.sha256 }}" },
  });
});

test("an image that is built is pushed, and an image with a digest is waited for", () => {
  const steps = (digest: string) =>
    (job("deploy")?.steps ?? [])
      .filter((step) => holds(step.if, { inputs: { digest } }, "success"))
      .flatMap(({ id }) => id ?? []);
  expect(steps("")).toEqual(["push"]);
  expect(steps(DIGEST)).toEqual(["copied"]);
});

describe("the wait for a copied image", () => {
  const folder = temporaryFolder();
  const file = (name: string) => path.join(folder, name);
  beforeAll(() => {
    // The copy exists at the second request.
    writeFileSync(file("aws"), `#!/bin/sh\necho "$@" >> ${file("calls")}\n[ "$(wc -l < ${file("calls")})" -ge 2 ]\n`);
    writeFileSync(file("sleep"), "#!/bin/sh\n");
    for (const name of ["aws", "sleep"]) chmodSync(file(name), 0o755);
  });

  const wait = (digest: string) => {
    const script = job("deploy")?.steps.find(({ id }) => id === "copied")?.run ?? "";
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      REPOSITORY: "111122223333.dkr.ecr.us-west-2.amazonaws.com/shop/api",
      DIGEST: digest,
      GITHUB_OUTPUT: file("output"),
      RUNNER_TEMP: folder,
    };
    return spawnSync("bash", ["-eo", "pipefail", "-c", script], { env, encoding: "utf8" });
  };

  test("ends as soon as ECR has the image", () => {
    expect(wait(DIGEST).status).toBe(0);
    const look = `ecr describe-images --repository-name shop/api --image-ids imageDigest=${DIGEST}`;
    expect(readFileSync(file("calls"), "utf8").trim().split("\n")).toEqual([look, look]);
    expect(readFileSync(file("output"), "utf8")).toBe(`digest=${DIGEST}\n`);
  });

  test("refuses a value that is not a digest", () => {
    expect(wait("latest")).toMatchObject({
      status: 2,
      stdout: "digest: got latest; allowed: sha256:<64 hexadecimal digits>\n",
    });
  });
});
