/** What stays in the account when an environment ends: Terraform forgets it, and a person deletes it later. */

/**
 * Types whose content no apply, final snapshot or recovery window brings back, and what belongs to them: a key outlives the
 * snapshots that it encrypts, and a bucket keeps its policy and its rules as long as it has objects.
 */
const OUTLIVING =
  /^aws_(kms_(alias|(replica_)?(external_)?key)|s3_bucket(_\w+)?|cloudwatch_log_group|ecr_(lifecycle_policy|repository)|dynamodb_table)$/;

export function outlives(type: string): boolean {
  return OUTLIVING.test(type);
}
