/** The states of a test. Every path ends with a record and the deletion of the instance. */
import {
  CONCLUDING_STATES,
  cleanUpAfterFailure,
  deletionState,
  type Expression,
  pollingStates,
  rdsCall,
  type Value,
} from "../../lib";

interface StatesInput {
  readonly name: Expression<string>;
  readonly automatedBackupsArn: Expression<string>;
  readonly instanceClass: Expression<string>;
  readonly securityGroupId: Expression<string>;
  readonly maxRestoreSeconds: Expression<number>;
  readonly evidenceBucket: Expression<string>;
}

const RECORD = "Measure";
const DELETE = "DeleteInstance";

export function restoreStates(
  input: StatesInput,
  groups: Readonly<Record<"subnetGroup" | "parameterGroup", Value<string>>>,
) {
  return {
    QueryLanguage: "JSONata",
    StartAt: "Start",
    States: {
      Start: {
        Type: "Pass",
        Assign: { failed: false, started: "{% $millis() %}", maxSeconds: input.maxRestoreSeconds },
        Next: "RestoreInstance",
      },
      RestoreInstance: {
        ...rdsCall("restoreDBInstanceToPointInTime"),
        Arguments: {
          SourceDBInstanceAutomatedBackupsArn: input.automatedBackupsArn,
          TargetDBInstanceIdentifier: input.name,
          UseLatestRestorableTime: true,
          DbInstanceClass: input.instanceClass,
          DbSubnetGroupName: groups.subnetGroup,
          DbParameterGroupName: groups.parameterGroup,
          VpcSecurityGroupIds: [input.securityGroupId],
          MultiAZ: false,
          PubliclyAccessible: false,
          DeletionProtection: false,
          CopyTagsToSnapshot: false,
          AutoMinorVersionUpgrade: false,
          EnableCloudwatchLogsExports: [],
        },
        ...cleanUpAfterFailure(RECORD),
        Next: "AwaitInstance",
      },
      ...pollingStates({
        name: "Instance",
        task: { ...rdsCall("describeDBInstances"), Arguments: { DbInstanceIdentifier: input.name } },
        isReady: '$states.result.DbInstances[0].DbInstanceStatus = "available"',
        next: RECORD,
        cleanUp: RECORD,
      }),
      [RECORD]: { Type: "Pass", Assign: { seconds: "{% ($millis() - $started) / 1000 %}" }, Next: "Judge" },
      Judge: {
        Type: "Choice",
        Choices: [{ Condition: "{% $seconds > $maxSeconds %}", Assign: { failed: true }, Next: "WriteRecord" }],
        Default: "WriteRecord",
      },
      WriteRecord: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:s3:putObject",
        Arguments: {
          Bucket: input.evidenceBucket,
          Key: "{% 'restore-tests/' & $fromMillis($started, '[Y0001]-[M01]-[D01]T[H01][m01]') & 'Z.json' %}",
          ContentType: "application/json",
          // S3 requires a checksum of each upload into a bucket with a default retention.
          ChecksumAlgorithm: "SHA256",
          Body: {
            test: input.name,
            execution: "{% $states.context.Execution.Id %}",
            backups: input.automatedBackupsArn,
            started: "{% $fromMillis($started) %}",
            passed: "{% $not($failed) %}",
            seconds: "{% $seconds %}",
            maxSeconds: "{% $maxSeconds %}",
          },
        },
        ...cleanUpAfterFailure(DELETE),
        Next: DELETE,
      },
      [DELETE]: deletionState(
        "deleteDBInstance",
        { DbInstanceIdentifier: input.name, SkipFinalSnapshot: true, DeleteAutomatedBackups: true },
        "Conclude",
      ),
      ...CONCLUDING_STATES,
    },
  };
}
