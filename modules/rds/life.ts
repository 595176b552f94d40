/** The name of an instance's final snapshot, which differs for each instance. */
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { type Expression, resource, type Value } from "../../lib";

/** Arguments whose change replaces the instance, and so needs another name for the final snapshot. */
interface Life {
  readonly kms_key_id: Expression<string>;
  readonly db_name: Value<string | null>;
  readonly username: Value<string | null>;
}

/**
 * A name that no earlier snapshot has: RDS keeps final snapshots until a person deletes them, and refuses a second one of
 * the same name. The name has to be in the state before the destruction and must not change in each plan until then, so
 * that it is neither a time nor an id of RDS. Terraform generates the id at the creation and keeps it. To replace an
 * instance by hand (`-replace`), name `terraform_data.life` as well.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
export function finalSnapshotName(scope: Construct, name: Expression<string>, life: Life): Value<string> {
  const { id } = resource(scope, DataResource, "life", { triggersReplace: { ...life } });
  return `${name}-final-${id}`;
}
