/** The report as tables for a terminal. */
import { table } from "../../lib/common/table";
import type { Measurement, Report } from "./index";
import type { Summary } from "./statistics";

/** Descriptions of the programs, in the order of the report. */
const LABELS: Readonly<Record<string, string>> = {
  ours: "ours: type check and synth, for the first time, without a tree",
  edited: "edited: the same after an edit of main.ts",
  restored: "restored: nothing edited, the tree deleted",
  again: "again: nothing edited, the tree as the last run left it",
  tsc: "type check alone",
  synth: "synth alone, without guardrails",
  floor: "floor: all of CDKTF, the classes of all resources, same bytes",
  stock: "stock: ts-node, root import",
};

export function printReport({ runs, machine, programs, aims, growth }: Report): string {
  return [
    `${runs} runs in turn: median (lowest to highest); ${machine.node}, ${machine.platform}, ${machine.cores} cores`,
    table(
      ["", "wall s", "CPU s", "peak MB", "largest process"],
      programs.map((one) => [LABELS[one.name] ?? one.name, ...columns(one), one.largestProcess]),
    ),
    table(
      ["", "", "aim", ""],
      aims.map(({ name, value, aim, met }) => [name, show(value, 1), aim, met ? "met" : "missed"]),
    ),
    table(
      [
        "environments in one process",
        "synth s",
        "guardrails and parity s",
        "these / synth",
        "peak MB",
        "ms of synth for each more",
        "MB for each more",
      ],
      growth.map((one) => [
        String(one.environments),
        show(one.synthSeconds, 2),
        show(one.judgedSeconds, 2),
        show(one.judgedOverSynth, 2),
        show(one.peakMegabytes, 0),
        one.millisecondsEach === null ? "" : show(one.millisecondsEach, 1),
        one.megabytesEach === null ? "" : show(one.megabytesEach, 2),
      ]),
    ),
  ].join("\n\n");
}

function columns({ wallSeconds, cpuSeconds, peakMegabytes }: Measurement): string[] {
  return [show(wallSeconds, 2), show(cpuSeconds, 2), show(peakMegabytes, 0)];
}

function show({ median, lowest, highest }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)} to ${highest.toFixed(digits)})`;
}
