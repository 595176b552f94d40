/** Copies of the website's files in the region of the standby, from which CloudFront answers while the first bucket fails. */
import type { Expression } from "../../lib";
import type { CloudfrontPages } from "../../modules/cloudfront-pages";
import { Kms } from "../../modules/kms";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { S3Replication } from "../../modules/s3-replication";
import { WebsiteReplica } from "../../modules/website-replica";
import { workloadsBoundaryArn } from "../common/delivery";
import type { Context } from "./context";
import { type Elsewhere, standbyAlerts } from "./failover";
import { RETENTION } from "./retention";

/** The distribution names the bucket before it exists, because the bucket's policy names the distribution. */
export function replicaBucket({ environment, name }: Context): string {
  return `${name}-files-replica-${environment.account.id}`;
}

export function websiteReplica(
  context: Context,
  standby: Elsewhere,
  {
    site,
    filesKeyArn,
  }: { readonly site: InstanceType<typeof CloudfrontPages>; readonly filesKeyArn: Expression<string> },
): void {
  const { root, environment, name, alertTopicArn } = context;
  const { account } = environment;
  const { region, provider } = standby;
  const there = { providers: { aws: provider } };
  const key = new Kms(
    root,
    "website_replica_key",
    {
      accountId: account.id,
      region,
      name: `${name}-files-replica`,
      description: "Formula: copies of the files of the website",
      services: ["cloudfront"],
    },
    there,
  );
  const accessLogs = new S3AccessLogs(
    root,
    "website_replica_access_logs",
    {
      name: `${name}-replica-logs-${account.id}`,
      accountId: account.id,
      retentionDays: RETENTION.accessLogs.days[environment.name],
    },
    there,
  );
  const replica = new WebsiteReplica(
    root,
    "website_replica",
    {
      bucketName: replicaBucket(context),
      kmsKeyArn: key.arn,
      distributionArn: site.distributionArn,
      accessLogBucket: accessLogs.name,
    },
    there,
  );
  new S3Replication(
    root,
    "website_replication",
    {
      name: `${name}-files-replica`,
      sourceBucket: {
        name: site.bucketName,
        region: environment.region,
        kmsKeyArn: filesKeyArn,
        topicArn: alertTopicArn,
      },
      destinationBucket: {
        name: replica.bucketName,
        region,
        kmsKeyArn: key.arn,
        topicArn: standbyAlerts(environment, standby),
      },
      permissionsBoundaryArn: workloadsBoundaryArn(account),
    },
    { providers: { "aws.destination": provider } },
  );
}
