/** Buckets whose objects are immutable: nobody who may write, not even an administrator, can replace an object. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { Unknown } from "../hcl";
import { concerns } from "./actions";
import { isTrue } from "./conditions";
import { deniesEverybody } from "./denials";
import { type KeyComparison, type Statement, statementsOf } from "./policies";
import { concernsResource } from "./targets";
import { thoseNaming } from "./values";

/** The bucket's own policy denies everybody to overwrite an object, and to delete an object or a version. */
export function isWrittenOnce(bucket: ResourceInstance, root: RootConfiguration): boolean {
  const denials = thoseNaming(bucket, "aws_s3_bucket_policy", "bucket", root).flatMap(({ values }) => {
    const statements = statementsOf(values.policy ?? null);
    return statements instanceof Unknown ? [] : statements.filter((one) => deniesOnObjects(one, bucket, root));
  });
  const denied = (action: string, isMet: (comparison: KeyComparison) => boolean) =>
    denials.some((statement) => concerns(statement, action) && statement.conditions.every(isMet));
  return (
    denied("s3:PutObject", isOnReplacing) &&
    denied("s3:DeleteObject", () => false) &&
    denied("s3:DeleteObjectVersion", () => false)
  );
}

function deniesOnObjects(statement: Statement, bucket: ResourceInstance, root: RootConfiguration): boolean {
  const isOnObjects = concernsResource(statement, bucket, root, "within") === true;
  return deniesEverybody(statement) && statement.openConditions.length === 0 && isOnObjects;
}

/**
 * Any other condition would make it deny less.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
const ON_REPLACING: Readonly<Record<string, string>> = {
  null: "s3:if-none-match",
  bool: "s3:objectcreationoperation",
};

function isOnReplacing({ test, key, quantifier, values }: KeyComparison): boolean {
  return ON_REPLACING[test] === key && quantifier === undefined && values.length > 0 && values.every(isTrue);
}
