import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callQuery } from "./call";
import { describeWithCloud } from "./needed";
import { requestsIn } from "./requests";
import { withCloud } from "./server";

describeWithCloud("the log of requests", () => {
  test("names each request with the region of its signature", async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "groundplan-requests-"));
    const log = path.join(scratch, "requests.jsonl");
    try {
      await withCloud(
        "111111111111",
        [],
        async (cloud) => {
          const form = { Action: "GetCallerIdentity", Version: "2011-06-15" };
          for (const region of ["us-west-2", "us-east-1"]) await callQuery(cloud, { service: "sts", region }, form);
        },
        log,
      );
      expect(requestsIn(log)).toEqual([
        { service: "sts", action: "GetCallerIdentity", region: "us-west-2" },
        { service: "sts", action: "GetCallerIdentity", region: "us-east-1" },
      ]);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }, 60_000);
});
