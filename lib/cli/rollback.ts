/** `groundplan rollback`: a service, a database or an object as it was before. */
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { answered } from "../service/failure";
import { rollbackDatabase } from "../service/rollback-database";
import { rollbackObject } from "../service/rollback-object";
import { rollbackService } from "../service/rollback-service";
import { SYSTEM_CLOCK, type Work } from "../service/waiting";
import { minutes } from "./minutes";
import { withProgress } from "./progress";

interface Common {
  readonly timeout?: number;
  readonly dryRun?: true;
}

interface ServiceOptions extends Common {
  readonly cluster: string;
  readonly service: string;
  readonly to?: number;
  readonly appspec?: string;
  readonly application?: string;
  readonly deploymentGroup?: string;
}

interface DatabaseOptions extends Common {
  readonly database: string;
  readonly to: string;
  readonly at: Date;
}

interface ObjectOptions extends Common {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

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
      whole,
    )
    .option(
      "--appspec <file>",
      "for CodeDeploy: the appspec, or a file with it; <TASK_DEFINITION> stands for the revision",
    )
    .option("--application <name>", "for CodeDeploy: its application")
    .option("--deployment-group <name>", "for CodeDeploy: its deployment group")
    .option("--timeout <minutes>", "for how long it is waited for", minutes, 60)
    .option(...DRY_RUN)
    .action((options: ServiceOptions) =>
      run(`${options.cluster}/${options.service}: going back`, options, (work) => rollbackService(options, work)),
    );
  rollback
    .command("database")
    .description("restore a database to a point in time, as a new instance; the source stays as it is")
    .requiredOption("--database <id>", "instance whose backups are restored")
    .requiredOption("--to <id>", "identifier of the new instance")
    .requiredOption("--at <time>", "such as 2026-01-31T12:00:00Z", time)
    .option("--timeout <minutes>", "for how long it is waited for", minutes, 240)
    .option(...DRY_RUN)
    .action((options: DatabaseOptions) =>
      run(`${options.database}: restoring into ${options.to}`, options, (work) => rollbackDatabase(options, work)),
    );
  rollback
    .command("object")
    .description("copy an earlier version of an object over the current one; nothing is deleted")
    .requiredOption("--bucket <name>", "bucket of the object")
    .requiredOption("--key <key>", "key of the object")
    .requiredOption("--version <id>", "version that comes back")
    .option(...DRY_RUN)
    .action((options: ObjectOptions) =>
      run(`${options.bucket}/${options.key}: going back`, options, (work) => rollbackObject(options, work)),
    );
}

/** @param text what is told at the start */
function run(text: string, { timeout = 1 }: Common, rollback: (work: Work) => Promise<void>): Promise<void> {
  return answered(() =>
    withProgress(text, ({ print }) => rollback({ clock: SYSTEM_CLOCK, timeoutMinutes: timeout, say: print })),
  );
}

function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Allowed: the number of a revision, such as 7.");
  return Number(text);
}

function time(text: string): Date {
  if (!z.iso.datetime({ offset: true }).safeParse(text).success) {
    throw new InvalidArgumentError("Allowed: a time with its zone, such as 2026-01-31T12:00:00Z.");
  }
  return new Date(text);
}
