/** Buckets that services deliver logs to: AWS requires other settings for them than for buckets of records. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { Unknown } from "../hcl";
import type { Judge } from "./attributes";
import { HOLDS } from "./guardrail";
import { statementsOf } from "./policies";
import { thoseNaming } from "./values";

/** The bucket's policy lets a service deliver logs, or a resource of the root delivers its logs there. */
export function receivesLogs(bucket: ResourceInstance, root: RootConfiguration): boolean {
  const isTarget = TARGETS.some(({ type, path }) => thoseNaming(bucket, type, path, root).length > 0);
  return isTarget || thoseNaming(bucket, "aws_s3_bucket_policy", "bucket", root).some(letsLogsIn);
}

/** Judges only buckets that receive no logs. */
export function exceptForLogs(judge: Judge): Judge {
  return (bucket, root) => (receivesLogs(bucket, root) ? HOLDS : judge(bucket, root));
}

function letsLogsIn({ values }: ResourceInstance): boolean {
  const statements = statementsOf(values.policy ?? null);
  if (statements instanceof Unknown) return false;
  return statements.some(
    ({ effect, principals }) =>
      effect === "Allow" && principals.some(({ kind, id }) => kind === "Service" && DELIVERERS.includes(id)),
  );
}

const TARGETS = [
  { type: "aws_lb", path: "access_logs.bucket" },
  { type: "aws_s3_bucket_logging", path: "target_bucket" },
] as const;

/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
const DELIVERERS: readonly unknown[] = [
  "logdelivery.elasticloadbalancing.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "logging.s3.amazonaws.com",
];
