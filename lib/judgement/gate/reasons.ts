/** Terraform's reasons for an action, in words. */

/**
 * By `action_reason`. Reasons to read a data source again are left out, as they change nothing.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#resource-change-representation
 */
export const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "an earlier apply left it tainted",
  replace_because_cannot_update: "the provider cannot change it in place",
  replace_by_request: "-replace asked for it",
  replace_by_triggers: "replace_triggered_by names a resource that changes",
  delete_because_no_resource_config: "the module no longer has it",
  delete_because_no_module: "its module call is gone",
  delete_because_wrong_repetition: "its count or for_each was added or taken away",
  delete_because_count_index: "count no longer reaches its index",
  delete_because_each_key: "for_each no longer has its key",
  delete_because_no_move_target: "its moved block leads to an address that is not there",
};
