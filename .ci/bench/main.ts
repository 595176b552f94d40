/** `npm run bench`: measures how fast synth is and how it grows. A missed aim is reported and is not a failure. */
import { Command } from "commander";
import { withProgress } from "../../lib/cli/progress";
import { wholeNumber } from "../../lib/cli/whole-number";
import { bench } from "./index";
import { printReport } from "./table";

interface Options {
  readonly runs: number;
  readonly json?: true;
}

async function measureAll({ runs, json }: Options): Promise<void> {
  const report = await withProgress(`bench: ${runs} runs of each program, in turn`, () =>
    bench(process.cwd(), { runs }),
  );
  console.log(json ? JSON.stringify(report, null, 2) : printReport(report));
}

new Command("bench")
  .description("measure synth against its floor, against CDKTF's stock arrangement, and up to 1,000 environments")
  .option("--runs <n>", "number of runs of each program", wholeNumber("a whole number from 1 on"), 5)
  .option("--json", "print the report as JSON, and nothing else, on stdout")
  .action(measureAll)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
