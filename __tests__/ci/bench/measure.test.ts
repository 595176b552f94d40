import { childSeconds, measure } from "../../../.ci/bench/measure";
import { treeFromProc, treeFromPs } from "../../../.ci/bench/memory";

jest.setTimeout(30_000);

/** A program whose child process takes about 120 MB and half a second. Its own process takes almost nothing. */
const CHILD = `const bytes = Buffer.alloc(120e6, 1); const end = Date.now() + 500; while (Date.now() < end) bytes[0]++;`;
const PARENT = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(CHILD)}, "child.js"]); console.log("done")`;
const run = (code: string) => measure({ args: ["-e", code], folder: __dirname });

test("time and memory of a child process are measured, and the largest process is named", async () => {
  const { wallSeconds, cpuSeconds, peak, stdout } = await run(PARENT);
  expect(stdout).toBe("done\n");
  expect(wallSeconds).toBeGreaterThan(0.5);
  expect(cpuSeconds).toBeGreaterThan(0.1);
  expect(peak.name).toMatch(/^node /);
  expect(peak.megabytes).toBeGreaterThan(120);
  expect(peak.megabytes).toBeLessThan(300);
});

test("a failing program is an error with its output", async () => {
  await expect(run('console.error("no such thing"); process.exit(3)')).rejects.toThrow(
    /failed \(exit code 3\)\nno such thing/,
  );
});

test.each([
  ["dash", "0m0.000000s 0m0.010000s\n0m2.340000s 0m0.160000s\n"],
  ["bash", "0m0.000s 0m0.010s\n0m2.340s 0m0.160s\n"],
])("the output of times is parsed in the format of %s", (_, times) => {
  expect(childSeconds(times)).toBeCloseTo(2.5);
});

test("missing output of times is an error", () => {
  expect(() => childSeconds("")).toThrow('times: got ""; allowed: two lines');
});

test.each([
  ["/proc", treeFromProc],
  ["ps", treeFromPs],
])("%s lists the processes of a tree with their memory", (_, tree) => {
  const [own] = tree(process.pid);
  expect(own).toMatchObject({ pid: process.pid, name: expect.stringMatching(/node|jest/) });
  expect(own?.megabytes).toBeGreaterThan(20);
  expect(tree(2 ** 30)).toEqual([]);
});
