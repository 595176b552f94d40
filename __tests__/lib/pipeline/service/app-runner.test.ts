import { deployToAppRunner } from "../../../../lib/pipeline/service/app-runner";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest, writesTo } from "./aws";
import { digest, failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

let aws: AwsServer;
const service = "shop-api";
const [OLD, NEW] = [digest("a"), digest("b")];

awsForEachTest((server) => {
  aws = server;
  aws.appRunner.image = OLD;
});

test("a deployment updates the image alone, waits for the operation, and prints the way back", async () => {
  aws.appRunner.states = ["PENDING", "IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"];
  const work = fakeWork();
  await deployToAppRunner({ service, image: NEW }, work);
  expect(aws.input("apprunner:UpdateService")).toEqual({
    ServiceArn: expect.stringMatching(/:service\/shop-api\/[0-9a-f]{32}$/),
    SourceConfiguration: {
      AutoDeploymentsEnabled: false,
      AuthenticationConfiguration: { AccessRoleArn: "arn:aws:iam::111122223333:role/shop-api-access" },
      ImageRepository: {
        ImageIdentifier: NEW,
        ImageRepositoryType: "ECR",
        ImageConfiguration: { Port: "8080", RuntimeEnvironmentVariables: { LOG_LEVEL: "info" } },
      },
    },
  });
  expect(work.lines).toEqual([
    `old: ${OLD}`,
    `new: ${NEW}`,
    `back: groundplan rollback service --service shop-api --image ${OLD}`,
    "operation-1: PENDING",
    "operation-1: IN_PROGRESS",
    "operation-1: SUCCEEDED",
    `shop-api runs ${NEW}`,
  ]);
});

test("changes nothing if the service already runs the image", async () => {
  const work = fakeWork();
  await deployToAppRunner({ service, image: OLD }, work);
  expect(writesTo(aws)).toEqual([]);
  expect(work.lines.at(-1)).toBe(`shop-api already runs ${OLD}`);
});

test("a rehearsal prints the call and changes nothing", async () => {
  const work = fakeWork();
  await deployToAppRunner({ service, image: NEW, dryRun: true }, work);
  expect(writesTo(aws)).toEqual([]);
  expect(work.lines.slice(-2)).toEqual([
    expect.stringMatching(/^would call apprunner:UpdateService: \{.*b{64}/),
    "dry run: nothing was changed",
  ]);
});

test("the first deployment has no way back", async () => {
  aws.appRunner.image = "registry.example/shop/api:initial";
  const work = fakeWork();
  await deployToAppRunner({ service, image: NEW }, work);
  expect(work.lines).toContain("back: none, since no pipeline deployed the old image");
});

test("a deployment that App Runner rolls back is reported with the image that runs", async () => {
  aws.appRunner.states = ["IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCEEDED"];
  expect(await failureMessage(deployToAppRunner({ service, image: NEW }, fakeWork()))).toBe(
    `shop-api: ${NEW} failed, and App Runner rolled back\nshop-api runs ${OLD}`,
  );
});

test.each(["FAILED", "ROLLBACK_FAILED"])("a deployment that ends as %s is reported", async (state) => {
  aws.appRunner.states = [state];
  expect(await failureMessage(deployToAppRunner({ service, image: NEW }, fakeWork()))).toBe(
    `shop-api: ${NEW} ended as ${state}\nshop-api runs ${NEW}`,
  );
});

test("a deployment that exceeds the timeout is reported, since App Runner cannot stop it", async () => {
  aws.appRunner.states = ["IN_PROGRESS"];
  expect(await failureMessage(deployToAppRunner({ service, image: NEW }, fakeWork(3)))).toMatch(
    /did not finish within 3 minutes; App Runner cannot stop the update, and continues it\n/,
  );
});

test("a paused service is not deployed to", async () => {
  aws.appRunner.status = "PAUSED";
  expect(await failureMessage(deployToAppRunner({ service, image: NEW }, fakeWork()))).toBe(
    "shop-api is PAUSED; allowed: a service that is RUNNING",
  );
  expect(writesTo(aws)).toEqual([]);
});

test("a missing service is reported", async () => {
  expect(await failureMessage(deployToAppRunner({ service: "gone", image: NEW }, fakeWork()))).toBe(
    "apprunner:ListServices: got no service gone; allowed: a service of this account and region",
  );
});

test("a refusal by AWS is one message with its code", async () => {
  aws.refusals.set("apprunner:UpdateService", ["InvalidStateException", "an operation is in progress"]);
  expect(await failureMessage(deployToAppRunner({ service, image: NEW }, fakeWork()))).toBe(
    "apprunner:UpdateService of shop-api failed: InvalidStateException: an operation is in progress",
  );
});
