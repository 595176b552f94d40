/** `groundplan gate`: decides whether a plan may be applied. Exit codes: 0 pass, 10 approval missing, 20 refused. */
import { type Command, InvalidArgumentError } from "commander";
import { readText } from "../common/input-file";
import { writeOutput } from "../common/output-file";
import { projectJudgements, sourcesOfTree } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { decide } from "../judgement/gate";
import { type Backup, readBackup } from "../judgement/gate/backup";
import { APPROVALS, type Approval } from "../judgement/gate/context";
import { json } from "../judgement/gate/json";
import { markdown } from "../judgement/gate/summary";
import { readPlan } from "../terraform/plan-json";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";

interface Options {
  readonly plan: string;
  readonly root: string;
  readonly approved: readonly Approval[];
  readonly backup: readonly Backup[];
  readonly json?: true;
  readonly summary?: string;
}

const PLAN = "what `terraform show -json <plan>` prints, in a file or pipe";
const EXIT_CODES = { pass: 0, "approval needed": 10, refused: 20 } as const;

export function add(program: Command): void {
  program
    .command("gate")
    .description("decide whether a plan may be applied; exit code 0: pass, 10: approval missing, 20: refused")
    .requiredOption("--plan <file>", "plan as `terraform show -json` prints it; - reads standard input", planFile)
    .requiredOption("--root <root>", "root of the plan: <system>/<environment> or accounts/<account>")
    .option("--approved <name>", `approval that was given: ${APPROVALS.join(", ")}; repeatable`, approval, [])
    .option(
      "--backup <address=backup@time>",
      "recent backup of a resource that the plan destroys; repeatable",
      backup,
      [],
    )
    .option("--json", "print only the decision, as JSON")
    .option("--summary <file>", "write the Markdown summary to this file, too", fromCaller)
    .action(gate);
}

function gate(options: Options): void {
  const root = composedRoot(options.root);
  const decision = decide({
    tree: new Configurations(readTree(treeFolder()), sourcesOfTree),
    root: root.address,
    plan: readPlan(options.plan, readText(options.plan, PLAN)),
    production: root.props.production ?? true,
    exceptions: root.props.exceptions ?? [],
    // The person who approved a sandbox approved its last day, after which nothing of it is left to lose.
    approved: root.props.sandboxes && root.props.ending ? APPROVALS : options.approved,
    backups: options.backup,
    judged: projectJudgements(),
    now: new Date(),
  });
  const summary = markdown(decision, sourcesOfTree());
  if (options.summary !== undefined) writeOutput(options.summary, summary);
  process.stdout.write(options.json ? json(decision) : summary);
  process.exitCode = EXIT_CODES[decision.decision];
}

function planFile(file: string): string {
  return file === "-" ? "/dev/stdin" : fromCaller(file);
}

function approval(text: string, given: readonly Approval[]): Approval[] {
  const name = APPROVALS.find((one) => one === text);
  if (name === undefined) throw new InvalidArgumentError(`Allowed: ${APPROVALS.join(", ")}.`);
  return [...given, name];
}

function backup(text: string, given: readonly Backup[]): Backup[] {
  return [...given, readBackup(text)];
}
