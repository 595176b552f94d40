/** `groundplan bench`: how fast synth is, and how it grows. A missed aim is told and is no failure. */
import type { Command } from "commander";
import { bench } from "../bench";
import { printReport } from "../bench/table";
import { withProgress } from "./progress";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly runs: number;
  readonly json?: true;
}

export function add(program: Command): void {
  program
    .command("bench")
    .description("measure synth against its floor, against CDKTF's stock arrangement, and up to 1,000 environments")
    .option("--runs <n>", "how often each program runs", wholeNumber("a whole number from 1 on"), 5)
    .option("--json", "print the report as JSON, and nothing else, on stdout")
    .action(measureAll);
}

async function measureAll({ runs, json }: Options): Promise<void> {
  const report = await withProgress(`bench: ${runs} runs of each program, in turn`, () =>
    bench(process.cwd(), { runs }),
  );
  console.log(json ? JSON.stringify(report, null, 2) : printReport(report));
}
