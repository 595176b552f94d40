/** The Python tests of the mock: plain moto has each mended gap, and the mock does not. */
import { spawnSync } from "node:child_process";
import { describeWithCloud } from "./needed";
import { findPython } from "./python";

describeWithCloud("the mock of AWS", () => {
  test("passes its own tests", () => {
    const args = ["-m", "unittest", "discover", "--start-directory", __dirname];
    const { status, stderr } = spawnSync(findPython(), args, { encoding: "utf8" });
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  }, 180_000);
});
