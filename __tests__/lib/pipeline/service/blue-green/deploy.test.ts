import { deployToIdle, idleColour } from "../../../../../lib/pipeline/service/blue-green/deploy";
import type { ColoursServer } from "../../../../support/colours-server";
import { digest, failureMessage, fakeWork } from "../fake-work";
import { COLOURS, coloursForEachTest, GREEN } from "./colours";

let aws: ColoursServer;
coloursForEachTest((server) => {
  aws = server;
});

const NEW = digest("c");
const code = { bucket: "artifacts", key: "pricing/4.zip", version: "v1" } as const;
const withFunction = { ...COLOURS, function: "pricing", code } as const;

test("the idle colour is the one without a weight", async () => {
  expect(await idleColour(COLOURS)).toBe("green");
  aws.records.become({ blue: 0, green: 100 });
  expect(await idleColour(COLOURS)).toBe("blue");
});

test("an image goes to the service of the idle colour, and the other service stays", async () => {
  const work = fakeWork();
  await deployToIdle({ ...COLOURS, to: "green", image: NEW }, work);
  expect(aws.writes()).toEqual(["ecs:RegisterTaskDefinition", "ecs:UpdateService"]);
  expect([...aws.services].map(([name, { taskDefinition }]) => [name, aws.images.get(taskDefinition)])).toEqual([
    ["shop-blue", digest("a")],
    ["shop-green", NEW],
  ]);
  expect(work.lines.at(-1)).toBe("shop/shop-green runs shop-green:8");
});

test("the colour that gets the requests is refused", async () => {
  expect(await failureMessage(deployToIdle({ ...COLOURS, to: "blue", image: NEW }, fakeWork()))).toBe(
    "--to\n  got blue, which gets the requests; allowed: green",
  );
  expect(await failureMessage(deployToIdle({ ...COLOURS, to: "red", image: NEW }, fakeWork()))).toBe(
    "--to\n  got red; allowed: a record of origin.shop.example: blue or green",
  );
  expect(aws.writes()).toEqual([]);
});

describe("the archive of a function", () => {
  test("becomes a version, and the alias of the idle colour moves to it", async () => {
    aws.lambda.provisioned.set("green", { requested: 5, statuses: ["IN_PROGRESS", "READY"] });
    const work = fakeWork();
    await deployToIdle({ ...withFunction, to: "green", image: GREEN }, work);
    expect(Object.fromEntries(aws.lambda.aliases)).toEqual({ blue: "3", green: "4" });
    expect(aws.inputsOf("lambda:UpdateFunctionCode")).toEqual([
      expect.objectContaining({ S3Bucket: "artifacts", S3Key: "pricing/4.zip", S3ObjectVersion: "v1" }),
    ]);
    expect(work.lines.slice(-3)).toEqual([
      "pricing:green: version 2 becomes 4",
      "pricing:green: 0 of 5 provisioned, IN_PROGRESS",
      "pricing:green: 5 of 5 provisioned, READY",
    ]);
  });

  test("makes no second version if the deployment is repeated", async () => {
    await deployToIdle({ ...withFunction, to: "green", image: GREEN }, fakeWork());
    const work = fakeWork();
    await deployToIdle({ ...withFunction, to: "green", image: GREEN }, work);
    expect(work.lines.at(-1)).toBe("pricing:green already is version 4");
    expect(aws.lambda.versions.size).toBe(4);
  });

  test("that Lambda cannot use leaves the alias where it is", async () => {
    aws.lambda.updates = ["InProgress", "Failed"];
    expect(await failureMessage(deployToIdle({ ...withFunction, to: "green", image: GREEN }, fakeWork()))).toBe(
      "pricing:$LATEST failed: The archive cannot be read.",
    );
    expect(aws.lambda.aliases.get("green")).toBe("2");
  });

  test("whose provisioned concurrency fails is reported", async () => {
    aws.lambda.provisioned.set("green", { requested: 5, statuses: ["FAILED"] });
    expect(await failureMessage(deployToIdle({ ...withFunction, to: "green", image: GREEN }, fakeWork()))).toBe(
      "pricing:green is not provisioned: ENILimitExceeded",
    );
  });

  test("whose provisioned concurrency is not ready in time is reported", async () => {
    aws.lambda.provisioned.set("green", { requested: 5, statuses: ["IN_PROGRESS"] });
    expect(await failureMessage(deployToIdle({ ...withFunction, to: "green", image: GREEN }, fakeWork(3)))).toMatch(
      /^pricing:green is not provisioned after 3 minutes\nLambda continues to provision pricing:green: aws lambda /,
    );
  });

  test("is not published over a code that another client uploaded meanwhile", async () => {
    aws.meanwhile.set("lambda:PublishVersion", () => {
      aws.lambda.latest = "sha-other";
    });
    expect(await failureMessage(deployToIdle({ ...withFunction, to: "green", image: GREEN }, fakeWork()))).toMatch(
      /^lambda:PublishVersion of pricing failed: PreconditionFailedException/,
    );
    expect(aws.lambda.aliases.get("green")).toBe("2");
  });
});
