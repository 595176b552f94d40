/**
 * Arguments that name the other end of a security group's rule, in the resources of single rules and in the blocks of a
 * group. `self` is a boolean, and none of them.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_ingress_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group
 */
export const SECURITY_GROUP_PEERS = [
  "cidr_ipv4",
  "cidr_ipv6",
  "prefix_list_id",
  "referenced_security_group_id",
  "source_security_group_id",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "prefix_list_ids",
  "security_groups",
] as const;
