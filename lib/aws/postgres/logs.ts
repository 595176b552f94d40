import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Value } from "../../generator/expression/expression";
import { resource } from "../../generator/module/resource";

interface LogInput {
  readonly logKmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
}

/**
 * The groups of logs that a database exports. If they are missing, RDS creates them without a key and without a retention.
 * @param folder group names before the type of the log
 */
export function exportedLogs(scope: Construct, input: LogInput, folder: Value<string>, types: readonly string[]) {
  return types.map((type) =>
    resource(scope, CloudwatchLogGroup, type.replaceAll("-", "_"), {
      name: `${folder}/${type}`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    }),
  );
}
