/** Resource types that stay in the account when an environment ends. Terraform forgets them, and a person deletes them later. */

/**
 * Types whose content no apply, final snapshot or recovery window restores, and the types that protect this content: a key
 * stays as long as the snapshots that it encrypts, and a bucket keeps its policy and its rules as long as it has objects.
 */
const OUTLIVING =
  /^aws_(kms_(alias|(replica_)?(external_)?key)|s3_bucket(_\w+)?|cloudwatch_log_group|ecr_(lifecycle_policy|repository)|dynamodb_table)$/;

export function outlives(type: string): boolean {
  return OUTLIVING.test(type);
}
