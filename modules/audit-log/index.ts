import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { z } from "zod";
import { AUDIT_LOGS, arnOf, defineModule, resource, resourceName } from "../../lib";

/** HIPAA asks for six years. @see https://www.ecfr.gov/current/title-45/section-164.316 */
const SIX_YEARS = 2192;

export const AuditLog = defineModule({
  name: "audit-log",
  description:
    "A log group for who did what in an application: encrypted, kept for six years, and protected against destruction. CloudWatch Logs appends events and never changes or deletes a single one. A writer needs `logs:CreateLogStream` and `logs:PutLogEvents` on the group, and nothing else.",
  inputs: {
    name: resourceName(100).describe(`Application and environment; the group is \`${AUDIT_LOGS}<name>\`.`),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the events, best one of its own; it has to admit CloudWatch Logs.",
    ),
    retentionDays: z
      .literal([2192, 2557, 2922, 3288, 3653])
      .default(SIX_YEARS)
      .describe("Days that an event is kept: six to ten years, as CloudWatch Logs counts them."),
  },
  outputs: {
    name: z.string().describe("Name of the group, for the application."),
    arn: z.string().describe("ARN of the group, for the writer's policy: `<arn>:*` are its streams."),
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
