/** S3 lifecycle rules, and the objects that they delete. */

import { CANARY_RUNS } from "../../aws/canary-runs";
import { PLANS_BUCKET_FOLDERS } from "../../aws/plans-bucket-folders";
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isMapping, isUnknown } from "../hcl";
import { judgeAt, worst } from "./attributes";
import { HOLDS, undecided, type Verdict } from "./guardrail";
import { receivesLogs } from "./log-buckets";
import { isAbsent, itemsAt, named, pointsAt, valuesAt } from "./values";
import { isWrittenOnce } from "./write-once";

/**
 * The prefix under which the pipeline saves plans, and nothing else. A plan that was not applied is useless after days,
 * and shows the state to everybody who can read it. A bucket of records may have a folder of the same name: its bucket
 * policy makes the difference.
 */
export const SAVED_PLANS = `${PLANS_BUCKET_FOLDERS.plans}/`;

/** No rule deletes objects or versions. Logs may expire: they are kept for as long as they are needed. */
export function keepsRecords({ values }: ResourceInstance, root: RootConfiguration): Verdict {
  const bucket = named(values.bucket ?? null, "aws_s3_bucket", root);
  if (bucket !== undefined && receivesLogs(bucket, root)) return HOLDS;
  const folders = bucket === undefined ? [] : expiringFolders(bucket, root);
  return worst(
    itemsAt(values, "rule")
      .filter((rule) => !folders.some((folder) => isAbout(rule, folder)))
      .map(keepsObjects),
  );
}

function expiringFolders(bucket: ResourceInstance, root: RootConfiguration): readonly string[] {
  return [
    ...(isWrittenOnce(bucket, root) ? [SAVED_PLANS] : []),
    ...(root.of("aws_synthetics_canary").some((canary) => writesTo(canary, bucket)) ? [RUNS] : []),
  ];
}

/** The results of a canary's runs, and nothing else. */
const RUNS = `${CANARY_RUNS}/`;

function writesTo({ values: { artifact_s3_location: location = null } }: ResourceInstance, bucket: ResourceInstance) {
  return pointsAt(location, bucket) || location === `s3://${bucket.values.bucket}/${CANARY_RUNS}`;
}

function isAbout(rule: HclValue, folder: string): boolean {
  return !isUnknown(rule) && valuesAt(rule, "filter.prefix").every((prefix) => prefix === folder);
}

function keepsObjects(rule: HclValue): Verdict {
  if (isUnknown(rule)) return undecided(`rule = ${show(rule)}`);
  if (isMapping(rule) && rule.status === "Disabled") return HOLDS;
  const never = (value: HclValue) => isAbsent(value) || value === 0;
  return worst(
    ["expiration.days", "expiration.date", "noncurrent_version_expiration.noncurrent_days"].map((path) =>
      judgeAt(rule, path, never, "rule."),
    ),
  );
}
