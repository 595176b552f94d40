/** The states of the masking. Each state that fails leads to the deletion of the restored data. */
import {
  CONCLUDING_STATES,
  cleanUpAfterFailure,
  deletionState,
  type Expression,
  pollingStates,
  rdsCall,
  snapshotCopyStates,
  taskState,
  type Value,
} from "../../lib";
import type { StepRoles } from "./step-roles";

interface StatesInput {
  readonly name: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly sourceSnapshotArn: Expression<string>;
  readonly databaseName: Expression<string>;
  readonly instanceClass: Expression<string>;
  readonly subnetIds: Expression<string[]>;
  readonly databaseSecurityGroupId: Expression<string>;
  readonly taskSecurityGroupId: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskDefinitionArn: Expression<string>;
  readonly exportBucket: Expression<string>;
}

type Restored = Readonly<Record<"subnetGroup" | "parameterGroup" | "dumpKey", Value<string>>>;

const CLEAN_UP = "DeleteInstance";
/** A step that takes longer has a problem, and unmasked data should not wait for it. */
const STEP_SECONDS = 6 * 3600;

export function maskingStates(input: StatesInput, roles: StepRoles, restored: Restored) {
  return {
    QueryLanguage: "JSONata",
    StartAt: "Start",
    States: {
      Start: { Type: "Pass", Assign: { failed: false }, Next: "CopySnapshot" },
      ...snapshotCopyStates({
        source: input.sourceSnapshotArn,
        target: input.name,
        kmsKeyArn: input.kmsKeyArn,
        next: "RestoreInstance",
        cleanUp: CLEAN_UP,
      }),
      ...restoreStates(input, restored),
      Mask: step(input, "mask", roles.mask, restored, "Verify"),
      Verify: step(input, "verify", roles.verify, restored, "Export"),
      Export: step(input, "export", roles.export, restored, CLEAN_UP),
      [CLEAN_UP]: deletionState(
        "deleteDBInstance",
        { DbInstanceIdentifier: input.name, SkipFinalSnapshot: true, DeleteAutomatedBackups: true },
        "DeleteSnapshot",
      ),
      DeleteSnapshot: deletionState("deleteDBSnapshot", { DbSnapshotIdentifier: input.name }, "Conclude"),
      ...CONCLUDING_STATES,
    },
  };
}

function restoreStates(input: StatesInput, { subnetGroup, parameterGroup }: Restored) {
  return {
    RestoreInstance: {
      ...rdsCall("restoreDBInstanceFromDBSnapshot"),
      Arguments: {
        DbInstanceIdentifier: input.name,
        DbSnapshotIdentifier: input.name,
        DbInstanceClass: input.instanceClass,
        DbSubnetGroupName: subnetGroup,
        DbParameterGroupName: parameterGroup,
        VpcSecurityGroupIds: [input.databaseSecurityGroupId],
        StorageType: "gp3",
        MultiAZ: false,
        PubliclyAccessible: false,
        DeletionProtection: false,
        CopyTagsToSnapshot: false,
        AutoMinorVersionUpgrade: false,
        BackupRetentionPeriod: 0,
        EnableCloudwatchLogsExports: [],
        ManageMasterUserPassword: true,
        MasterUserSecretKmsKeyId: input.kmsKeyArn,
      },
      ...cleanUpAfterFailure(CLEAN_UP),
      Next: "AwaitInstance",
    },
    ...pollingStates({
      name: "Instance",
      task: { ...rdsCall("describeDBInstances"), Arguments: { DbInstanceIdentifier: input.name } },
      isReady:
        '$states.result.DbInstances[0].(DbInstanceStatus = "available" and MasterUserSecret.SecretStatus = "active")',
      assign: {
        host: '{% $exists($states.result.DbInstances[0].Endpoint.Address) ? $states.result.DbInstances[0].Endpoint.Address : "" %}',
        secret:
          '{% $exists($states.result.DbInstances[0].MasterUserSecret.SecretArn) ? $states.result.DbInstances[0].MasterUserSecret.SecretArn : "" %}',
      },
      next: "Mask",
      cleanUp: CLEAN_UP,
    }),
  };
}

/** A task of the program, with the role of its step. The state fails if the program does. */
function step(
  input: StatesInput,
  command: keyof StepRoles,
  roleArn: Expression<string>,
  { dumpKey }: Restored,
  next: string,
) {
  const environment = {
    PGHOST: "{% $host %}",
    PGPORT: "5432",
    PGDATABASE: input.databaseName,
    MASTER_SECRET_ARN: "{% $secret %}",
    ...(command === "export" && { EXPORT_BUCKET: input.exportBucket, EXPORT_KEY: dumpKey }),
  };
  return {
    ...taskState({
      ...input,
      taskDefinition: input.taskDefinitionArn,
      roleArn,
      command: [command],
      environment,
      timeoutSeconds: STEP_SECONDS,
    }),
    ...cleanUpAfterFailure(CLEAN_UP),
    Next: next,
  };
}
