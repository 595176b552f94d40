/** Buckets in which an object stays as it was put: who may write, be it an administrator, cannot replace it. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { isMapping, Unknown, type Value } from "../hcl";
import { type Statement, statementsOf } from "./policies";
import { piecesOf, pointsAt, thoseNaming } from "./values";

/** The bucket's own policy denies everybody to overwrite an object, and to delete one or a version of it. */
export function isWrittenOnce(bucket: ResourceInstance, root: RootConfiguration): boolean {
  const denials = thoseNaming(bucket, "aws_s3_bucket_policy", "bucket", root).flatMap(({ values }) => {
    const statements = statementsOf(values.policy ?? null);
    return statements instanceof Unknown ? [] : statements.filter((statement) => deniesAll(statement, bucket));
  });
  const denied = (action: string, holds: (conditions: Value) => boolean) =>
    denials.some(({ actions, conditions }) => covers(actions, action) && holds(conditions));
  return (
    denied("s3:PutObject", leavesNewObjects) &&
    denied("s3:DeleteObject", isUnconditional) &&
    denied("s3:DeleteObjectVersion", isUnconditional)
  );
}

function deniesAll({ effect, principals, resources }: Statement, bucket: ResourceInstance): boolean {
  return effect === "Deny" && principals.includes("*") && resources.some((one) => isAllObjects(one, bucket));
}

function isAllObjects(resource: Value, bucket: ResourceInstance): boolean {
  if (resource === "*") return true;
  if (typeof resource === "string") return resource.endsWith("/*") && pointsAt(resource.slice(0, -2), bucket);
  const [start = null, ...rest] = piecesOf(resource);
  return pointsAt(start, bucket) && rest.length === 1 && rest[0] === "/*";
}

function covers(actions: readonly Value[], action: string): boolean {
  return actions.some((one) => one === action || one === "s3:*" || one === "*");
}

/** Any other condition would make it deny less. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html */
const ON_REPLACING: Readonly<Record<string, string>> = {
  Null: '{"s3:if-none-match": "true"}',
  Bool: '{"s3:ObjectCreationOperation": "true"}',
};

function leavesNewObjects(conditions: Value): boolean {
  if (!isMapping(conditions)) return false;
  return Object.entries(conditions).every(([operator, keys]) => show(keys) === ON_REPLACING[operator]);
}

function isUnconditional(conditions: Value): boolean {
  return isMapping(conditions) && Object.keys(conditions).length === 0;
}
