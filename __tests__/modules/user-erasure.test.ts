import type { Root } from "../../lib";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { UserErasure } from "../../modules/user-erasure";
import { describePlan, type Planned } from "../support/planned";
import { arnOf } from "../support/stand-ins";
import { machineOf, reachable } from "../support/state-machine";

const place = { accountId: "111122223333", region: "eu-central-1" };
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";

function call(root: Root, name: string, buckets: string[]): void {
  const task = new EcsTaskDefinition(root, `${name}_task`, {
    ...place,
    name: `${name}-task`,
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/api:1.0.0",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/api",
    cpu: 256,
    memoryMiB: 512,
    logKmsKeyArn: key,
    logRetentionDays: 30,
  });
  new UserErasure(root, name, {
    ...place,
    name,
    kmsKeyArn: key,
    logRetentionDays: 365,
    topicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
    topicKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/2",
    userPoolId: "eu-central-1_AbCdEfGhI",
    userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI",
    saltSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:salt-AbCdEf",
    saltKmsKeyArn: key,
    clusterName: "main",
    taskFamily: task.family,
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    subnetIds: ["subnet-1", "subnet-2"],
    taskSecurityGroupId: "sg-1",
    eraseCommand: ["erase"],
    replayCommand: ["replay"],
    buckets,
    ledgerRetentionDays: 1096,
  });
}

const machine = (plan: Planned) => machineOf(plan, "erasure");

describePlan(
  "the erasure of a user",
  (root) => {
    call(root, "erasure", ["uploads", "exports"]);
    call(root, "bare", []);
  },
  (plan) => {
    test("every state can be reached", () => {
      const { States } = machine(plan());
      expect(reachable(machine(plan()), "no barrier")).toEqual(new Set(Object.keys(States)));
    });

    test.each([
      ["EraseFromDatabase", "VerifyRequest"],
      ["EraseObjects", "EraseFromDatabase"],
      ["DeleteUser", "EraseObjects"],
      ["RecordErasure", "DecideDeletion"],
      ["Notify", "RecordErasure"],
    ])("no execution reaches %s without %s", (state, before) => {
      expect(reachable(machine(plan()), before)).not.toContain(state);
    });

    test("a user who is not in the pool any more is erased from the rest", () => {
      const { States } = machine(plan());
      expect([States.DecideSignOut?.Default, States.DecideDeletion?.Default]).toEqual([
        "EraseFromDatabase",
        "RecordErasure",
      ]);
    });

    test("an execution begins only with an open request of this user", () => {
      expect(machine(plan()).States).toMatchObject({
        Decide: { Default: "Refused" },
        VerifyRequest: {
          Arguments: {
            ConditionExpression:
              "subject = :subject AND attribute_exists(requested_at) AND attribute_not_exists(erased_at)",
          },
          Catch: [{ ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], Next: "Refused" }],
        },
        Refused: { Type: "Fail" },
      });
    });

    test("the record has a date, the systems and the day of its end, and no user id", () => {
      const Arguments = machine(plan()).States.RecordErasure?.Arguments;
      expect(Arguments).toMatchObject({
        ExpressionAttributeValues: {
          ":systems": { SS: ["cognito", "database", "exports", "uploads"] },
          ":expires": { N: "{% $string($floor($millis() / 1000) + 94694400) %}" },
        },
      });
      expect(JSON.stringify(Arguments)).not.toMatch(/userId|username/);
      expect(JSON.stringify(machine(plan()).States.Notify)).not.toMatch(/userId|username|subject/);
    });

    test("the task deletes the user with its own role, and the replay reads the ledger with another one", () => {
      const { EraseFromDatabase, Replay } = machine(plan()).States;
      expect(EraseFromDatabase?.Arguments).toMatchObject({
        TaskDefinition: "erasure-task",
        Overrides: {
          ContainerOverrides: [{ Command: ["erase"], Environment: [{ Name: "USER_ID", Value: "{% $userId %}" }] }],
        },
      });
      expect(JSON.stringify(EraseFromDatabase)).not.toContain("TaskRoleArn");
      expect(Replay?.Arguments).toMatchObject({
        Overrides: {
          TaskRoleArn: arnOf("module.erasure.aws_iam_role.replay"),
          ContainerOverrides: [{ Command: ["replay"] }],
        },
      });
      expect(plan().statements("module.erasure.aws_iam_role_policy.replay").ReadLedger).toMatchObject({
        Action: "dynamodb:Scan",
        Resource: arnOf("module.erasure.aws_dynamodb_table.ledger"),
      });
    });

    test("versions are deleted until none is left, in the folders of users alone", () => {
      expect(machine(plan()).States.EraseObjects).toMatchObject({
        Items: ["exports", "uploads"],
        ItemProcessor: {
          States: {
            ListVersions: { Arguments: { Prefix: '{% "users/" & $userId & "/" %}' } },
            DecideRefused: { Choices: [{ Next: "VersionsLeft" }], Default: "ListVersions" },
          },
        },
      });
      expect(plan().statements("module.erasure.aws_iam_role_policy.objects[0]")).toMatchObject({
        ListVersionsOfUsers: { Condition: { StringLike: { "s3:prefix": "users/*" } } },
        DeleteVersionsOfUsers: { Resource: ["arn:aws:s3:::exports/users/*", "arn:aws:s3:::uploads/users/*"] },
      });
    });

    test("an erasure without buckets may touch no bucket", () => {
      expect(plan().keys("module.bare.aws_iam_role_policy.objects")).toEqual([]);
      expect(machineOf(plan(), "bare").States.EraseObjects).toMatchObject({ Items: [] });
    });

    test("the state machine may use one ledger, one pool, one salt and tasks of one family", () => {
      const statements = plan().statements("module.erasure.aws_iam_role_policy.this");
      expect(statements).toMatchObject({
        RecordErasures: { Action: "dynamodb:UpdateItem", Resource: arnOf("module.erasure.aws_dynamodb_table.ledger") },
        ReadSalt: { Resource: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:salt-AbCdEf" },
        DeleteUsers: { Resource: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI" },
        StartTasks: { Resource: "arn:aws:ecs:eu-central-1:111122223333:task-definition/erasure-task:*" },
      });
      const everywhere = Object.entries(statements).filter(([, { Resource }]) => Resource === "*");
      expect(everywhere.map(([sid]) => sid)).toEqual(["DeliverLogs"]);
    });

    test("the ledger is kept, and executions are logged without their data", () => {
      expect(plan().values("module.erasure.aws_dynamodb_table.ledger")).toMatchObject({
        deletion_protection_enabled: true,
        point_in_time_recovery: [{ enabled: true }],
        server_side_encryption: [{ enabled: true, kms_key_arn: key }],
        ttl: [{ enabled: true, attribute_name: "expires_at" }],
      });
      expect(plan().values("module.erasure.aws_sfn_state_machine.this")).toMatchObject({
        logging_configuration: [{ include_execution_data: false, level: "ALL" }],
        encryption_configuration: [{ kms_key_id: key, type: "CUSTOMER_MANAGED_KMS_KEY" }],
      });
      expect(plan().values("module.erasure.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        metric_name: "ExecutionsFailed",
        alarm_actions: ["arn:aws:sns:eu-central-1:111122223333:alerts"],
      });
    });
  },
);
