import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Migration, migrate } from "../../../../lib/pipeline/service/migrate";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest } from "./aws";
import { digest, failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

let aws: AwsServer;
let folder: string;
const SNAPSHOT = "shop-20260131t120000z";
const SAFE = `from alembic import op


def upgrade():
    op.execute("CREATE EXTENSION pgaudit")


def downgrade():
    op.execute("DROP EXTENSION pgaudit")
`;

awsForEachTest((server) => {
  aws = server;
  aws.family = "shop-migrate";
  aws.revision(3, digest("a"));
  aws.instances.set("shop", { DBInstanceIdentifier: "shop", DbiResourceId: "db-1", DBInstanceStatus: "available" });
  aws.task = { statuses: ["MISSING", "PENDING", "RUNNING", "STOPPED"], stopped: stopped(0) };
  folder = mkdtempSync(path.join(tmpdir(), "migrations-"));
  write("versions/0001_audit.py", SAFE);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function stopped(exitCode: number | undefined, more: object = {}) {
  return {
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers: [{ name: "app", exitCode, ...more }],
  };
}

function request(more: Partial<Migration> = {}): Migration {
  return {
    cluster: "shop",
    taskDefinition: "shop-migrate",
    database: "shop",
    image: digest("b"),
    migrations: [folder],
    subnets: ["subnet-1", "subnet-2"],
    securityGroups: ["sg-1"],
    ...more,
  };
}

const WRITES = ["rds:CreateDBSnapshot", "ecs:RegisterTaskDefinition", "ecs:RunTask"];
const writes = () => aws.operations().filter((operation) => WRITES.includes(operation));

test("the snapshot is available before the task runs the new image, and the exit code is checked", async () => {
  aws.creations = ["creating", "available"];
  const work = fakeWork();
  await migrate(request(), work);
  expect(writes()).toEqual(WRITES);
  expect(aws.operations().indexOf("ecs:RunTask")).toBeGreaterThan(
    aws.operations().lastIndexOf("rds:DescribeDBSnapshots"),
  );
  expect(aws.input("rds:CreateDBSnapshot")).toEqual({ DBInstanceIdentifier: "shop", DBSnapshotIdentifier: SNAPSHOT });
  expect(aws.input("ecs:RegisterTaskDefinition")).toMatchObject({ containerDefinitions: [{ image: digest("b") }] });
  expect(aws.input("ecs:RunTask")).toEqual({
    cluster: "shop",
    taskDefinition: expect.stringMatching(/shop-migrate:4$/),
    count: 1,
    launchType: "FARGATE",
    startedBy: "groundplan-migrate",
    enableECSManagedTags: true,
    propagateTags: "TASK_DEFINITION",
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
    },
    clientToken: expect.any(String),
  });
  expect(work.lines).toEqual([
    `snapshot ${SNAPSHOT}: creating, 0 %`,
    `snapshot ${SNAPSHOT}: available, 0 %`,
    `running shop-migrate:4, snapshot ${SNAPSHOT}`,
    "task 1: started",
    "task 1: PENDING",
    "task 1: RUNNING",
    "task 1: STOPPED",
    "migrated: container app ended with exit code 0",
    `to roll back: groundplan rollback database restores shop to a time before the migration; snapshot ${SNAPSHOT} has the data from before it`,
  ]);
});

test("a cluster of Aurora gets a snapshot of the cluster", async () => {
  aws.instances.clear();
  aws.aurora.clusters.add("shop");
  aws.aurora.statuses = ["creating", "available"];
  const work = fakeWork();
  await migrate(request(), work);
  expect(aws.input("rds:CreateDBClusterSnapshot")).toEqual({
    DBClusterIdentifier: "shop",
    DBClusterSnapshotIdentifier: SNAPSHOT,
  });
  expect(aws.operations()).not.toContain("rds:CreateDBSnapshot");
  expect(aws.operations().indexOf("ecs:RunTask")).toBeGreaterThan(
    aws.operations().lastIndexOf("rds:DescribeDBClusterSnapshots"),
  );
  expect(work.lines.at(-1)).toBe(
    `to roll back: aws rds restore-db-cluster-to-point-in-time restores shop to a time before the migration; snapshot ${SNAPSHOT} has the data from before it`,
  );
});

test("a database that is neither an instance nor a cluster is reported", async () => {
  aws.instances.clear();
  expect(await failureMessage(migrate(request(), fakeWork()))).toBe(
    "rds:DescribeDBInstances of shop failed: DBInstanceNotFoundFault: DBInstance shop not found.",
  );
  expect(writes()).toEqual([]);
});

test.each([
  [stopped(1), "container app ended with exit code 1: Essential container in task exited; EssentialContainerExited"],
  [
    stopped(137, { reason: "OutOfMemoryError: Container killed due to memory usage" }),
    "container app ended with exit code 137: OutOfMemoryError: Container killed due to memory usage; Essential container in task exited; EssentialContainerExited",
  ],
  [
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: pull access denied",
      containers: [{ name: "app" }],
    },
    "container app never ran to an exit code: CannotPullContainerError: pull access denied; TaskFailedToStart",
  ],
  [
    { stopCode: "UserInitiated", stoppedReason: "stopped by hand", containers: [{ name: "app", exitCode: 0 }] },
    "container app ended with exit code 0: stopped by hand; UserInitiated",
  ],
  [{ containers: [] }, "container app never ran to an exit code: ECS gives no reason"],
])("a task that ends as %j has failed, and the snapshot to go back to is named", async (end, reason) => {
  aws.task = { statuses: ["STOPPED"], stopped: end };
  expect(await failureMessage(migrate(request(), fakeWork()))).toBe(
    `the migration failed: ${reason}\nto roll back: groundplan rollback database restores shop to a time before the migration; snapshot ${SNAPSHOT} has the data from before it`,
  );
});

test("without a snapshot that can be restored nothing is migrated", async () => {
  aws.creations = ["creating", "failed"];
  expect(await failureMessage(migrate(request(), fakeWork()))).toBe(
    `snapshot ${SNAPSHOT} is failed; nothing was migrated`,
  );
  expect(writes()).not.toContain("ecs:RunTask");
});

test("a task that does not stop in time is not stopped, and is reported as running", async () => {
  aws.task = { statuses: ["RUNNING"], stopped: {} };
  expect(await failureMessage(migrate(request(), fakeWork(3)))).toMatch(
    /^task 1 has not stopped after 3 minutes\nECS continues task 1, .*\nthis command does not stop it, since it may be changing data: aws ecs stop-task --cluster shop --task 1$/,
  );
  expect(aws.operations()).not.toContain("ecs:StopTask");
});

describe("a migration that destroys data", () => {
  const refused =
    "refused: a migration that destroys data, or may destroy it, requires a backup of the last 24 hours: --backup <snapshot>";
  const backup = {
    DBSnapshotIdentifier: "mine",
    DBInstanceIdentifier: "shop",
    DbiResourceId: "db-1",
    Status: "available",
    SnapshotCreateTime: "2026-01-31T02:00:00Z",
  };
  beforeEach(() => {
    write("versions/0002_clean.py", SAFE.replace('execute("CREATE EXTENSION pgaudit")', 'drop_table("orders")'));
    write("clean.sql", "SELECT 1;\nDELETE FROM people WHERE name = 'x';\nDO $$ BEGIN END $$;");
  });

  test("is refused without a backup, with every place", async () => {
    expect(await failureMessage(migrate(request(), fakeWork()))).toBe(
      [
        refused,
        `  ${folder}/clean.sql:2: DELETE FROM people WHERE name = '…': destructive`,
        `  ${folder}/clean.sql:3: DO '…': not understood`,
        `  ${folder}/versions/0002_clean.py:5: op.drop_table("orders"): destructive`,
      ].join("\n"),
    );
    expect(writes()).toEqual([]);
  });

  test("runs with a recent backup of the database, and reports the accepted findings", async () => {
    aws.snapshots.set("mine", backup);
    const work = fakeWork();
    await migrate(request({ backup: "mine" }), work);
    expect(writes()).toEqual(WRITES);
    expect(work.lines[0]).toBe(
      `accepted with backup mine: ${folder}/clean.sql:2: DELETE FROM people WHERE name = '…': destructive`,
    );
  });

  test.each([
    [{ DBInstanceIdentifier: "other" }, "mine is of other; allowed: a snapshot of shop"],
    [{ DbiResourceId: "db-0" }, "mine is of a former instance named shop; allowed: a snapshot of the present instance"],
    [{ Status: "creating" }, "mine is creating; allowed: available"],
    [
      { SnapshotCreateTime: "2026-01-30T11:59:59Z" },
      "mine is from 2026-01-30T11:59:59.000Z; allowed: the last 24 hours",
    ],
    [
      { SnapshotCreateTime: "2026-01-31T12:00:01Z" },
      "mine is from 2026-01-31T12:00:01.000Z; allowed: the last 24 hours",
    ],
  ])("is refused with a backup that has %j", async (more, problem) => {
    aws.snapshots.set("mine", { ...backup, ...more });
    expect(await failureMessage(migrate(request({ backup: "mine" }), fakeWork()))).toBe(
      `refused: --backup\n  ${problem}`,
    );
    expect(writes()).toEqual([]);
  });

  test("is refused with a missing backup", async () => {
    expect(await failureMessage(migrate(request({ backup: "gone" }), fakeWork()))).toBe(
      "rds:DescribeDBSnapshots of gone failed: DBSnapshotNotFoundFault: DBSnapshot gone not found.",
    );
  });

  test("is refused with any backup if it is irreversible", async () => {
    aws.snapshots.set("mine", backup);
    write("versions/0003_one_way.py", SAFE.replace(/def downgrade[\s\S]*/, ""));
    expect(await failureMessage(migrate(request({ backup: "mine" }), fakeWork()))).toMatch(
      /^refused: reversible migrations only\n[\s\S]*0003_one_way.py:1: no downgrade\(\): not reversible$/,
    );
  });
});

test("a dry run prints the calls, and only reads", async () => {
  const work = fakeWork();
  await migrate(request({ dryRun: true }), work);
  expect(aws.operations()).toEqual(["rds:DescribeDBInstances", "ecs:DescribeTaskDefinition"]);
  expect(work.lines).toEqual([
    `would call rds:CreateDBSnapshot: shop as ${SNAPSHOT}, and wait until it is available`,
    `would call ecs:RegisterTaskDefinition: shop-migrate:3 with ${digest("b")} in app`,
    expect.stringMatching(/^would call ecs:RunTask: \{"cluster":"shop",.*"assignPublicIp":"DISABLED"/),
    "dry run: nothing was changed",
  ]);
});

test("a file that cannot be executed is reported with the reason", async () => {
  aws.refusals.set("ecs:RunTask", ["AccessDeniedException", "not authorized to perform: ecs:RunTask"]);
  expect(await failureMessage(migrate(request(), fakeWork()))).toMatch(
    /^ecs:RunTask of .*shop-migrate:4 failed: AccessDeniedException: not authorized to perform: ecs:RunTask$/,
  );
});

test.each([
  [
    ["nowhere"],
    "--migrations\n  got nowhere, which does not exist; allowed: files and folders with .py, .sql, .ts or .js files",
  ],
  [["package.json"], "--migrations\n  got no .py, .sql, .ts or .js in package.json; allowed: at least one"],
])("migrations in %j are none", async (migrations, message) => {
  expect(await failureMessage(migrate(request({ migrations }), fakeWork()))).toBe(message);
});
