import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { z } from "zod";
import { AUDIT_LOGS, arnOf, defineModule, resource, resourceName } from "../../lib";

/** HIPAA requires six years. @see https://www.ecfr.gov/current/title-45/section-164.316 */
const SIX_YEARS = 2192;

export const AuditLog = defineModule({
  name: "audit-log",
  description:
    "A log group for the audit events of an application: encrypted, with a retention of six years, and protected from deletion. CloudWatch Logs can append events, but cannot change or delete a single one. A writer needs only `logs:CreateLogStream` and `logs:PutLogEvents` on the group.",
  inputs: {
    name: resourceName(100).describe(`Application and environment; the group is \`${AUDIT_LOGS}<name>\`.`),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the events, preferably a separate one. Its policy has to allow CloudWatch Logs.",
    ),
    retentionDays: z
      .literal([2192, 2557, 2922, 3288, 3653])
      .default(SIX_YEARS)
      .describe("Retention of an event: the values of CloudWatch Logs from six to ten years."),
  },
  outputs: {
    name: z.string().describe("Name of the group, for the application."),
    arn: z.string().describe("ARN of the group, for the writer's policy; `<arn>:*` matches its streams."),
  },
  example: {
    name: "shop",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const group = resource(scope, CloudwatchLogGroup, "this", {
      name: `${AUDIT_LOGS}${input.name}`,
      kmsKeyId: input.kmsKeyArn,
      retentionInDays: input.retentionDays,
      lifecycle: { preventDestroy: true },
    });
    return { name: group.name, arn: group.arn };
  },
});
