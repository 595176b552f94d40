/** `groundplan migrate`: runs a migration of a database once, after a snapshot. */
import type { Command } from "commander";
import { type Migration, migrate } from "../pipeline/service/migrate";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { allFromCaller } from "./caller.cjs";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Options extends Migration {
  readonly timeout: number;
}

export function add(program: Command): void {
  program
    .command("migrate")
    .description("run a migration once: judged first, after a snapshot, with its exit code verified")
    .requiredOption("--cluster <name>", "cluster that the task runs in")
    .requiredOption("--task-definition <family>", "family of the task that migrates")
    .requiredOption("--database <id>", "instance that is migrated")
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .requiredOption(
      "--migrations <paths...>",
      "files and folders of what is going to run: .py of Alembic, .sql",
      allFromCaller,
    )
    .requiredOption("--subnets <ids...>", "private subnets of the task")
    .requiredOption("--security-groups <ids...>", "security groups of the task")
    .option("--container <name>", "container that migrates, where the task has several")
    .option("--backup <snapshot>", "snapshot of the last 24 hours, for a migration that takes data away")
    .option("--timeout <minutes>", "for the snapshot, and for the task", minutes, 60)
    .option("--dry-run", "say what would be done, and change nothing")
    .action(start);
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.database}: migrating by ${options.taskDefinition}`, ({ print }) =>
    migrate(options, { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, say: print }),
  );
}
