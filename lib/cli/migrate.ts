/** `groundplan migrate`: runs a database migration once, after a snapshot. */
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
    .description("judge a database migration, take a snapshot, run the migration once, and check its exit code")
    .requiredOption("--cluster <name>", "cluster of the task")
    .requiredOption("--task-definition <family>", "family of the task that runs the migration")
    .requiredOption("--database <id>", "database instance, or cluster of Aurora, to migrate")
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .requiredOption(
      "--migrations <paths...>",
      "files and folders of the migrations that the task runs: Alembic's .py, TypeORM's .ts, or .sql",
      allFromCaller,
    )
    .requiredOption("--subnets <ids...>", "private subnets of the task")
    .requiredOption("--security-groups <ids...>", "security groups of the task")
    .option("--container <name>", "container that runs the migration, if the task has several")
    .option("--backup <snapshot>", "snapshot of the last 24 hours, for a migration that destroys data")
    .option("--timeout <minutes>", "maximum time to wait for the snapshot, and then for the task", minutes, 60)
    .option("--dry-run", "print the AWS calls that would be made, and change nothing")
    .action(start);
}

async function start(options: Options): Promise<void> {
  await withProgress(`${options.database}: running the migration with ${options.taskDefinition}`, ({ print }) =>
    migrate(options, { clock: SYSTEM_CLOCK, timeoutMinutes: options.timeout, report: print }),
  );
}
