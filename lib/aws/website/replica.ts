/**
 * A second bucket for the files of a website. CloudFront asks it for each request that the first one does not answer, so that
 * nobody has to change the distribution, which only the control plane in us-east-1 could.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
import { z } from "zod";
import type { Expression } from "../../generator/expression/code";
import { hcl, type Ref } from "../../generator/expression/expression";
import { isSet } from "../../generator/expression/presence";
import { BUCKET_NAME, REGION } from "../../generator/inputs/identifiers";
import { blockForEach, blockIf } from "../../generator/module/blocks";

/** Ids of origins and of their group. */
export const BUCKET = "bucket";
const REPLICA = "replica";
const EITHER = "bucket-or-replica";

/**
 * S3 answers an outage with these. A file that does not exist has the status 403, because the distribution cannot list the
 * bucket: the replica does not have it either, or has it although it was deleted.
 */
const FAILURES = [500, 502, 503, 504];

/** A request reaches the replica after six seconds if the bucket cannot be reached, instead of after thirty. */
const CONNECTION = { attempts: 2, timeoutSeconds: 3 } as const;

export const REPLICA_INPUT = z
  .object({
    bucketName: BUCKET_NAME.describe("Name of the bucket."),
    region: REGION.describe("Region of the bucket."),
  })
  .nullable()
  .default(null)
  .describe(
    `Bucket of \`website-replica\`, which answers a request that the first bucket answers with ${FAILURES.join(", ")}, or not at all for ${CONNECTION.attempts * CONNECTION.timeoutSeconds} seconds. Null for one bucket.`,
  );

export type Replica = Ref<z.output<typeof REPLICA_INPUT>>;

interface Files {
  readonly domainName: Expression<string>;
  readonly originAccessControlId: Expression<string>;
}

/** Origins of a distribution that has a replica in some environments. */
export function replicated({ domainName, originAccessControlId }: Files, replica: Replica) {
  const given = isSet(replica);
  const replicas = given<Record<string, string>>(
    ({ bucketName, region }) => ({ [REPLICA]: `${bucketName}.s3.${region}.amazonaws.com` }),
    {},
  );
  return {
    targetOriginId: given(EITHER, BUCKET),
    origin: blockForEach(
      hcl<Record<string, string>>`merge(${{ [BUCKET]: domainName }}, ${replicas})`,
      (name, originId) => ({
        originId,
        domainName: name,
        originAccessControlId,
        connectionAttempts: given<number | null>(CONNECTION.attempts, null),
        connectionTimeout: given<number | null>(CONNECTION.timeoutSeconds, null),
      }),
    ),
    originGroup: blockIf(given, {
      originId: EITHER,
      failoverCriteria: { statusCodes: FAILURES },
      member: [{ originId: BUCKET }, { originId: REPLICA }],
    }),
  };
}
