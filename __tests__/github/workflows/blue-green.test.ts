/** Scripts and conditions of the workflows that deploy to one of two colours. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Expressions, loadExpressions } from "../../../.ci/local/expression";
import { readWorkflow } from "../../../lib/pipeline/workflows/file";
import { temporaryFolder } from "../../lib/terraform/sample";

const jobOf = (name: string, id: string) => {
  const file = path.join(__dirname, `../../../.github/workflows/${name}.yml`);
  const found = readWorkflow(`${name}.yml`, readFileSync(file, "utf8")).jobs.find((job) => job.id === id);
  if (found === undefined) throw new Error(`${name}.yml has no job ${id}`);
  return found;
};

const folder = temporaryFolder();
const inFolder = (name: string) => path.join(folder, name);
const OUTPUT = inFolder("output");

beforeAll(() => {
  writeFileSync(
    inFolder("groundplan"),
    `#!/bin/bash\necho "groundplan $*" >> ${inFolder("calls")}\n[ "$2" = idle ] && echo green\n[ "$2" != "$FAILS" ]\n`,
  );
  writeFileSync(inFolder("aws"), `#!/bin/bash\necho "aws $*" >> ${inFolder("calls")}\necho 7\n`);
  for (const name of ["groundplan", "aws"]) chmodSync(inFolder(name), 0o755);
});

beforeEach(() => {
  for (const name of ["calls", "output"]) rmSync(inFolder(name), { force: true });
});

/** Runs the script of a job as GitHub does. */
function run(workflow: string, id: string, env: Readonly<Record<string, string>>) {
  const script = jobOf(workflow, id).steps.find(({ run: text }) => text !== undefined)?.run ?? "";
  const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    env: { PATH: `${folder}:${process.env.PATH}`, GITHUB_OUTPUT: OUTPUT, ...PLACE, ...env },
    encoding: "utf8",
  });
  return { status, calls: readFileSync(inFolder("calls"), "utf8").trim().split("\n") };
}

const PLACE = {
  ...{ ZONE: "Z1", DOMAIN: "shop.example", CLUSTER: "shop", SERVICE: "shop-api", IMAGE: "shop/api@sha256:a" },
  ...{ CONTAINER: "", FUNCTION: "", FUNCTION_VERSION: "", HEALTH_PATH: "/health", COLOUR: "green" },
};
const COLOURS =
  "--zone Z1 --domain shop.example --cluster shop --service shop-api --to green --image shop/api@sha256:a";

describe("the job that deploys", () => {
  test("deploys the image to the colour without requests, and hands the colour on", () => {
    expect(run("blue-green", "deploy-idle", {})).toEqual({
      status: 0,
      calls: ["groundplan blue-green idle --zone Z1 --domain shop.example", `groundplan blue-green deploy ${COLOURS}`],
    });
    expect(readFileSync(OUTPUT, "utf8")).toBe("colour=green\n");
  });

  test("deploys the archive of a function, and hands its version on", () => {
    const code = { CODE_BUCKET: "artifacts", CODE_KEY: "pricing/4.zip", CODE_VERSION: "v1" };
    const { calls } = run("blue-green", "deploy-idle", { CONTAINER: "app", FUNCTION: "pricing", ...code });
    expect(calls.slice(1)).toEqual([
      `groundplan blue-green deploy ${COLOURS} --container app --function pricing --code-bucket artifacts --code-key pricing/4.zip --code-version v1`,
      "aws lambda get-alias --function-name pricing --name green --query FunctionVersion --output text",
    ]);
    expect(readFileSync(OUTPUT, "utf8")).toBe("colour=green\nfunction-version=7\n");
  });

  test.each(["idle", "deploy"])("hands nothing on if `%s` fails", (command) => {
    expect(run("blue-green", "deploy-idle", { FAILS: command }).status).toBe(1);
    expect(() => readFileSync(OUTPUT, "utf8")).toThrow("ENOENT");
  });
});

