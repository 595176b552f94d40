/** Judges a migration, takes a snapshot, runs the migration once and checks its exit code. */
import { ECSClient } from "@aws-sdk/client-ecs";
import { RDSClient } from "@aws-sdk/client-rds";
import { ServiceError } from "./failure";
import { readImage } from "./image";
import { describeFinding, judgeMigrations, type LocatedFinding } from "./migrations";
import { problemsOfBackup } from "./named-backup";
import { containerOf, readRevision, register, revisionName, withImage } from "./revision";
import { openStore, type Store, snapshotName, takeSnapshot } from "./snapshots";
import { runTask, runTaskInput, taskFailure } from "./task";
import type { Work } from "./waiting";

export interface Migration {
  readonly cluster: string;
  /** Family. */
  readonly taskDefinition: string;
  readonly container?: string;
  readonly database: string;
  readonly image: string;
  /** Files and folders of the migrations. */
  readonly migrations: readonly string[];
  /** Recent snapshot, for a migration that destroys data. */
  readonly backup?: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly dryRun?: true;
}

/** @throws InputError @throws ServiceError */
export async function migrate(request: Migration, work: Work): Promise<void> {
  const image = readImage(request.image);
  const findings = await judgeReversible(request.migrations);
  const [ecs, rds] = [new ECSClient(), new RDSClient()];
  const store = await openStore(rds, request.database);
  await requireBackup(findings, store, request.backup, work);
  const newest = await readRevision(ecs, request.taskDefinition);
  const { name: container } = containerOf(newest, request.container);
  const next = withImage(newest, image, container);
  const snapshot = snapshotName(request.database, new Date(work.clock.now()));
  if (request.dryRun) {
    const revision =
      next === undefined ? revisionName(newest.arn) : `${revisionName(newest.arn)} with ${image} in ${container}`;
    work.report(
      `would call ${store.createOperation}: ${request.database} as ${snapshot}, and wait until it is available`,
    );
    if (next !== undefined) work.report(`would call ecs:RegisterTaskDefinition: ${revision}`);
    work.report(`would call ecs:RunTask: ${JSON.stringify(runTaskInput({ ...request, revision }))}`);
    work.report("dry run: nothing was changed");
    return;
  }
  await takeSnapshot(store, snapshot, work);
  const back = `to roll back: ${wayBack(store)}; snapshot ${snapshot} has the data from before it`;
  const revision = next === undefined ? newest.arn : await register(ecs, next);
  work.report(`running ${revisionName(revision)}, snapshot ${snapshot}`);
  const failure = taskFailure(await runTask(ecs, { ...request, revision }, work), container);
  if (failure !== undefined) throw new ServiceError(`the migration failed: ${failure}\n${back}`);
  work.report(`migrated: container ${container} ended with exit code 0`);
  work.report(back);
}

/** @throws ServiceError for an irreversible migration, with or without a backup */
async function judgeReversible(migrations: readonly string[]): Promise<readonly LocatedFinding[]> {
  const findings = await judgeMigrations(migrations);
  if (!findings.some(({ why }) => why === "not reversible")) return findings;
  throw new ServiceError(["refused: reversible migrations only", ...linesOf(findings)].join("\n"));
}

/** A migration that destroys data requires a named backup. */
async function requireBackup(
  findings: readonly LocatedFinding[],
  store: Store,
  backup: string | undefined,
  work: Work,
): Promise<void> {
  if (backup !== undefined) {
    const problems = problemsOfBackup(await store.read(backup), store, new Date(work.clock.now()));
    if (problems.length > 0) {
      throw new ServiceError(["refused: --backup", ...problems.map((problem) => `  ${problem}`)].join("\n"));
    }
  }
  if (findings.length > 0 && backup === undefined) {
    throw new ServiceError(
      [
        "refused: a migration that destroys data, or may destroy it, requires a backup of the last 24 hours: --backup <snapshot>",
        ...linesOf(findings),
      ].join("\n"),
    );
  }
  for (const finding of findings) work.report(`accepted with backup ${backup}: ${describeFinding(finding)}`);
}

function linesOf(findings: readonly LocatedFinding[]): string[] {
  return findings.map((finding) => `  ${describeFinding(finding)}`);
}

/** A cluster is restored by people: the page of its system has the commands. */
function wayBack({ id, kind }: Store): string {
  return kind === "instance"
    ? `groundplan rollback database restores ${id} to a time before the migration`
    : `aws rds restore-db-cluster-to-point-in-time restores ${id} to a time before the migration`;
}
