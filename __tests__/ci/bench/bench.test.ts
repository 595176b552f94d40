/** The report of made-up runs, and each night the structure of the report of real ones. No test judges a measured value. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bench, type Report, reportOf } from "../../../.ci/bench";
import type { Run } from "../../../.ci/bench/measure";
import { refuseDifference } from "../../../.ci/bench/programs";
import { printReport } from "../../../.ci/bench/table";
import { isNightly } from "../../support/nightly";

const PROGRAMS = ["ours", "edited", "restored", "again", "tsc", "synth", "floor", "stock"];
const OPTIONS = { runs: 1, environments: [1, 3] };

const run = (wallSeconds: number, megabytes: number, judgedSeconds = 0): Run => ({
  wallSeconds,
  cpuSeconds: 2 * wallSeconds,
  peak: { name: "tsc", megabytes },
  stdout: JSON.stringify({ judgedSeconds }),
});

describe("the report of made-up runs", () => {
  const measured = new Map<string, readonly Run[]>([
    ...PROGRAMS.map((name) => [name, [run(2, 200)]] as const),
    ["ours", [run(3, 250), run(4, 300), run(8, 350)]],
    ["floor", [run(1, 100), run(2, 100), run(4, 100)]],
    ["stock", [run(30, 900), run(32, 900), run(48, 900)]],
    ["growth-1", [run(3, 100, 1)]],
    ["growth-3", [run(6, 140, 2)]],
  ]);
  const report = reportOf(measured, OPTIONS);

  test("has the median, the lowest and the highest value of each program", () => {
    expect(report.programs.map(({ name }) => name)).toEqual(PROGRAMS);
    expect(report.programs[0]).toEqual({
      name: "ours",
      wallSeconds: { median: 4, lowest: 3, highest: 8 },
      cpuSeconds: { median: 8, lowest: 6, highest: 16 },
      peakMegabytes: { median: 300, lowest: 250, highest: 350 },
      largestProcess: "tsc",
    });
  });

  test("each aim has the measured value, the limit and whether the limit is met", () => {
    expect(report.aims.map(({ name, value, aim, met }) => [name, value.median, aim, met])).toEqual([
      ["ours / floor, wall time", 2, "at most 3", true],
      ["edited / floor, wall time", 2, "at most 2.5", true],
      ["again / floor, wall time", 2, "at most 1.5", false],
      ["stock / ours, wall time", 8, "at least 8", true],
      ["ours, peak memory in MB", 300, "under 250", false],
    ]);
  });

  test("growth has the cost of each further environment, except for the first number, without guardrails and parity", () => {
    const [first, second] = report.growth;
    expect(first).toMatchObject({ environments: 1, millisecondsEach: null, megabytesEach: null });
    expect(first?.synthSeconds.median).toBe(2);
    expect(second).toMatchObject({ environments: 3, synthSeconds: { median: 4 }, judgedSeconds: { median: 2 } });
    expect([second?.millisecondsEach?.median, second?.megabytesEach?.median]).toEqual([1000, 20]);
    expect(second?.judgedOverSynth.median).toBe(0.5);
  });

  test("is printed as three tables under one line", () => {
    expectTables(report);
  });
});

const describeNightly = isNightly ? describe : describe.skip;

/** Stock and floor would have failed if their trees differed from ours by one byte. */
describeNightly("the report of real runs", () => {
  let report: Report;
  beforeAll(async () => {
    report = await bench(path.resolve(__dirname, "../../.."), OPTIONS);
  }, 300_000);

  test("each program has its time, its memory and the name of its largest process", () => {
    expect(report.programs.map(({ name }) => name)).toEqual(PROGRAMS);
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

  test("guardrails and parity are reported beside the synth before them", () => {
    for (const { wallSeconds, synthSeconds, judgedSeconds } of report.growth) {
      expect(judgedSeconds.median).toBeGreaterThan(0);
      expect(synthSeconds.median + judgedSeconds.median).toBeCloseTo(wallSeconds.median);
    }
  });

  test("is printed as three tables under one line", () => {
    expectTables(report);
  });
});

function expectTables(report: Report): void {
  const blocks = printReport(report).split("\n\n");
  expect(blocks[0]).toBe(
    `1 runs in turn: median (lowest to highest); ${process.version}, ${report.machine.platform}, ${report.machine.cores} cores`,
  );
  expect(blocks.slice(1).map((block) => block.split("\n").length)).toEqual([9, 6, 3]);
}

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