test("the job that tests has no credentials", () => {
  const { permissions, environment, steps } = jobOf("blue-green", "smoke-test");
  expect({ permissions, environment }).toEqual({ permissions: { contents: "read" }, environment: undefined });
  expect(steps.filter(({ uses }) => uses?.startsWith("aws-actions/"))).toEqual([]);
  expect(run("blue-green", "smoke-test", {}).calls).toEqual([
    "groundplan blue-green smoke-test --domain shop.example --to green --path /health --timeout 10",
  ]);
});

test("the job that switches waits for the test, and for the reviewers of its own environment", () => {
  const { needs, environment } = jobOf("blue-green", "switch");
  expect({ needs, environment }).toEqual({
    needs: ["deploy-idle", "smoke-test"],
    environment: "${{ inputs.environment }}-switch",
  });
  expect(run("blue-green", "switch", { ALARMS: "errors latency", WATCH_MINUTES: "15" })).toEqual({
    status: 0,
    calls: [`groundplan blue-green switch ${COLOURS} --path /health --watch 15 --alarms errors latency`],
  });
  expect(run("blue-green", "switch", { ALARMS: "errors", WATCH_MINUTES: "15", FAILS: "switch" }).status).toBe(1);
});

test("the way back names what the former colour runs", () => {
  expect(jobOf("switch-back", "back").environment).toBe("${{ inputs.environment }}-switch");
  expect(run("switch-back", "back", { CONTAINER: "app", FUNCTION: "pricing", FUNCTION_VERSION: "3" }).calls).toEqual([
    `groundplan blue-green back ${COLOURS} --container app --function pricing --function-version 3 --path /health`,
  ]);
});

describe("the upload", () => {
  let holds: Expressions["holds"];
  beforeAll(async () => {
    ({ holds } = await loadExpressions());
  });

  test.each([
    ["both were built", "functions", "success", "success", true],
    ["there is no function", "", "success", "skipped", true],
    ["the archive failed", "functions", "success", "failure", false],
    ["the archive was skipped because a job failed", "functions", "success", "skipped", false],
    ["the image failed", "", "failure", "skipped", false],
  ])("if %s", (_, archive, image, ofArchive, runs) => {
    const needs = { image: { result: image }, archive: { result: ofArchive } };
    expect(holds(jobOf("publish", "upload").if, { inputs: { archive }, needs }, "success")).toBe(runs);
  });

  test("uploads the archive that was built, and no other", () => {
    writeFileSync(inFolder("archive.zip"), "built");
    const script = jobOf("publish", "upload").steps.find(({ id }) => id === "archive")?.run ?? "";
    const upload = (sha256: string) =>
      spawnSync(
        "bash",
        ["-eo", "pipefail", "-c", `mkdir -p $RUNNER_TEMP/archive; cp $RUNNER_TEMP/archive.zip $_\n${script}`],
        {
          env: {
            ...{ PATH: `${folder}:${process.env.PATH}`, GITHUB_OUTPUT: OUTPUT, RUNNER_TEMP: folder, SHA256: sha256 },
            ...{
              BUCKET: "artifacts",
              FOLDER: "pricing",
              GITHUB_SHA: "c0ffee",
              GITHUB_RUN_ID: "1",
              GITHUB_RUN_ATTEMPT: "2",
            },
          },
          encoding: "utf8",
        },
      );
    const sum = spawnSync("sha256sum", [inFolder("archive.zip")], { encoding: "utf8" }).stdout.split(" ")[0] ?? "";
    expect(upload("0".repeat(64)).status).not.toBe(0);
    expect(() => readFileSync(inFolder("calls"), "utf8")).toThrow("ENOENT");
    expect(upload(sum).status).toBe(0);
    expect(readFileSync(inFolder("calls"), "utf8")).toBe(
      `aws s3api put-object --bucket artifacts --key pricing/c0ffee-1-2.zip --body ${folder}/archive/archive.zip --query VersionId --output text\n`,
    );
    expect(readFileSync(OUTPUT, "utf8")).toBe("key=pricing/c0ffee-1-2.zip\nversion=7\n");
  });
});
