import { Cloudtrail as AwsCloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { z } from "zod";
import {
  ACCOUNT_ID,
  AUDIT_LOGS,
  arnOf,
  BUCKET_NAME,
  defineModule,
  hcl,
  isSet,
  LOG_RETENTION_DAYS,
  partition,
  REGION,
  resource,
  resourceName,
  sizing,
  text,
} from "../../lib";
import { raiseAlarms } from "./alarms";
import { reportEvents } from "./alerts";
import { trailBucket } from "./bucket";
import { trailLog } from "./log";

export const Cloudtrail = defineModule({
  name: "cloudtrail",
  description:
    "A CloudTrail trail of every AWS call in an account or in all accounts of an organization, in all regions: encrypted, with digests that prove integrity, in a bucket whose objects are locked for the retention, and in a log group for searches. A topic receives the use of the root user and changes to logging and detection in the region immediately, and alarms for all regions: the root user, the trail, IAM, network, keys and databases outside of the pipeline, and roles of the pipeline outside of GitHub's workflows. One trail is sufficient for an account; none is needed if the organization has one.",
  inputs: {
    name: resourceName(40).describe(
      `Name of the trail, and first part of the names of its role and rules; its log group is \`${AUDIT_LOGS}cloudtrail/<name>\`.`,
    ),
    accountId: ACCOUNT_ID.describe("Account whose calls are recorded."),
    region: REGION.describe("Region of the trail and its bucket."),
    bucketName: BUCKET_NAME.describe("Globally unique name of the trail's bucket."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the trail. Its policy has to allow CloudTrail and CloudWatch Logs.",
    ),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
    retentionDays: sizing(z.int().min(365).max(36_500)).describe(
      "Days for which Object Lock prevents the change and deletion of each object; 2192 days are six years. No rule deletes it afterwards.",
    ),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the events in CloudWatch Logs, for searches."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the trail's role, if the apply role may create roles only with a boundary."),
    organization: z
      .object({
        id: text(/^o-[a-z0-9]{10,32}$/, "the id of an organization", "r-root").describe("Id of the organization."),
        managementAccountId: ACCOUNT_ID.describe("Its management account, which owns the trail."),
      })
      .nullable()
      .default(null)
      .describe(
        "Organization whose accounts the trail records, if the account is its delegated administrator for CloudTrail; null records the account alone. The key's policy has to allow trails of the management account.",
      ),
    pipelineRolePrefix: resourceName(40).describe(
      "Prefix, before a hyphen, of the names of the pipeline's roles. Changes by these roles raise no alarm, because they are reviewed; their use outside of GitHub's workflows does.",
    ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that is notified. Its policy and its key have to allow `events.amazonaws.com` and `cloudwatch.amazonaws.com`.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN of the trail."),
    logGroupName: z.string().describe("Log group of the trail."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    bucketName: "shop-cloudtrail",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "shop-access-logs",
    retentionDays: 2192,
    logRetentionDays: 365,
    organization: { id: "o-exampleorg0", managementAccountId: "444455556666" },
    pipelineRolePrefix: "delivery",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const { organization } = input;
    const ownerId = isSet(organization)(({ managementAccountId }) => managementAccountId, input.accountId);
    const trailArn = `arn:${partition(scope)}:cloudtrail:${input.region}:${ownerId}:trail/${input.name}`;
    const folders = isSet(organization)<string[]>(({ id }) => [ownerId, id], [input.accountId]);
    const bucket = trailBucket(scope, { ...input, trailArn, folders });
    const log = trailLog(scope, { ...input, organizationId: isSet(organization)<string | null>(({ id }) => id, null) });
    const trail = resource(scope, AwsCloudtrail, "this", {
      name: input.name,
      s3BucketName: bucket.name,
      isMultiRegionTrail: true,
      isOrganizationTrail: hcl<boolean>`${organization} != null`,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      kmsKeyId: input.kmsKeyArn,
      cloudWatchLogsGroupArn: `${log.group.arn}:*`,
      cloudWatchLogsRoleArn: log.role.arn,
      dependsOn: [...bucket.ready, log.policy],
    });
    reportEvents(scope, input);
    raiseAlarms(scope, { ...input, logGroupName: log.group.name });
    return { arn: trail.arn, logGroupName: log.group.name };
  },
});
