import { MaskedExportBucket } from "../../modules/masked-export-bucket";
import { RdsSnapshotShare } from "../../modules/rds-snapshot-share";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";
import { machineOf, reachable } from "../support/state-machine";
import { bucket, composed, masked, pipeline, reader, recipient, scheduled, share } from "./masking-calls";

describePlan("the masking of a database", composed, (plan) => {
  test.each([
    ["share", "DeleteSnapshot"],
    ["pipeline", "DeleteInstance"],
    ["pipeline", "DeleteSnapshot"],
  ])("every execution of the %s that made anything ends with %s, also after a failure", (module, deletion) => {
    const machine = machineOf(plan(), module);
    expect(reachable(machine, "no barrier")).toEqual(new Set(Object.keys(machine.States)));
    const without = reachable(machine, deletion);
    expect(["Conclude", "Failed", "Succeeded"].filter((end) => without.has(end))).toEqual([]);
    const uncaught = Object.entries(machine.States)
      .filter(([, { Type, Catch }]) => Type === "Task" && Catch.at(-1)?.ErrorEquals[0] !== "States.ALL")
      .map(([name]) => name);
    expect(uncaught).toEqual(module === "share" ? ["FindSnapshot"] : []);
  });

  test("the dump is exported only after the masking and the check, which each have a role of their own", () => {
    const { States } = machineOf(plan(), "pipeline");
    expect([
      States.DecideInstance?.Choices[0]?.Next,
      States.Mask?.Next,
      States.Verify?.Next,
      States.Export?.Next,
    ]).toEqual(["Mask", "Verify", "Export", "DeleteInstance"]);
    for (const [step, state] of [
      ["mask", States.Mask],
      ["verify", States.Verify],
      ["export", States.Export],
    ] as const) {
      expect(state).toMatchObject({
        Resource: "arn:aws:states:::ecs:runTask.sync",
        TimeoutSeconds: 21_600,
        Arguments: {
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: ["subnet-1", "subnet-2"],
              SecurityGroups: ['module.groups.aws_security_group.this["tasks"]'],
              AssignPublicIp: "DISABLED",
            },
          },
          Overrides: {
            TaskRoleArn: arnOf(`module.pipeline.aws_iam_role.${step}`),
            ContainerOverrides: [
              {
                Name: "app",
                Command: [step],
                Environment: expect.arrayContaining([{ Name: "PGDATABASE", Value: "shop" }]),
              },
            ],
          },
        },
      });
    }
  });

  test("the instance is private, has no backups, and a password that RDS manages under the key", () => {
    expect(machineOf(plan(), "pipeline").States.RestoreInstance).toMatchObject({
      Arguments: {
        DbInstanceIdentifier: "shop-masking",
        DbSnapshotIdentifier: "shop-masking",
        VpcSecurityGroupIds: ['module.groups.aws_security_group.this["database"]'],
        PubliclyAccessible: false,
        BackupRetentionPeriod: 0,
        ManageMasterUserPassword: true,
        MasterUserSecretKmsKeyId: scheduled.kmsKeyArn,
      },
    });
    expect(machineOf(plan(), "pipeline").States.CopySnapshot).toMatchObject({
      Arguments: {
        SourceDBSnapshotIdentifier: pipeline.sourceSnapshotArn,
        KmsKeyId: scheduled.kmsKeyArn,
        CopyTags: false,
      },
    });
  });

  test("the instance accepts the tasks alone, and starts no connection; the tasks reach it and the endpoints", () => {
    expect(plan().keys("module.groups.aws_vpc_security_group_ingress_rule.this")).toEqual([
      "tasks-to-database-5432",
      "tasks-to-endpoints-443",
    ]);
    expect(plan().keys("module.groups.aws_vpc_security_group_egress_rule.this")).toEqual([
      "tasks-to-database-5432",
      "tasks-to-endpoints-443",
      "tasks-to-s3-443",
    ]);
  });

  test("the task definition has the map, and a role without permissions", () => {
    const { environment } = plan().container("module.task.aws_ecs_task_definition.this");
    expect(environment).toEqual([{ name: "MASK_MAP", value: '{"public.users.email":"email"}' }]);
    expect(plan().addresses.filter((address) => address.startsWith("module.task.aws_iam_role_policy.task"))).toEqual(
      [],
    );
  });

  test("the state machine may restore one snapshot into one private instance, and start tasks of one family", () => {
    const statements = plan().statements("module.pipeline.aws_iam_role_policy.this");
    const rds = "arn:aws:rds:eu-central-1:111122223333";
    expect(statements).toMatchObject({
      CopySnapshot: { Resource: [pipeline.sourceSnapshotArn, `${rds}:snapshot:shop-masking`] },
      RestorePrivately: {
        Condition: { Bool: { "rds:ManageMasterUserPassword": "true", "rds:PubliclyAccessible": "false" } },
      },
      WatchAndDelete: { Resource: [`${rds}:db:shop-masking`, `${rds}:snapshot:shop-masking`] },
      StartTasks: {
        Resource: "arn:aws:ecs:eu-central-1:111122223333:task-definition/masking:*",
        Condition: { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-central-1:111122223333:cluster/masking" } },
      },
      FollowTasks: { Resource: "arn:aws:ecs:eu-central-1:111122223333:task/masking/*" },
      GiveTasksTheirRoles: { Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } },
    });
    const everywhere = Object.entries(statements).filter(([, { Resource }]) => Resource === "*");
    expect(everywhere.map(([sid]) => sid)).toEqual(["DeliverLogs"]);
  });

  test("a task reads the login of this instance alone, and only the export writes the dump", () => {
    for (const step of ["mask", "verify", "export"]) {
      const statements = plan().statements(`module.pipeline.aws_iam_role_policy.${step}`);
      expect(statements.ReadLogin).toMatchObject({
        Condition: {
          StringEquals: {
            "aws:ResourceTag/aws:rds:primaryDBInstanceArn": "arn:aws:rds:eu-central-1:111122223333:db:shop-masking",
          },
        },
      });
      expect(statements.WriteDump?.Resource).toBe(step === "export" ? "arn:aws:s3:::shop-masked/shop.dump" : undefined);
    }
  });

  test("besides their own account, the shared snapshot is for one role, and the dump for another one", () => {
    const own = "arn:aws:iam::111122223333:root";
    const principals = (address: string) =>
      Object.entries(plan().statements(address))
        .filter(([, { Effect }]) => Effect === "Allow")
        .map(([sid, { Principal }]) => [sid, Principal]);
    expect(principals("module.share.aws_kms_key.this")).toEqual([
      ["AccountPolicies", { AWS: own }],
      ["CopySharedSnapshot", { AWS: recipient }],
      ["GrantToRds", { AWS: recipient }],
    ]);
    expect(principals("module.bucket.aws_kms_key.this")).toEqual([
      ["AccountPolicies", { AWS: own }],
      ["DecryptDumps", { AWS: reader }],
    ]);
    expect(plan().statements("module.bucket.aws_s3_bucket_policy.this")).toMatchObject({
      ListDumps: { Principal: { AWS: reader }, Action: "s3:ListBucket" },
      ReadDumps: { Principal: { AWS: reader }, Action: "s3:GetObject" },
    });
  });

  test("the import is one task, with the command, the dump and the kept tables", () => {
    const { StartAt, States } = machineOf(plan(), "import");
    expect([StartAt, Object.keys(States)]).toEqual(["Import", ["Import"]]);
    expect(States.Import).toMatchObject({
      Resource: "arn:aws:states:::ecs:runTask.sync",
      Arguments: {
        Overrides: {
          TaskRoleArn: arnOf("module.import.aws_iam_role.task"),
          ContainerOverrides: [
            {
              Name: "app",
              Command: ["import"],
              Environment: expect.arrayContaining([
                { Name: "PGHOST", Value: masked.databaseHost },
                { Name: "EXPORT_KEY", Value: "shop.dump" },
                { Name: "KEPT_TABLES", Value: "public.migrations,public.typeorm" },
              ]),
            },
          ],
        },
      },
    });
    expect(plan().values("module.import.aws_cloudwatch_metric_alarm.this")).toMatchObject({
      metric_name: "ExecutionsFailed",
      alarm_actions: [masked.topicArn],
    });
  });

  test("the import may start every revision of its family, so that an execution goes on beside a newer one", () => {
    expect(plan().statements("module.import.aws_iam_role_policy.this").StartTasks).toMatchObject({
      Resource: "arn:aws:ecs:eu-central-1:111122223333:task-definition/masking:*",
      Condition: { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-central-1:111122223333:cluster/shop" } },
    });
  });

  test("the task of the import reads one dump and one login, each key through its service, and writes nothing", () => {
    const through = (service: string) => ({
      StringEquals: { "kms:ViaService": `${service}.eu-central-1.amazonaws.com` },
    });
    expect(plan().statements("module.import.aws_iam_role_policy.task")).toEqual({
      FindDump: { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::shop-exports" },
      ReadDump: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shop-exports/shop.dump" },
      DecryptDump: {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: masked.exportKmsKeyArn,
        Condition: through("s3"),
      },
      ReadLogin: { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: masked.masterSecretArn },
      DecryptLogin: {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: masked.masterSecretKeyArn,
        Condition: through("secretsmanager"),
      },
    });
  });

  test("the newest automated snapshot is copied under the key of the share, and shared for the given hours", () => {
    const { States } = machineOf(plan(), "share");
    const source = "arn:aws:rds:eu-central-1:111122223333:snapshot";
    expect(States).toMatchObject({
      FindSnapshot: { Arguments: { DbInstanceIdentifier: "shop", SnapshotType: "automated" } },
      CopySnapshot: {
        Arguments: {
          SourceDBSnapshotIdentifier: "{% $source %}",
          TargetDBSnapshotIdentifier: "shop-share",
          KmsKeyId: arnOf("module.share.aws_kms_key.this"),
        },
      },
      ShareSnapshot: { Arguments: { AttributeName: "restore", ValuesToAdd: ["777788889999"] } },
      KeepShare: { Seconds: 21_600 },
    });
    expect(plan().statements("module.share.aws_iam_role_policy.this")).toMatchObject({
      FindSnapshots: {
        Resource: ["arn:aws:rds:eu-central-1:111122223333:db:shop", `${source}:rds:shop-*`, `${source}:shop-share`],
      },
      CopySnapshot: { Resource: [`${source}:rds:shop-*`, `${source}:shop-share`] },
      ShareAndDeleteCopy: { Resource: `${source}:shop-share` },
    });
  });
});

test.each([
  [
    "share",
    () => new RdsSnapshotShare(newRoot(), "share", { ...share, recipientRoleArn: "arn:aws:iam::111122223333:role/a" }),
  ],
  [
    "bucket",
    () => new MaskedExportBucket(newRoot(), "bucket", { ...bucket, readerRoleArn: "arn:aws:iam::111122223333:role/a" }),
  ],
])("a %s within the account is refused", (_module, call) => {
  expect(failure(call).message).toContain("a role of another account");
});
