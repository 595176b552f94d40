/** Resource types that share with other accounts by an argument, not by a policy. */
import type { ResourceInstance } from "../configuration";
import { markAt } from "../guardrails/types";
import { isAbsent, itemsAt } from "../guardrails/values";
import { type HclValue, isUnknown } from "../hcl";
import { accountsIn } from "./accounts";
import { contentsOf } from "./contents";

export type TypeAndValues = Pick<ResourceInstance, "type" | "values">;

/**
 * TypeAndValues with the recipient of a share, or with the other end of a network path. An account id in one of them is judged like
 * in every text, and a reference names a resource of the root. Everything else can be anybody's: `all`, an organization, the
 * id of a VPC.
 */
const RECIPIENTS: Readonly<Record<string, readonly string[]>> = {
  aws_ami_launch_permission: ["account_id", "group", "organization_arn", "organizational_unit_arn"],
  aws_cloudwatch_event_permission: ["principal", "condition.value"],
  aws_db_cluster_snapshot: ["shared_accounts"],
  aws_db_snapshot: ["shared_accounts"],
  aws_db_snapshot_copy: ["shared_accounts"],
  aws_ec2_transit_gateway_peering_attachment: ["peer_account_id", "peer_transit_gateway_id"],
  aws_ec2_transit_gateway_vpc_attachment: ["transit_gateway_id"],
  aws_ecr_replication_configuration: ["replication_configuration.rule.destination.registry_id"],
  aws_kms_grant: ["grantee_principal", "retiring_principal"],
  aws_lambda_layer_version_permission: ["organization_id", "principal"],
  aws_lambda_permission: ["principal", "principal_org_id"],
  aws_ram_principal_association: ["principal"],
  aws_rds_cluster_snapshot_copy: ["shared_accounts"],
  aws_redshift_endpoint_authorization: ["account"],
  aws_route53_vpc_association_authorization: ["vpc_id"],
  aws_route53_zone: ["vpc.vpc_id"],
  aws_route53_zone_association: ["vpc_id"],
  aws_s3_bucket_acl: ["access_control_policy.grant.grantee.id", "access_control_policy.grant.grantee.uri", "acl"],
  aws_s3_bucket_replication_configuration: ["rule.destination.account", "rule.destination.bucket"],
  aws_snapshot_create_volume_permission: ["account_id"],
  aws_ssm_document: ["permissions.account_ids"],
  aws_vpc_endpoint_service: ["allowed_principals"],
  aws_vpc_endpoint_service_allowed_principal: ["principal_arn"],
  aws_vpc_peering_connection: ["peer_vpc_id"],
  aws_vpc_peering_connection_accepter: ["vpc_peering_connection_id"],
};

/** Types that look as if they shared, and what they do. An account id in one of their arguments counts like in every text. */
const HARMLESS_TYPES: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: "the body names authorizers; the policy is read as a document",
  aws_cloudtrail_organization_delegated_admin_account: "names an account of the organization's root",
  aws_cognito_identity_pool_roles_attachment: "roles of the account for identities of the pool",
  aws_cognito_user_pool: "verification of users",
  aws_config_config_rule: "`AWS` owns a managed rule",
  aws_db_instance_automated_backups_replication: "backups in another region of the account",
  aws_eks_cluster: "access by entries of the account",
  aws_guardduty_organization_admin_account: "names an account of the organization's root",
  aws_guardduty_organization_configuration: "settings of new members",
  aws_guardduty_organization_configuration_feature: "settings of new members",
  aws_iam_role_policy_attachment: "policies of roles of the account",
  aws_lb_target_group_attachment: "targets in the VPC",
  aws_oam_link: "the sink is an ARN with its account",
  aws_oam_sink: "a name; its policy is a type of its own",
  aws_organizations_account: "an account, with an address",
  aws_organizations_delegated_administrator: "names an account of the organization's root",
  aws_organizations_organization: "services of AWS that read the organization",
  aws_organizations_organizational_unit: "a name",
  aws_organizations_policy: "limits accounts, and allows nothing",
  aws_organizations_policy_attachment: "limits accounts, and allows nothing",
  aws_securityhub_member: "an account whose findings are read",
  aws_securityhub_organization_admin_account: "names an account of the organization's root",
  aws_securityhub_organization_configuration: "settings of new members",
};

const SHARES =
  /accepter|access_point|admin_account|association_authorization|attachment|authorization|cross_account|delegat|grant|invit|_link$|member|organization|peering|permission|principal|replicat|shar(e|ing)|_sink$|snapshot|zone_association/;

/** Whether a type can share with other accounts, and nobody has judged how. */
export function isUnjudgedShare({ type, values }: TypeAndValues): boolean {
  if (type in RECIPIENTS || type in HARMLESS_TYPES || !type.startsWith("aws_")) return false;
  return (
    SHARES.test(type) || contentsOf(values).some((content) => content.kind === "text" && isPrincipal(type, content))
  );
}

function isPrincipal(type: string, { path, text }: { readonly path: string; readonly text: string }): boolean {
  return markAt(type, path) === "principal" && !/^(true|false|[\d.]+)$/.test(text) && accountsIn(text).length === 0;
}

/** Values of these arguments that stay in the account. */
const OWN = /^(private|log-delivery-write)$|\.amazonaws\.com$/;

/** The recipients of a share that are not known to be of one account. */
export function openRecipients({ type, values }: TypeAndValues): { path: string; recipient: HclValue }[] {
  const paths = RECIPIENTS[type] ?? [];
  return paths.flatMap((path) =>
    itemsAt(values, path)
      .filter((value) => !isAbsent(value) && isOpen(value))
      .map((recipient) => ({ path, recipient })),
  );
}

function isOpen(value: HclValue): boolean {
  if (isUnknown(value)) return value.references.length === 0;
  const text = String(value);
  return accountsIn(text).length === 0 && !OWN.test(text);
}
