/** Checks of an account's resources: rules of AWS Config with their corrections, and Security Hub. */
import type { Expression, Root } from "../../lib";
import { ConfigRemediationRoles } from "../../modules/config-remediation-roles";
import { ConfigRules } from "../../modules/config-rules";
import type { RuleId } from "../../modules/config-rules/rules";
import { SecurityHub } from "../../modules/security-hub";
import { GLOBAL_CONTROLS } from "./controls";
import type { Region } from "./region";

/** Prices are in docs/account-baseline.md. */
export interface Compliance {
  /** How the findings of several accounts come together. */
  readonly findings: Administrator | Member | OrganizationMember;
  /** Controls of the AWS Foundational Security Best Practices that are not checked, with the reasons. */
  readonly disabledFsbpControls: Readonly<Record<string, string>>;
  /** The same for the CIS AWS Foundations Benchmark. */
  readonly disabledCisControls: Readonly<Record<string, string>>;
}

interface Administrator {
  /** Ids of the accounts that it invites, by name. Empty for an account alone. */
  readonly members: Readonly<Record<string, string>>;
  /** Whether the organization has delegated its administration to the account. The members stay members. */
  readonly organization: boolean;
}

interface Member {
  /** The administrator has to be applied first, because AWS accepts no invitation that is not there. */
  readonly administratorId: string;
}

/** The delegated administrator of the organization makes the account its member, once the account has a hub. */
interface OrganizationMember {
  readonly memberOf: "organization";
}

/** Prefix of the names of the rules, and of the roles of their corrections. */
const CHECKS = "account";

/** Pattern for the roles of corrections, and their boundary. */
export const REMEDIATION = { roles: `${CHECKS}-remediation-*`, boundary: `${CHECKS}-remediation` } as const;

/** What a plan of the account reads of Security Hub. */
export const COMPLIANCE_READS = [
  "securityhub:BatchGet*",
  "securityhub:Describe*",
  "securityhub:Get*",
  "securityhub:List*",
] as const;

const EVERY_REGION = [
  "default_security_group_closed",
  "key_rotated",
  "s3_bucket_public_access",
  "s3_bucket_tls",
  "s3_bucket_versioned",
  "subnet_without_public_addresses",
  "vpc_flow_logs",
] as const satisfies readonly RuleId[];

const HOME: readonly RuleId[] = [
  ...EVERY_REGION,
  "app_runner_in_vpc",
  "image_scanned",
  "image_tags_immutable",
  "rds_cluster_deletion_protected",
  "rds_cluster_encrypted",
  "rds_cluster_iam_authentication",
  "rds_instance_private",
  "s3_account_public_access",
];

/** AWS Config records distributions in us-east-1 only. */
const EDGE_REGION = "us-east-1";
const EDGE: readonly RuleId[] = ["distribution_private_origin", "distribution_web_acl"];

function rulesIn(region: string, rules: readonly RuleId[]): readonly RuleId[] {
  return region === EDGE_REGION ? [...rules, ...EDGE] : rules;
}

/** Checks of the first region. @returns the roles of the corrections, which are valid in all regions */
export function compliance(
  root: Root,
  { accountId, region }: Region,
  recorderName: Expression<string>,
  data: Compliance,
  otherRegions: readonly string[],
): Expression<Record<string, string>> {
  const { roleArns } = new ConfigRemediationRoles(root, "remediation_roles", { name: CHECKS, accountId });
  const rules = rulesIn(region, HOME);
  new ConfigRules(root, "rules", { name: CHECKS, recorderName, rules, remediationRoleArns: roleArns });
  const { findings, disabledFsbpControls, disabledCisControls } = data;
  const connections = connectionsOf(findings);
  const isAdministrator = "members" in connections;
  new SecurityHub(root, "hub", {
    region,
    ...connections,
    aggregatedRegions: isAdministrator ? otherRegions : [],
    disabledFsbpControls,
    disabledCisControls,
  });
  return roleArns;
}

function connectionsOf(findings: Compliance["findings"]) {
  return "memberOf" in findings ? {} : findings;
}

/** Checks of another region. Controls of IAM would report the same resources there again. */
export function complianceElsewhere(
  root: Root,
  { region, prefix, options }: Region,
  recorderName: Expression<string>,
  { findings, disabledFsbpControls, disabledCisControls }: Compliance,
  remediationRoleArns: Expression<Record<string, string>>,
): void {
  const rules = rulesIn(region, EVERY_REGION);
  new ConfigRules(root, `${prefix}rules`, { name: CHECKS, recorderName, rules, remediationRoleArns }, options);
  new SecurityHub(
    root,
    `${prefix}hub`,
    {
      region,
      ...connectionsOf(findings),
      disabledFsbpControls: { ...disabledFsbpControls, ...GLOBAL_CONTROLS.fsbp },
      disabledCisControls: { ...disabledCisControls, ...GLOBAL_CONTROLS.cis },
    },
    options,
  );
}
