/** The composite actions that build an image in one job and push it in another: what is pushed is what was scanned. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readAction } from "../../../lib/pipeline/workflows/file";
import { temporaryFolder } from "../../lib/terraform/sample";

function action(name: string) {
  const file = path.join(__dirname, "../../../.github/actions", name, "action.yml");
  return readAction(`${name}/action.yml`, readFileSync(file, "utf8"));
}

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const IMAGE = "the scanned image";
const REPOSITORY = "111122223333.dkr.ecr.us-west-2.amazonaws.com/shop/api";
const TAGGED = `${REPOSITORY}:abc-7-1`;

beforeAll(() => {
  const script = (name: string) => `#!/bin/sh
echo ${name} "$@" >> ${file("calls")}
case "$*" in *inspect*) echo ${REPOSITORY}@sha256:1;; save*) printf '%s' '${IMAGE}' > "$3";; esac
`;
  for (const name of ["aws", "docker"]) {
    writeFileSync(file(name), script(name));
    chmodSync(file(name), 0o755);
  }
});

function run(name: string, id: string, environment: Readonly<Record<string, string>>) {
  for (const written of ["calls", "output"]) writeFileSync(file(written), "");
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: file("output"),
    GITHUB_SHA: "abc",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_ATTEMPT: "1",
    ...environment,
  };
  const step = action(name).steps.find((one) => one.id === id);
  const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", step?.run ?? ""], { env, encoding: "utf8" });
  const calls = readFileSync(file("calls"), "utf8").split("\n").slice(0, -1);
  return { status, calls, output: readFileSync(file("output"), "utf8") };
}

const SHA256 = createHash("sha256").update(IMAGE).digest("hex");

test("packages are analyzed before the build, and an image is scanned before it is uploaded, with its checksum as the output", () => {
  const names = action("build-image").steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, ""));
  expect(names).toEqual([
    "$/.github/actions/trivy",
    "Analyze the packages",
    "Build",
    "Scan",
    "actions/upload-artifact",
  ]);
  const { status, output } = run("build-image", "build", { CONTEXT: "api", DOCKERFILE: "api/Dockerfile" });
  expect({ status, output }).toEqual({ status: 0, output: `sha256=${SHA256}\n` });
});

describe("the image of the artifact", () => {
  beforeAll(() => {
    mkdirSync(file("image"));
    writeFileSync(file("image/image.tar"), IMAGE);
  });

  test("is pushed under a tag of its own, and its digest is the output", () => {
    expect(run("push-image", "push", { REPOSITORY, SHA256 })).toEqual({
      status: 0,
      calls: expect.arrayContaining([`docker tag built ${TAGGED}`, `docker push ${TAGGED}`]),
      output: "digest=sha256:1\n",
    });
  });

  test.each(["", "0".repeat(64)])("is not even loaded if its checksum is not %p", (sha256) => {
    expect(run("push-image", "push", { REPOSITORY, SHA256: sha256 })).toEqual({ status: 1, calls: [], output: "" });
  });
});
