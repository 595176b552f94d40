import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import type { Value } from "../../generator/expression/expression";
import { resource } from "../../generator/module/resource";

/**
 * A name for the final snapshot that no earlier snapshot has: RDS keeps final snapshots until a person deletes them, and
 * refuses a second one of the same name. The name has to be in the state before the destruction and must not change in each
 * plan until then, so that it is neither a time nor an id of RDS. Terraform generates the id at the creation and keeps it. To
 * replace a database by hand (`-replace`), name `terraform_data.life` as well.
 * @param life arguments whose change replaces the database, by their names in Terraform
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html
 */
export function finalSnapshotName(
  scope: Construct,
  name: Expression<string>,
  life: Readonly<Record<string, Value<string | null>>>,
): Value<string> {
  const { id } = resource(scope, DataResource, "life", { triggersReplace: { ...life } });
  return `${name}-final-${id}`;
}
