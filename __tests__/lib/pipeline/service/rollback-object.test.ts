import { rollbackObject } from "../../../../lib/pipeline/service/rollback-object";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest, writesTo } from "./aws";
import { failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

let aws: AwsServer;
awsForEachTest((server) => {
  aws = server;
});

describe("rollback of an object", () => {
  const request = { bucket: "shop", key: "notes/a b+ü.txt", version: "v1" };
  const object = "shop/notes/a b+ü.txt";
  beforeEach(() => {
    aws.objects.set(object, [
      ["v1", "first"],
      ["v2", null],
      ["v3", "third"],
    ]);
  });

  test("copies the earlier version over the current one, and deletes nothing", async () => {
    const work = fakeWork();
    await rollbackObject(request, work);
    expect(aws.objects.get(object)).toEqual([
      ["v1", "first"],
      ["v2", null],
      ["v3", "third"],
      ["v4", "first"],
    ]);
    expect(work.lines).toEqual([
      "from: version v3, 5 bytes, of 2026-01-31T12:00:00.000Z",
      "to: version v1, 5 bytes, of 2026-01-31T12:00:00.000Z",
      "s3://shop/notes/a b+ü.txt has version v4, a copy of v1",
    ]);
  });

  test("brings back what was deleted", async () => {
    aws.objects.get(object)?.push(["v4", null]);
    const work = fakeWork();
    await rollbackObject(request, work);
    expect(work.lines[0]).toBe("from: no current version");
    expect(aws.objects.get(object)?.at(-1)).toEqual(["v5", "first"]);
  });

  test.each([
    ["v9", "which does not exist"],
    ["!", "which does not exist"],
    ["v2", "which is a delete marker"],
  ])("to version %s is refused", async (version, got) => {
    expect(await failureMessage(rollbackObject({ ...request, version }, fakeWork()))).toBe(
      `--version\n  got ${version}, ${got}; allowed: a version of s3://shop/notes/a b+ü.txt`,
    );
    expect(writesTo(aws)).toEqual([]);
  });

  test("to the current version does nothing", async () => {
    const work = fakeWork();
    await rollbackObject({ ...request, version: "v3" }, work);
    expect(writesTo(aws)).toEqual([]);
    expect(work.lines.at(-1)).toBe("s3://shop/notes/a b+ü.txt already has version v3");
  });

  test("as a dry run prints the call, and only reads", async () => {
    const work = fakeWork();
    await rollbackObject({ ...request, dryRun: true }, work);
    expect(writesTo(aws)).toEqual([]);
    expect(work.lines.slice(-2)).toEqual([
      'would call s3:CopyObject: {"Bucket":"shop","Key":"notes/a b+ü.txt","CopySource":"shop/notes/a%20b%2B%C3%BC.txt?versionId=v1","CopySourceIfMatch":"\\"e\\""}',
      "dry run: nothing was changed",
    ]);
  });

  test("that S3 refuses is one message", async () => {
    aws.refusals.set("s3:HeadObject", ["AccessDenied", ""]);
    expect(await failureMessage(rollbackObject(request, fakeWork()))).toMatch(
      /^s3:HeadObject of s3:\/\/shop\/notes\/a b\+ü\.txt failed: /,
    );
  });
});
