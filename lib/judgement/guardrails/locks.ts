/** Object Lock: how long objects are locked, and who can bypass the lock. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { concerns } from "./actions";
import { accompanied, all, type Judge, judgeAt, where } from "./attributes";
import { deniesEverybody } from "./denials";
import { broken, HOLDS, type Verdict } from "./guardrail";
import type { Statement } from "./policies";
import { judgeStatements } from "./statements";
import { concernsResource } from "./targets";
import { named, valuesAt } from "./values";

const RETENTION = "rule.default_retention";

/** Compliance mode has no bypass. In governance mode, the policy of the bucket denies it to everybody. */
export const locksForGood: Judge = all(
  ({ values }) => locksEachObject(values),
  where(`${RETENTION}.mode`, (mode) => mode === "GOVERNANCE", deniesBypass),
);

function locksEachObject(values: ResourceInstance["values"]): Verdict {
  const mode = judgeAt(values, `${RETENTION}.mode`, (one) => one === "COMPLIANCE" || one === "GOVERNANCE");
  if (mode.outcome !== "holds") return mode;
  const periods = ["days", "years"].flatMap((unit) => valuesAt(values, `${RETENTION}.${unit}`));
  return periods.some((period) => period !== null && period !== 0)
    ? HOLDS
    : broken(`${RETENTION} without days or years`);
}

function deniesBypass(lock: ResourceInstance, root: RootConfiguration): Verdict {
  const bucket = named(lock.values.bucket ?? null, "aws_s3_bucket", root);
  if (bucket === undefined) return broken("mode GOVERNANCE for a bucket of another root");
  return accompanied("aws_s3_bucket_policy", "bucket", ({ values }) =>
    judgeStatements(values, "policy", (statements) =>
      statements.some((statement) => refusesBypass(statement, bucket, root))
        ? HOLDS
        : broken("policy has no statement that denies s3:BypassGovernanceRetention to everybody"),
    ),
  )(bucket, root);
}

function refusesBypass(statement: Statement, bucket: ResourceInstance, root: RootConfiguration): boolean {
  const isOpen = statement.conditions.length + statement.openConditions.length > 0;
  const isOnObjects = concernsResource(statement, bucket, root, "within") === true;
  return deniesEverybody(statement) && !isOpen && concerns(statement, "s3:BypassGovernanceRetention") && isOnObjects;
}
