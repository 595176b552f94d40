/** The states of a share: copy, share, wait, and delete the copy in any case. */
import {
  CONCLUDING_STATES,
  cleanUpAfterFailure,
  deletionState,
  type Expression,
  hcl,
  rdsCall,
  snapshotCopyStates,
  type Value,
} from "../../lib";

/** JSONata: the newest snapshot that is complete. Without one, the execution fails before it has made anything. */
const NEWEST =
  '{% $sort($states.result.DbSnapshots[Status = "available"], function($a, $b) { $a.SnapshotCreateTime < $b.SnapshotCreateTime })[0].DbSnapshotArn %}';

export function shareStates(
  input: Readonly<Record<"name" | "dbInstanceIdentifier", Expression<string>>> & {
    readonly shareHours: Expression<number>;
  },
  share: Readonly<Record<"snapshotArn" | "kmsKeyArn" | "recipientAccountId", Value<string>>>,
) {
  const cleanUp = "DeleteSnapshot";
  return {
    QueryLanguage: "JSONata",
    StartAt: "FindSnapshot",
    States: {
      FindSnapshot: {
        ...rdsCall("describeDBSnapshots"),
        Arguments: { DbInstanceIdentifier: input.dbInstanceIdentifier, SnapshotType: "automated" },
        Assign: { source: NEWEST, failed: false },
        Next: "CopySnapshot",
      },
      ...snapshotCopyStates({
        source: "{% $source %}",
        target: input.name,
        kmsKeyArn: share.kmsKeyArn,
        next: "ShareSnapshot",
        cleanUp,
      }),
      ShareSnapshot: {
        ...rdsCall("modifyDBSnapshotAttribute"),
        Arguments: {
          DbSnapshotIdentifier: input.name,
          AttributeName: "restore",
          ValuesToAdd: [share.recipientAccountId],
        },
        ...cleanUpAfterFailure(cleanUp),
        Next: "KeepShare",
      },
      KeepShare: { Type: "Wait", Seconds: hcl<number>`${input.shareHours} * 3600`, Next: cleanUp },
      [cleanUp]: deletionState("deleteDBSnapshot", { DbSnapshotIdentifier: input.name }, "Conclude"),
      ...CONCLUDING_STATES,
    },
  };
}
