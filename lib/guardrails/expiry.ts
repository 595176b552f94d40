/** Lifecycle rules of buckets, and what they delete. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { isMapping, isUnknown, type Value } from "../hcl";
import { judgeAt, worst } from "./attributes";
import { HOLDS, undecided, type Verdict } from "./guardrail";
import { receivesLogs } from "./log-buckets";
import { isAbsent, itemsAt, named, valuesAt } from "./values";

/**
 * Where the pipeline puts plans, and nothing else. A plan that nobody applied is worth nothing after days, and shows the
 * state to whoever reads it.
 */
const SAVED_PLANS = "plans/";

/** No rule deletes objects or versions. Logs may end: they are for as long as somebody looks into them. */
export function keepsRecords({ values }: ResourceInstance, root: RootConfiguration): Verdict {
  const bucket = named(values.bucket ?? null, "aws_s3_bucket", root);
  if (bucket !== undefined && receivesLogs(bucket, root)) return HOLDS;
  return worst(itemsAt(values, "rule").map(keepsObjects));
}

function keepsObjects(rule: Value): Verdict {
  if (isUnknown(rule)) return undecided(`rule = ${show(rule)}`);
  if (isMapping(rule) && rule.status === "Disabled") return HOLDS;
  if (valuesAt(rule, "filter.prefix").every((prefix) => prefix === SAVED_PLANS)) return HOLDS;
  const never = (value: Value) => isAbsent(value) || value === 0;
  return worst(
    ["expiration.days", "expiration.date", "noncurrent_version_expiration.noncurrent_days"].map((path) =>
      judgeAt(rule, path, never, "rule."),
    ),
  );
}
