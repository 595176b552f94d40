/** Runs the benchmark once with few runs. Tests the structure of its report, not the measured values. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bench, type Report } from "../../../.ci/bench";
import { refuseDifference } from "../../../.ci/bench/programs";
import { printReport } from "../../../.ci/bench/table";

jest.setTimeout(300_000);

let report: Report;
beforeAll(async () => {
  report = await bench(path.resolve(__dirname, "../../.."), { runs: 1, environments: [1, 3] });
});

/** Stock and floor would have failed if their trees differed from ours by one byte. */
test("each program has its time, its memory and the name of its largest process", () => {
  expect(report.programs.map((one) => one.name)).toEqual([
    "ours",
    "edited",
    "restored",
    "again",
    "tsc",
    "synth",
    "floor",
    "stock",
  ]);
  for (const { wallSeconds, cpuSeconds, peakMegabytes, largestProcess } of report.programs) {
    for (const { median, lowest, highest } of [wallSeconds, cpuSeconds, peakMegabytes]) {
      expect(lowest).toBeGreaterThan(0);
      expect([median, highest]).toEqual([lowest, lowest]);
    }
    expect(largestProcess).toMatch(/^(tsc|node \S+)$/);
  }
});

test("the type check is the largest part of the first run only", () => {
  const largest = Object.fromEntries(report.programs.map((one) => [one.name, one.largestProcess]));
  expect(largest).toMatchObject({
    ours: "tsc",
    edited: "node launch.mjs",
    again: "node launch.mjs",
    restored: "node launch.mjs",
  });
});

test("each aim has the measured value, the limit and whether the limit is met", () => {
  expect(report.aims.map(({ name, aim }) => `${name}: ${aim}`)).toEqual([
    "ours / floor, wall time: at most 3",
    "edited / floor, wall time: at most 2.5",
    "again / floor, wall time: at most 1.5",
    "stock / ours, wall time: at least 8",
    "ours, peak memory in MB: under 250",
  ]);
  for (const { value, met } of report.aims) {
    expect(value.median).toBeGreaterThan(0);
    expect(typeof met).toBe("boolean");
  }
});

test("growth has the cost of each further environment, except for the first number", () => {
  expect(report.growth.map((one) => one.environments)).toEqual([1, 3]);
  const [first, second] = report.growth;
  expect(first).toMatchObject({ millisecondsEach: null, megabytesEach: null });
  const added = (second?.synthSeconds.median ?? 0) - (first?.synthSeconds.median ?? 0);
  expect(second?.millisecondsEach?.median).toBeCloseTo((added * 1000) / 2);
});

test("guardrails and parity are reported beside the synth before them", () => {
  for (const { wallSeconds, synthSeconds, judgedSeconds, judgedOverSynth } of report.growth) {
    expect(judgedSeconds.median).toBeGreaterThan(0);
    expect(synthSeconds.median + judgedSeconds.median).toBeCloseTo(wallSeconds.median);
    expect(judgedOverSynth.median).toBeCloseTo(judgedSeconds.median / synthSeconds.median);
  }
});

test("the report is printed as three tables under one line", () => {
  const blocks = printReport(report).split("\n\n");
  expect(blocks[0]).toBe(
    `1 runs in turn: median (lowest to highest); ${process.version}, ${report.machine.platform}, ${report.machine.cores} cores`,
  );
  expect(blocks.slice(1).map((block) => block.split("\n").length)).toEqual([9, 6, 3]);
});

test("different trees are an error that lists the files", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-bench-test-"));
  try {
    const [ours, floor] = [path.join(folder, "ours"), path.join(folder, "floor")];
    cpSync(__dirname, ours, { recursive: true });
    cpSync(__dirname, floor, { recursive: true });
    refuseDifference(ours, floor);
    rmSync(path.join(floor, "stock.test.ts"));
    expect(() => refuseDifference(ours, floor)).toThrow("floor and ours write different trees: stock.test.ts");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
