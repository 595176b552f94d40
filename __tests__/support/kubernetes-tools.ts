/** Helm and promtool, for tests of charts and of alert rules. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { describeWhere } from "./needed";

const FOLDER = path.resolve(__dirname, "../../node_modules/.cache/kubernetes-tools");

export function describeWithHelm(name: string, tests: () => void): void {
  describeWhere({ mark: "Helm", find: () => find("helm") }, name, tests);
}

export function describeWithPromtool(name: string, tests: () => void): void {
  describeWhere({ mark: "promtool", find: () => find("promtool") }, name, tests);
}

/** What the program prints. @throws Error with what it prints if it fails */
export function run(program: "helm" | "promtool", args: readonly string[], folder = tmpdir()): string {
  const { status, stdout, stderr } = spawnSync(find(program), args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** The objects that a chart makes of values. @param values JSON text, as a release has it */
export function rendered(chart: string, values: string): unknown[] {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-chart-"));
  try {
    const file = path.join(folder, "values.json");
    writeFileSync(file, values);
    const text = run("helm", ["template", "release", path.resolve(chart), "--values", file]);
    return parseAllDocuments(text)
      .map((document): unknown => document.toJS())
      .filter((object) => object !== null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program in the cache, or by its name on PATH. @throws Error if it is in neither */
function find(program: string): string {
  const cached = path.join(FOLDER, program);
  if (existsSync(cached)) return cached;
  const { status } = spawnSync(program, program === "helm" ? ["version"] : ["--version"]);
  if (status === 0) return program;
  throw new Error(`${program}: got none; allowed: one on PATH, or the one of .ci/kubernetes-tools`);
}
