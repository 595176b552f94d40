import { createObject, readObject, s3Client } from "../../../lib/common/s3";
import { type LoopbackServers, startServers } from "../../support/loopback";

jest.setTimeout(60_000);

const KEY_ARN = "arn:aws:kms:us-east-1:111111111111:key/5e9a1b1c-0000-4000-8000-000000000000";
let servers: LoopbackServers;

beforeAll(async () => {
  servers = await startServers({ buckets: ["objects"], tables: [] });
  Object.assign(process.env, servers.environment);
});
afterAll(() => servers.stop());

test("an object is created encrypted, and never overwritten", async () => {
  const client = s3Client("us-east-1");
  const place = { Bucket: "objects", Key: "shop/state" };
  expect(await createObject(client, { ...place, Body: "first" }, KEY_ARN)).not.toBe(false);
  expect(await createObject(client, { ...place, Body: "second" }, KEY_ARN)).toBe(false);
  expect(Buffer.from(await readObject(client, place)).toString()).toBe("first");
  expect(servers.headers("objects", "shop/state")[0]).toMatchObject({
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-server-side-encryption-aws-kms-key-id": KEY_ARN,
  });
});
