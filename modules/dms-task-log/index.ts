import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { z } from "zod";
import { arnOf, defineModule, LOG_RETENTION_DAYS, resource, resourceName, sizing } from "../../lib";

/** A root that is destroyed after each run cannot have the log: its next run would find a group of the same name. */
export const DmsTaskLog = defineModule({
  name: "dms-task-log",
  description:
    "The log group of the tasks of a replication instance (AWS DMS), encrypted and with a limited retention. It exists before the instance, because DMS creates a missing group without a key and without a retention, and it outlives the instance, because the log is evidence of a run.",
  inputs: {
    replicationInstanceId: resourceName(31).describe(
      "Name of the replication instance; the group is `dms-tasks-<name>`.",
    ),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the log. Its policy has to allow CloudWatch Logs."),
    retentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
  },
  outputs: { name: z.string().describe("Name of the group.") },
  example: {
    replicationInstanceId: "shop-rehearsal",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    retentionDays: 90,
  },
  build(scope, input) {
    const group = resource(scope, CloudwatchLogGroup, "this", {
      name: `dms-tasks-${input.replicationInstanceId}`,
      kmsKeyId: input.kmsKeyArn,
      retentionInDays: input.retentionDays,
    });
    return { name: group.name };
  },
});
