import { deploy } from "../../../../lib/pipeline/service/deploy";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest } from "./aws";
import { digest, failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

let aws: AwsServer;
const place = { cluster: "shop", service: "api" };
const [OLD, NEW] = [digest("a"), digest("b")];

awsForEachTest((server) => {
  aws = server;
  aws.runs(aws.revision(7, OLD, { cpu: "256", tags: [{ key: "App", value: "shop" }], compatibilities: ["FARGATE"] }));
});

describe("a rolling deployment", () => {
  test("registers the image, updates the service, waits, and prints the old revision, the new one and the command to roll back", async () => {
    aws.rollouts = [["IN_PROGRESS", "IN_PROGRESS", "COMPLETED"]];
    const work = fakeWork();
    await deploy({ ...place, image: NEW }, work);
    expect(aws.input("ecs:RegisterTaskDefinition")).toEqual({
      family: "shop-api",
      cpu: "256",
      containerDefinitions: [{ name: "app", image: NEW }],
      tags: [{ key: "App", value: "shop" }],
    });
    expect(aws.input("ecs:UpdateService")).toEqual({ ...place, taskDefinition: expect.stringMatching(/shop-api:8$/) });
    expect(work.lines).toEqual([
      "old: shop-api:7",
      "new: shop-api:8, which is shop-api:7 with another image in app",
      "back: groundplan rollback service --cluster shop --service api --to 7",
      "shop-api:8: 2 of 2 tasks run, 0 failed",
      "shop/api runs shop-api:8",
    ]);
  });

  test("starts from the newest revision, so that changes by Terraform take effect", async () => {
    aws.revision(8, "shop/api:initial", { cpu: "512" });
    const work = fakeWork();
    await deploy({ ...place, image: OLD }, work);
    expect(aws.input("ecs:RegisterTaskDefinition")).toMatchObject({
      cpu: "512",
      containerDefinitions: [{ image: OLD }],
    });
    expect(work.lines.slice(0, 3)).toEqual([
      "old: shop-api:7",
      "new: shop-api:9, which is shop-api:8 with another image in app",
      "back: groundplan rollback service --cluster shop --service api --to 7",
    ]);
  });

  test("changes nothing if the service already runs the image", async () => {
    const work = fakeWork();
    await deploy({ ...place, image: OLD }, work);
    expect(aws.operations()).toEqual(["ecs:DescribeServices", "ecs:DescribeTaskDefinition"]);
    expect(work.lines.at(-1)).toBe("shop/api already runs shop-api:7");
  });

  test("uses a revision that already has the image", async () => {
    aws.revision(8, NEW);
    const work = fakeWork();
    await deploy({ ...place, image: NEW }, work);
    expect(aws.operations()).not.toContain("ecs:RegisterTaskDefinition");
    expect(work.lines[1]).toBe("new: shop-api:8, which has this image already");
    expect(work.lines.at(-1)).toBe("shop/api runs shop-api:8");
  });

  test("that fails is reported with its reason and the rollback by the circuit breaker", async () => {
    aws.rollouts = [
      ["IN_PROGRESS", "FAILED"],
      ["IN_PROGRESS", "COMPLETED"],
    ];
    expect(await failureMessage(deploy({ ...place, image: NEW }, fakeWork()))).toBe(
      "shop/api: shop-api:8 failed: ECS deployment circuit breaker: tasks failed to start.\n" +
        "the circuit breaker rolled back to shop-api:7, which runs",
    );
    expect(aws.operations().filter((one) => one === "ecs:UpdateService")).toHaveLength(1);
  });

  test("that fails without a circuit breaker is rolled back by the command", async () => {
    aws.rollouts = [["FAILED"]];
    aws.service.deploymentConfiguration = {};
    expect(await failureMessage(deploy({ ...place, image: NEW }, fakeWork()))).toMatch(
      /shop-api:8 failed: .*\nthis deployment rolled back to shop-api:7, which runs$/,
    );
  });

  test("that exceeds the timeout is rolled back to the previous revision", async () => {
    aws.rollouts = [["IN_PROGRESS"], ["IN_PROGRESS", "COMPLETED"]];
    const work = fakeWork(3);
    expect(await failureMessage(deploy({ ...place, image: NEW }, work))).toBe(
      "shop/api: shop-api:8 did not finish within 3 minutes\nthis deployment rolled back to shop-api:7, which runs",
    );
    expect(aws.calls.filter((one) => one.operation === "ecs:UpdateService").map(({ input }) => input)).toEqual([
      { ...place, taskDefinition: expect.stringMatching(/:8$/) },
      { ...place, taskDefinition: expect.stringMatching(/:7$/) },
    ]);
  });

  test("whose rollback exceeds the timeout, too, is reported", async () => {
    aws.rollouts = [["IN_PROGRESS"], ["IN_PROGRESS"]];
    expect(await failureMessage(deploy({ ...place, image: NEW }, fakeWork(3)))).toBe(
      "shop/api: shop-api:8 did not finish within 3 minutes\n" +
        "this deployment rolls back to shop-api:7, which does not run yet: it did not finish within 3 minutes",
    );
  });

  test("never rolls back to a revision that is still being deployed", async () => {
    aws.rollouts = [["IN_PROGRESS"], ["IN_PROGRESS"], ["COMPLETED"]];
    await failureMessage(deploy({ ...place, image: NEW }, { ...fakeWork(0) }));
    aws.calls.length = 0;
    aws.rollouts = [["IN_PROGRESS"], ["COMPLETED"]];
    const work = fakeWork();
    await failureMessage(deploy({ ...place, image: digest("c") }, work));
    expect(work.lines[0]).toBe("old: shop-api:7");
  });
});

describe("a deployment by CodeDeploy", () => {
  const group = {
    appspec: '{"TaskDefinition":"<TASK_DEFINITION>"}',
    application: "shop-api",
    deploymentGroup: "shop-api",
  };
  beforeEach(() => aws.runsByCodeDeploy(aws.revision(7, OLD)));

  test("hands the new revision to CodeDeploy and waits until it has succeeded", async () => {
    aws.shifts = [{ statuses: ["Created", "InProgress", "Ready", "Succeeded"] }];
    const work = fakeWork();
    await deploy({ ...place, ...group, image: NEW }, work);
    expect(aws.input("codedeploy:CreateDeployment")).toEqual({
      applicationName: "shop-api",
      deploymentGroupName: "shop-api",
      revision: {
        revisionType: "AppSpecContent",
        appSpecContent: {
          content: '{"TaskDefinition":"arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:8"}',
        },
      },
    });
    expect(work.lines.slice(3)).toEqual([
      "d-1: CodeDeploy begins with shop-api:8",
      "d-1: InProgress",
      "d-1: Ready: it waits for aws deploy continue-deployment --deployment-id d-1",
      "d-1: Succeeded",
      "shop/api runs shop-api:8",
    ]);
  });

  test.each(["Failed", "Stopped"])("that is %s is reported with its reason and its rollback", async (status) => {
    const errorInformation = { code: "ALARM_ACTIVE", message: "shop-api-5xx is on" };
    aws.shifts = [{ statuses: [status], info: { errorInformation, rollbackInfo: { rollbackDeploymentId: "d-2" } } }];
    expect(await failureMessage(deploy({ ...place, ...group, image: NEW }, fakeWork()))).toBe(
      `shop/api: shop-api:8 ${status.toLowerCase()} (d-1): ALARM_ACTIVE: shop-api-5xx is on\n` +
        "it was rolled back by d-2: shop/api runs shop-api:7",
    );
  });

  test("ignores alarms while no task runs, since they report that; every later deployment is stopped by them", async () => {
    aws.runsByCodeDeploy(aws.revision(7, "shop/api:initial"), 0);
    const work = fakeWork();
    await deploy({ ...place, ...group, image: NEW }, work);
    expect(aws.input("codedeploy:CreateDeployment")).toMatchObject({ overrideAlarmConfiguration: { enabled: false } });
    expect(work.lines).toContain("d-1: CodeDeploy begins with shop-api:8, whatever alarms are on");
    aws.calls.length = 0;
    await deploy({ ...place, ...group, image: digest("c") }, fakeWork());
    expect(aws.input("codedeploy:CreateDeployment")).not.toHaveProperty("overrideAlarmConfiguration");
  });

  test("that exceeds the timeout is stopped, and all requests move back", async () => {
    aws.shifts = [{ statuses: ["InProgress"] }];
    const work = fakeWork(3);
    expect(await failureMessage(deploy({ ...place, ...group, image: NEW }, work))).toBe(
      "shop/api: shop-api:8 did not finish within 3 minutes plus the wait times of its deployment group (d-1)\n" +
        "it was rolled back: shop/api runs shop-api:7",
    );
    expect(aws.input("codedeploy:StopDeployment")).toEqual({ deploymentId: "d-1", autoRollbackEnabled: true });
  });

  test("gets the wait times of its deployment group in addition", async () => {
    const blueGreenDeploymentConfiguration = {
      deploymentReadyOption: { waitTimeInMinutes: 2 },
      terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: 6 },
    };
    aws.shifts = [{ statuses: ["InProgress"], info: { blueGreenDeploymentConfiguration } }];
    const work = fakeWork(3);
    await failureMessage(deploy({ ...place, ...group, image: NEW }, work));
    expect(Math.floor(work.sleptMinutes())).toBe(11);
  });

  test("that CodeDeploy refuses is one message with AWS's code", async () => {
    aws.refusals.set("codedeploy:CreateDeployment", ["DeploymentLimitExceededException", "an active Deployment"]);
    expect(await failureMessage(deploy({ ...place, ...group, image: NEW }, fakeWork()))).toBe(
      "codedeploy:CreateDeployment of shop-api/shop-api failed: DeploymentLimitExceededException: an active Deployment",
    );
  });

  test("requires all options for CodeDeploy before anything is changed", async () => {
    const request = { ...place, image: NEW, application: "shop-api" };
    expect(await failureMessage(deploy(request, fakeWork()))).toBe(
      "shop/api\n  got --application; allowed: --appspec, --application and --deployment-group, since CodeDeploy deploys the service",
    );
    expect(aws.operations()).toEqual(["ecs:DescribeServices"]);
  });
});

test("options for CodeDeploy are refused for a service that ECS deploys", async () => {
  const group = { appspec: '{"a":"<TASK_DEFINITION>"}', application: "shop-api", deploymentGroup: "shop-api" };
  expect(await failureMessage(deploy({ ...place, ...group, image: NEW }, fakeWork()))).toBe(
    "shop/api\n  got --appspec, --application, --deployment-group; allowed: none of these options, since ECS deploys the service",
  );
});

test("a missing service is reported", async () => {
  expect(await failureMessage(deploy({ cluster: "shop", service: "gone", image: NEW }, fakeWork()))).toBe(
    "ecs:DescribeServices of shop/gone failed: MISSING",
  );
});

test("a service that is being deleted is not deployed to", async () => {
  aws.service.status = "DRAINING";
  expect(await failureMessage(deploy({ ...place, image: NEW }, fakeWork()))).toMatch(
    /^shop\/api is DRAINING, deployed by ECS, and runs .*shop-api:7; allowed: a service that is ACTIVE, /,
  );
});
