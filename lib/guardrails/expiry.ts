/** Lifecycle rules of buckets, and what they delete. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { Unknown, type Value } from "../hcl";
import { isList, isObject, judgeValues, pointsAt, valuesAt, worst } from "./attributes";
import { HOLDS, undecided, type Verdict } from "./guardrail";
import { receivesLogs } from "./log-buckets";

/** No rule deletes objects or versions. Logs may end: they are for as long as somebody looks into them. */
export function keepsRecords({ values }: ResourceInstance, root: RootConfiguration): Verdict {
  const bucket = root.of("aws_s3_bucket").find((one) => pointsAt(values.bucket ?? null, one));
  if (bucket !== undefined && receivesLogs(bucket, root)) return HOLDS;
  const rules = valuesAt(values, "rule").flatMap((value): readonly Value[] => (isList(value) ? value : [value]));
  return worst(rules.map((rule) => keepsObjects(rule)));
}

function keepsObjects(rule: Value): Verdict {
  if (rule instanceof Unknown) return undecided(`rule = ${show(rule)}`);
  if (isObject(rule) && rule.status === "Disabled") return HOLDS;
  const never = (value: Value) => value === null || value === 0 || value === "";
  return worst(
    ["expiration.days", "expiration.date", "noncurrent_version_expiration.noncurrent_days"].map((path) =>
      judgeValues(`rule.${path}`, valuesAt(rule, path), never),
    ),
  );
}
