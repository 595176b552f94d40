/** Two sets of services on the mock of AWS: a release, a switch, an alarm after it, and an apply after each. */
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import { deployToIdle } from "../../lib/pipeline/service/blue-green/deploy";
import { readOrigin } from "../../lib/pipeline/service/blue-green/origin";
import { clientsWith, switchTo } from "../../lib/pipeline/service/blue-green/switch";
import { digest, failureMessage, fakeWork } from "../lib/pipeline/service/fake-work";
import { callQuery } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { colours, emptyRoot, ZONE } from "./colours";
import { ACCOUNT, REGION } from "./databases";

const BUCKET = "shop-artifacts";
const NEW = digest("c");
const place = {
  zone: ZONE,
  domain: "shop.example",
  cluster: "shop",
  service: "shop",
  function: "shop-pricing",
} as const;

describeWithCloudNightly("a release to one of two sets on a mock of AWS", () => {
  const before = { ...process.env };
  let afterRelease: readonly unknown[];
  let lines: readonly string[];
  let afterSwitch: readonly unknown[];
  let backMessage: string;
  let weights: readonly unknown[];

  beforeAll(async () => {
    await withCloud(ACCOUNT, [emptyRoot()], async (cloud) => {
      Object.assign(process.env, cloud.environment, { AWS_REGION: REGION });
      delete process.env.HTTP_PROXY;
      const root = colours({ bucket: BUCKET, key: "1.zip", version: await upload("1.zip") });
      await StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        const changes = async () => standing.gate(await standing.plan()).changes;
        const code = { bucket: BUCKET, key: "2.zip", version: await upload("2.zip") };
        await deployToIdle({ ...place, to: "green", image: NEW, code }, fakeWork());
        afterRelease = await changes();
        const work = fakeWork();
        const to = { ...place, to: "green", image: NEW, functionVersion: "2", path: "/health" } as const;
        const watched = { ...to, alarms: ["shop-errors"], watchMinutes: 15 };
        const clients = clientsWith(async () => 200);
        await switchTo(watched, clients, work);
        lines = work.lines;
        afterSwitch = await changes();
        await callQuery(
          cloud,
          { service: "monitoring", region: REGION },
          {
            Version: "2010-08-01",
            Action: "SetAlarmState",
            AlarmName: "shop-errors",
            StateValue: "ALARM",
            StateReason: "-",
          },
        );
        backMessage = await failureMessage(switchTo(watched, clients, fakeWork()));
        const { active } = await readOrigin(clients.route53, place);
        weights = [active.name, await changes()];
      });
    });
  }, 900_000);

  afterAll(() => {
    process.env = before;
  });

  test("leaves an empty plan after the deployment to the idle set", () => {
    expect(afterRelease).toEqual([]);
  });

  test("leaves an empty plan after the switch", () => {
    expect(lines).toContain("origin.shop.example: green keeps the requests");
    expect(afterSwitch).toEqual([]);
  });

  test("goes back by itself if an alarm is on, which leaves an empty plan as well", () => {
    expect(backMessage).toContain("alarms are on: shop-errors\nthe requests were moved back: blue gets them");
    expect(weights).toEqual(["blue", []]);
  });
});

/** Puts an archive into the bucket of artifacts, which is made with the first one. @returns version of the object */
async function upload(key: string): Promise<string> {
  const s3 = new S3Client({ forcePathStyle: true });
  if (key === "1.zip") {
    await s3.send(
      new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
    );
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
  }
  const Body = zipSync({ "index.js": strToU8(`exports.handler = async () => "${key}";`) });
  const { VersionId = "" } = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body }));
  return VersionId;
}
