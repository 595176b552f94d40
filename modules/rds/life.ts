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
 * A name that no snapshot of an earlier life has taken: RDS keeps final snapshots until a person deletes them, and does not
 * make a second one of the same name. It has to be in the state before the destruction and the same in each plan until then,
 * so that it is neither a time nor anything that RDS makes up. Terraform makes up the id when it makes the resource, and keeps
 * it. Who replaces an instance by hand (`-replace`) names `terraform_data.life` as well.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
export function finalSnapshotName(scope: Construct, name: Expression<string>, life: Life): Value<string> {
  const { id } = resource(scope, DataResource, "life", { triggersReplace: { ...life } });
  return `${name}-final-${id}`;
}
