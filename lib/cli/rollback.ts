/** `groundplan rollback`: rolls back a service, a database or an object. */
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { InputError } from "../common/errors";
import { deployToAppRunner } from "../pipeline/service/app-runner";
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

interface ServiceOptions extends Omit<ServiceRollback, "cluster">, Timed {
  readonly cluster?: string;
  readonly image?: string;
}

/** S3 copies an object in one call. */
const COPY_MINUTES = 1;
const DRY_RUN = ["--dry-run", "print the AWS calls that would be made, and change nothing"] as const;

export function add(program: Command): void {
  // Otherwise commander would read `--version` of an object as the program's own option.
  program.enablePositionalOptions();
  const rollback = program.command("rollback").description("roll back a service, a database or an object");
  rollback
    .command("service")
    .description("deploy an earlier revision of a service of ECS, or an earlier image of a service of App Runner")
    .option("--cluster <name>", "cluster of the service; none for a service of App Runner")
    .requiredOption("--service <name>", "service to roll back")
    .option("--image <repository@digest>", "image by digest, for a service of App Runner")
    .option(
      "--to <revision>",
      "number of the revision; default: the revision of the previous deployment",
      wholeNumber("the number of a revision, such as 7"),
    )
    .option(...APPSPEC)
    .option("--application <name>", "application of CodeDeploy, if CodeDeploy deploys the service")
    .option("--deployment-group <name>", "deployment group of CodeDeploy, if CodeDeploy deploys the service")
    .option("--timeout <minutes>", "maximum time to wait", minutes, 60)
    .option(...DRY_RUN)
    .action(({ cluster, image, ...options }: ServiceOptions) => {
      const place = cluster === undefined ? options.service : `${cluster}/${options.service}`;
      return run(`${place}: rolling back`, options.timeout, (work) => {
        if (cluster !== undefined && image === undefined) return rollbackService({ ...options, cluster }, work);
        if (cluster === undefined && image !== undefined) return deployToAppRunner({ ...options, image }, work);
        throw new InputError(place, [
          `got ${cluster === undefined ? "neither --cluster nor --image" : "--cluster and --image"}; allowed: --cluster for a service of ECS, --image for one of App Runner`,
        ]);
      });
    });
  rollback
    .command("database")
    .description("restore a database to a point in time as a new instance; the source is not changed")
    .requiredOption("--database <id>", "database instance to restore from")
    .requiredOption("--to <id>", "identifier of the new instance")
    .requiredOption("--at <time>", "point in time, such as 2026-01-31T12:00:00Z", time)
    .option("--timeout <minutes>", "maximum time to wait", minutes, 240)
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
    .requiredOption("--version <id>", "version to restore")
    .option(...DRY_RUN)
    .action((options: ObjectRollback) =>
      run(`${options.bucket}/${options.key}: rolling back`, COPY_MINUTES, (work) => rollbackObject(options, work)),
    );
}

/** @param text line that is printed at the start */
function run(text: string, timeoutMinutes: number, rollback: (work: Work) => Promise<void>): Promise<void> {
  return withProgress(text, ({ print }) => rollback({ clock: SYSTEM_CLOCK, timeoutMinutes, report: print }));
}

function time(text: string): Date {
  if (!z.iso.datetime({ offset: true }).safeParse(text).success) {
    throw new InvalidArgumentError("Allowed: a time with its zone, such as 2026-01-31T12:00:00Z.");
  }
  return new Date(text);
}
