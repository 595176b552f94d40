/** Terraform's reasons for an action, in words. */

/**
 * By `action_reason`. Reasons to read a data source are omitted, because they change nothing.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#resource-change-representation
 */
export const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "an earlier apply left it tainted",
  replace_because_cannot_update: "the provider cannot change it in place",
  replace_by_request: "-replace requests it",
  replace_by_triggers: "replace_triggered_by names a resource that changes",
  delete_because_no_resource_config: "its module no longer contains it",
  delete_because_no_module: "its module call was removed",
  delete_because_wrong_repetition: "its count or for_each was added or removed",
  delete_because_count_index: "its index is outside of count",
  delete_because_each_key: "for_each no longer contains its key",
  delete_because_no_move_target: "the target of its moved block does not exist",
};
