import { once } from "node:events";
import { AwsServer } from "../../support/aws-server";
import { answerOf, mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));
const image = (letter: string) => `registry.example/shop/api@sha256:${letter.repeat(64)}`;
const args = ["deploy", "--cluster", "shop", "--service", "api", "--image", image("b")];
let aws: AwsServer;

beforeEach(async () => {
  aws = await AwsServer.start();
  aws.runs(aws.revision(7, image("a")));
});

afterEach(() => aws.stop());

test("a deployment ends with exit code 0, its steps on stdout, and no credentials in the output", async () => {
  const { exitCode, stdout, stderr } = await project.run(args, aws.environment);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `old: shop-api:7
new: shop-api:8, which is shop-api:7 with another image in app
back: groundplan rollback service --cluster shop --service api --to 7
shop-api:8: 2 of 2 tasks run, 0 failed
shop/api runs shop-api:8
`,
  });
  expect(stderr).toContain(`shop/api: deploying ${image("b")}\n`);
  expect(stdout + stderr).not.toContain("none-either");
});

test("without a cluster, the service is one of App Runner", async () => {
  aws.appRunner.image = image("a");
  const { exitCode, stdout } = await project.run(
    ["deploy", "--service", "shop-api", "--image", image("b")],
    aws.environment,
  );
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `old: ${image("a")}
new: ${image("b")}
back: groundplan rollback service --service shop-api --image ${image("a")}
operation-1: SUCCEEDED
shop-api runs ${image("b")}
`,
  });
});

test("a service of App Runner takes no options of ECS", async () => {
  const { exitCode, stderr } = await project.run(
    ["deploy", "--service", "shop-api", "--image", image("b"), "--container", "app"],
    aws.environment,
  );
  expect({ exitCode, calls: aws.calls }).toEqual({ exitCode: 2, calls: [] });
  expect(stderr).toContain("--cluster\n  got none, and --container; allowed: none of these without a cluster");
});

test("a refusal by AWS ends with exit code 1 and one message", async () => {
  aws.refusals.set("ecs:UpdateService", ["AccessDeniedException", "not authorized to perform: ecs:UpdateService"]);
  const { exitCode, stderr } = await project.run(args, aws.environment);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /\necs:UpdateService of shop\/api failed: AccessDeniedException: not authorized to perform: ecs:UpdateService\n$/,
  );
});

test("an image by tag is refused with exit code 2 before any request", async () => {
  const { exitCode, stderr } = await project.run([...args.slice(0, -1), "shop/api:latest"], aws.environment);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--image\n  got "shop/api:latest"; allowed: <repository>@sha256:');
  expect(aws.calls).toEqual([]);
});

test("--timeout takes minutes", async () => {
  const { exitCode, stderr } = await project.run([...args, "--timeout", "soon"], aws.environment);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      "error: option '--timeout <minutes>' argument 'soon' is invalid. Allowed: a whole number of minutes, at least 1.\n",
  });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s during the wait reports what AWS continues", async (signal) => {
  aws.rollouts = [["IN_PROGRESS"]];
  const child = project.start(args, aws.environment);
  const answer = answerOf(child);
  let told = "";
  while (child.stdout !== null && !told.includes("tasks run")) told += String(await once(child.stdout, "data"));
  child.kill(signal);
  const ended = await answer;
  expect(ended).toMatchObject({ exitCode: null, signal });
  expect(ended.stderr).toMatch(
    /\nECS continues deployment ecs-svc\/\d+ of shop\/api to shop-api:8 without this command: aws ecs describe-services --cluster shop --services api\n$/,
  );
});
