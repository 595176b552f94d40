/** The kind of content that each resource type holds, and whether a guardrail or a person judges the type. */
import type { Holds } from "./holds";
import { JUDGED_TYPES } from "./judged-types";

/** Access types whose creation can only restrict access. Changing or deleting such a resource can open it. */
export const RESTRICTING: ReadonlySet<string> = new Set([
  "aws_ebs_encryption_by_default",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_sqs_queue_redrive_allow_policy",
]);

/** Whole words in type names. The first kind that matches counts. */
const NAMED: readonly (readonly [Holds, RegExp])[] = [
  [
    "access",
    /^aws_(\w+_)?(access_(entry|grant|grants|key|point_policy|policy|policy_association)|account_assignment|assignment|authorizer|data_lake_settings|grant|group_membership|identity_provider|invitation(_accepter)?|lakeformation_(permissions|resource)|launch_permission|member|openid_connect_provider|permissions?|permissions_boundary_attachment|polic(y|ies)(_attachments?(_exclusive)?|_exclusive)?|principal_association|public_access_block|resource_policy|resource_share|role(_alias|_association)?|role_polic(y|ies)_attachments?(_exclusive)?|saml_provider|share_accepter|snapshot_(copy_grant|create_volume_permission)|trust(_store|_provider|_anchor)?|user(_group_association|_group_membership)?|s3_bucket_acl|serial_console_access|session_context)$|^aws_(iam|ssoadmin|identitystore|organizations|rolesanywhere|verifiedaccess|verifiedpermissions|ram)_|^kubernetes_((cluster_)?role(_binding)?|service_account)(_v1)?$/,
  ],
  [
    "network",
    /^aws_(\w+_)?(acl(_rule|_association)?|ec2_transit_gateway\w*|eip(_association|_domain_name)?|endpoint_(connection\w*|service\w*)|gateway(_association|_attachment|_endpoint|_route_table_association)?|(managed_)?prefix_list(_entry)?|network_acl(_rule)?|peering(_\w+)?|records?|route(_\w+)?|security_group(_\w+)?|sg_attachment|subnet|vpc|vpc_dhcp_options\w*|vpn_\w+|zone(_association)?)$|^aws_(dx|ec2_client_vpn|networkfirewall|networkmanager|route53(_resolver|profiles|recoverycontrolconfig)?|vpc|vpclattice|vpn|waf|wafregional|wafv2)_|^kubernetes_network_policy(_v1)?$/,
  ],
  [
    "logging",
    /^aws_(\w+_)?(alarm|cloudtrail(_\w+)?|composite_alarm|configuration_(aggregator|recorder(_status)?)|delivery_(channel|source|destination|destination_policy)|detector(_feature)?|event_data_store|flow_log|log_\w+|logging(_configuration|_options)?|metric_alarm|query_log(_config\w*)?|trail)$|^aws_(accessanalyzer|auditmanager|config|detective|guardduty|inspector2?|macie2?|securityhub|securitylake)_/,
  ],
];

/** Arguments that only storing types have. */
const OF_DATA =
  /^(allocated_storage|automatic_backup_retention_days|backup_retention_period|data_retention_in_hours|deletion_protection(_enabled)?|deletion_window_in_days|final_snapshot_(identifier|name)|point_in_time_recovery|recovery_window_in_days|retention_in_days|retention_period|skip_final_(backup|snapshot)|snapshot_retention_limit|storage_capacity|storage_encrypted)$/;

/** Types that store data and have none of these arguments. */
const NAMED_DATA =
  /_(bucket|database|disk|domain|file_system|keyspace|ledger|repository|secret|snapshot(_copy)?|table|vault|volume)$/;

/**
 * @param names of the type's arguments, at any depth
 * @returns undefined if nothing indicates it
 */
export function holdsOf(type: string, names: readonly string[]): Holds | undefined {
  const named = NAMED.find(([, pattern]) => pattern.test(type))?.[0];
  const stores = names.some((name) => OF_DATA.test(name)) || NAMED_DATA.test(type);
  return JUDGED_TYPES[type] ?? named ?? (stores ? "data" : undefined);
}
