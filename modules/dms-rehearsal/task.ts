/** The replication task: its tables, and its settings. */
import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import type { Construct } from "constructs";
import { type Expression, hcl, jsonencode, resource } from "../../lib";

interface Task {
  readonly name: Expression<string>;
  readonly migrationType: Expression<string>;
  readonly targetPreparation: Expression<string>;
  readonly tables: Expression<Record<string, { schema: string; table: string }>>;
}

interface Ends {
  readonly replicationInstanceArn: Expression<string>;
  readonly sourceEndpointArn: Expression<string>;
  readonly targetEndpointArn: Expression<string>;
}

export function replicationTask(scope: Construct, input: Task, ends: Ends) {
  return resource(scope, DmsReplicationTask, "this", {
    replicationTaskId: input.name,
    migrationType: input.migrationType,
    ...ends,
    startReplicationTask: false,
    tableMappings: jsonencode({ rules: selectionRules(input.tables) }),
    replicationTaskSettings: jsonencode(settings(input.targetPreparation)),
  });
}

/**
 * Rules have numbers, in the order of their names.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.html
 */
function selectionRules(tables: Task["tables"]) {
  return hcl<object[]>`[for position, name in keys(${tables}) : {
    "rule-type" = "selection"
    "rule-id" = tostring(position + 1)
    "rule-name" = name
    "object-locator" = { "schema-name" = ${tables}[name].schema, "table-name" = ${tables}[name].table }
    "rule-action" = "include"
  }]`;
}

/**
 * Each row is compared. No large object is truncated. A table with an error is suspended, which the comparison with the
 * criteria reports, and a task without tables fails.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 */
function settings(targetPreparation: Expression<string>) {
  return {
    TargetMetadata: { SupportLobs: true, FullLobMode: true, LobChunkSize: 64, LimitedSizeLobMode: false },
    FullLoadSettings: { TargetTablePrepMode: targetPreparation },
    Logging: { EnableLogging: true },
    ValidationSettings: { EnableValidation: true },
    ErrorBehavior: {
      DataErrorPolicy: "SUSPEND_TABLE",
      DataTruncationErrorPolicy: "SUSPEND_TABLE",
      TableErrorPolicy: "SUSPEND_TABLE",
      FailOnNoTablesCaptured: true,
    },
  };
}
