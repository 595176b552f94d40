/**
 * Measures synth against its lower bound, against CDKTF's stock setup, and with a growing number of environments; and
 * guardrails and parity after it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { interruptible } from "../../lib/terraform/interrupt";
import { measure, type Run } from "./measure";
import type { Peak } from "./memory";
import { type Contender, growth, programs, refuseDifference } from "./programs";
import { increase, ratio, type Summary, summarize } from "./statistics";

export interface BenchOptions {
  /** Number of runs of each program. */
  readonly runs: number;
  /** Numbers of environments that one process synthesizes, in ascending order. */
  readonly environments?: readonly number[];
}

export interface Measurement {
  readonly name: string;
  readonly wallSeconds: Summary;
  readonly cpuSeconds: Summary;
  /** Of the largest process. */
  readonly peakMegabytes: Summary;
  readonly largestProcess: string;
}

export interface Aim {
  readonly name: string;
  readonly value: Summary;
  readonly aim: string;
  /** Whether the median meets the aim. */
  readonly met: boolean;
}

/** Synth of many environments in one process, and guardrails and parity in the same process. */
export interface Growth extends Measurement {
  readonly environments: number;
  readonly synthSeconds: Summary;
  /** Guardrails and parity of all environments in the tree. */
  readonly judgedSeconds: Summary;
  readonly judgedOverSynth: Summary;
  /** Cost of each further environment, between the next smaller number of environments and this one. */
  readonly millisecondsEach: Summary | null;
  readonly megabytesEach: Summary | null;
}

export interface Report {
  readonly runs: number;
  readonly machine: { readonly node: string; readonly platform: string; readonly cores: number };
  readonly programs: readonly Measurement[];
  readonly aims: readonly Aim[];
  readonly growth: readonly Growth[];
}

export async function bench(
  project: string,
  { runs, environments = [1, 10, 100, 1000] }: BenchOptions,
): Promise<Report> {
  const measured = await interruptible(async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "groundplan-bench-"));
    try {
      const contenders = [
        ...(await programs(project, scratch)),
        ...environments.map((count) => growth(project, scratch, count)),
      ];
      return await inTurn(contenders, runs);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
  return reportOf(measured, { runs, environments });
}

/** @param measured runs of each program, and of `growth-<number>` for each number of environments */
export function reportOf(
  measured: ReadonlyMap<string, readonly Run[]>,
  { runs, environments }: Required<BenchOptions>,
): Report {
  const of = (name: string) => measured.get(name) ?? [];
  return {
    runs,
    machine: { node: process.version, platform: `${process.platform} ${process.arch}`, cores: availableParallelism() },
    programs: ["ours", "edited", "restored", "again", "tsc", "synth", "floor", "stock"].map((name) =>
      measurement(name, of(name)),
    ),
    aims: aims(of),
    growth: environments.map((count, i) => growthOf(count, environments[i - 1], of)),
  };
}

/** Runs all programs in turn, so that other load of the computer affects them alike. */
async function inTurn(contenders: readonly Contender[], rounds: number): Promise<Map<string, Run[]>> {
  const measured = new Map(contenders.map(({ name }) => [name, [] as Run[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      await contender.before?.();
      if (contender.output !== undefined && !contender.keepsOutput)
        rmSync(contender.output, { recursive: true, force: true });
      measured.get(contender.name)?.push(await measure(contender));
    }
    compareTrees(contenders);
  }
  return measured;
}

function compareTrees(contenders: readonly Contender[]): void {
  const [ours, ...others] = ["ours", "edited", "restored", "again", "floor", "stock"].map(
    (name) => contenders.find((contender) => contender.name === name)?.output ?? "",
  );
  for (const other of others) refuseDifference(ours ?? "", other);
}

const wall = (runs: readonly Run[]) => runs.map((run) => run.wallSeconds);
const judged = (runs: readonly Run[]) => runs.map(({ stdout }) => JUDGED.parse(JSON.parse(stdout)).judgedSeconds);
const synth = (runs: readonly Run[]) => judged(runs).map((seconds, i) => (wall(runs)[i] ?? 0) - seconds);
const cpu = (runs: readonly Run[]) => runs.map((run) => run.cpuSeconds);
const memory = (runs: readonly Run[]) => runs.map((run) => run.peak.megabytes);

/** Output of growth.ts. */
const JUDGED = z.object({ judgedSeconds: z.number() });

function measurement(name: string, runs: readonly Run[]): Measurement {
  const largest = runs.map((run) => run.peak).reduce((a: Peak, b) => (b.megabytes > a.megabytes ? b : a));
  return {
    name,
    wallSeconds: summarize(wall(runs)),
    cpuSeconds: summarize(cpu(runs)),
    peakMegabytes: summarize(memory(runs)),
    largestProcess: largest.name,
  };
}

function aims(of: (name: string) => readonly Run[]): Aim[] {
  const overFloor = Object.entries({ ours: 3, edited: 2.5, again: 1.5 }).map(([name, most]): Aim => {
    const value = ratio(wall(of(name)), wall(of("floor")));
    return { name: `${name} / floor, wall time`, value, aim: `at most ${most}`, met: value.median <= most };
  });
  const underStock = ratio(wall(of("stock")), wall(of("ours")));
  const megabytes = summarize(memory(of("ours")));
  return [
    ...overFloor,
    { name: "stock / ours, wall time", value: underStock, aim: "at least 8", met: underStock.median >= 8 },
    { name: "ours, peak memory in MB", value: megabytes, aim: "under 250", met: megabytes.median < 250 },
  ];
}

function growthOf(environments: number, fewer: number | undefined, of: (name: string) => readonly Run[]): Growth {
  const [name, runs] = [`growth-${environments}`, of(`growth-${environments}`)];
  const each = (value: (runs: readonly Run[]) => number[]) =>
    fewer === undefined ? null : increase(value(runs), value(of(`growth-${fewer}`)), environments - fewer);
  const seconds = each(synth);
  return {
    ...measurement(name, runs),
    environments,
    synthSeconds: summarize(synth(runs)),
    judgedSeconds: summarize(judged(runs)),
    judgedOverSynth: ratio(judged(runs), synth(runs)),
    millisecondsEach: seconds && scale(seconds, 1000),
    megabytesEach: each(memory),
  };
}

function scale({ median, lowest, highest }: Summary, factor: number): Summary {
  return { median: median * factor, lowest: lowest * factor, highest: highest * factor };
}
