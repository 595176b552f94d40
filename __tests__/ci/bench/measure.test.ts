import { childSeconds, measure } from "../../../.ci/bench/measure";
import { treeFromProc, treeFromPs } from "../../../.ci/bench/memory";

jest.setTimeout(30_000);

/** A program that takes about 120 MB and half a second in a process of its own, and hardly anything in the other. */
const CHILD = `const bytes = Buffer.alloc(120e6, 1); const end = Date.now() + 500; while (Date.now() < end) bytes[0]++;`;
const PARENT = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(CHILD)}, "child.js"]); console.log("done")`;
const run = (code: string) => measure({ args: ["-e", code], folder: __dirname });

test("time and memory of a child process count, and the largest process is named", async () => {
  const { wallSeconds, cpuSeconds, peak, stdout } = await run(PARENT);
  expect(stdout).toBe("done\n");
  expect(wallSeconds).toBeGreaterThan(0.5);
  expect(cpuSeconds).toBeGreaterThan(0.1);
  expect(peak.name).toMatch(/^node /);
  expect(peak.megabytes).toBeGreaterThan(120);
  expect(peak.megabytes).toBeLessThan(300);
});

test("a program that fails is an error with what it said", async () => {
  await expect(run('console.error("no such thing"); process.exit(3)')).rejects.toThrow(
    /failed \(exit code 3\)\nno such thing/,
  );
});

test.each([
  ["dash", "0m0.000000s 0m0.010000s\n0m2.340000s 0m0.160000s\n"],
  ["bash", "0m0.000s 0m0.010s\n0m2.340s 0m0.160s\n"],
])("the times that %s prints are read", (_, times) => {
  expect(childSeconds(times)).toBeCloseTo(2.5);
});

test("times that nobody printed are an error", () => {
  expect(() => childSeconds("")).toThrow('times: got ""; allowed: two lines');
});

test.each([
  ["/proc", treeFromProc],
  ["ps", treeFromPs],
])("%s tells a process tree from its root down, with its memory", (_, tree) => {
  const [own] = tree(process.pid);
  expect(own).toMatchObject({ pid: process.pid, name: expect.stringMatching(/node|jest/) });
  expect(own?.megabytes).toBeGreaterThan(20);
  expect(tree(2 ** 30)).toEqual([]);
});
