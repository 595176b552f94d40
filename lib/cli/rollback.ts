/** `groundplan rollback`: a service, a database or an object as it was before. */
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { type DatabaseRollback, rollbackDatabase } from "../pipeline/service/rollback-database";
import { type ObjectRollback, rollbackObject } from "../pipeline/service/rollback-object";
import { rollbackService, type ServiceRollback } from "../pipeline/service/rollback-service";
import { SYSTEM_CLOCK, type Work } from "../pipeline/service/waiting";
import { APPSPEC } from "./appspec";
import { withProgress } from "./progress";
import { minutes, wholeNumber } from "./whole-number";

interface Timed {
  readonly timeout: number;
}

/** An object is copied at once: nothing is waited for. */
const COPY_MINUTES = 1;
const DRY_RUN = ["--dry-run", "say what would be done, and change nothing"] as const;

export function add(program: Command): void {
  // Or `--version` of an object would be the program's own.
  program.enablePositionalOptions();
  const rollback = program.command("rollback").description("bring back what was: a service, a database, an object");
  rollback
    .command("service")
    .description("have a service run an earlier revision of its task definition")
    .requiredOption("--cluster <name>", "cluster of the service")
    .requiredOption("--service <name>", "service that goes back")
    .option(
      "--to <revision>",
      "number of the revision; the one before, of an earlier deployment, unless said otherwise",
      wholeNumber("the number of a revision, such as 7"),
    )
    .option(...APPSPEC)
    .option("--application <name>", "for CodeDeploy: its application")
    .option("--deployment-group <name>", "for CodeDeploy: its deployment group")
    .option("--timeout <minutes>", "for how long it is waited for", minutes, 60)
    .option(...DRY_RUN)
    .action((options: ServiceRollback & Timed) =>
      run(`${options.cluster}/${options.service}: going back`, options.timeout, (work) =>
        rollbackService(options, work),
      ),
    );
  rollback
    .command("database")
    .description("restore a database to a point in time, as a new instance; the source stays as it is")
    .requiredOption("--database <id>", "instance whose backups are restored")
    .requiredOption("--to <id>", "identifier of the new instance")
    .requiredOption("--at <time>", "such as 2026-01-31T12:00:00Z", time)
    .option("--timeout <minutes>", "for how long it is waited for", minutes, 240)
    .option(...DRY_RUN)
    .action((options: DatabaseRollback & Timed) =>
      run(`${options.database}: restoring into ${options.to}`, options.timeout, (work) =>
        rollbackDatabase(options, work),
      ),
    );
  rollback
    .command("object")
    .description("copy an earlier version of an object over the current one; nothing is deleted")
    .requiredOption("--bucket <name>", "bucket of the object")
    .requiredOption("--key <key>", "key of the object")
    .requiredOption("--version <id>", "version that comes back")
    .option(...DRY_RUN)
    .action((options: ObjectRollback) =>
      run(`${options.bucket}/${options.key}: going back`, COPY_MINUTES, (work) => rollbackObject(options, work)),
    );
}

/** @param text what is told at the start */
function run(text: string, timeoutMinutes: number, rollback: (work: Work) => Promise<void>): Promise<void> {
  return withProgress(text, ({ print }) => rollback({ clock: SYSTEM_CLOCK, timeoutMinutes, say: print }));
}

function time(text: string): Date {
  if (!z.iso.datetime({ offset: true }).safeParse(text).success) {
    throw new InvalidArgumentError("Allowed: a time with its zone, such as 2026-01-31T12:00:00Z.");
  }
  return new Date(text);
}
