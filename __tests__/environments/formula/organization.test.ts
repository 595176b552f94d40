/** The committed organization: what its service control policies deny and whom they exempt, and where it detects threats. */

import { managedWorkloads } from "../../../environments/accounts/managed-workloads";
import { ECS_WORKLOADS } from "../../../environments/accounts/workloads";
import { accounts } from "../../../environments/common/accounts";
import { MASKING } from "../../../environments/formula/masking";
import { organization } from "../../../environments/formula/organization";
import { actionsOf } from "../../../lib/judgement/guardrails/iam-data";
import { type Caller, denials, policiesOf } from "./control-policies";
import { configurationOf } from "./roots";

const ADMIN: Caller = { unit: "Workloads/Prod", principal: "role/formula-prod-admin" };
const OF_ACCOUNT: Caller = { unit: "Workloads/Prod", principal: "role/delivery-apply-account-formula-prod" };
const OF_ENVIRONMENT: Caller = { unit: "Workloads/NonProd", principal: "role/delivery-apply-formula-dev-network" };
const PLAN: Caller = { unit: "Workloads/NonProd", principal: "role/delivery-plan" };
const USER: Caller = { unit: "Workloads/Prod", principal: "user/ana" };
const PROD = accounts.formulaProd.id;
const SANITISATION = accounts.formulaSanitisation.id;

const RECORDS = "arn:aws:s3:::formula-prod-records-config-202020202020";
const STATE = "arn:aws:s3:::formula-prod-terraform-state-202020202020";
const AUDIT_LOG = "arn:aws:logs:us-east-1:181818181818:log-group:/audit/shop";
const role = (name: string) => `arn:aws:iam::181818181818:role/${name}`;
const GITHUB = "arn:aws:iam::181818181818:oidc-provider/token.actions.githubusercontent.com";

test.each([
  ["leave the organization", OF_ACCOUNT, "organizations:LeaveOrganization", "*", "DenyLeaving"],
  ["close the account", OF_ACCOUNT, "account:CloseAccount", "*", "DenyLeaving"],
  ["work as the root user", { ...ADMIN, principal: "root" }, "s3:ListAllMyBuckets", "*", "DenyRootUser"],
  ["work in another region", { ...ADMIN, region: "eu-west-1" }, "ec2:RunInstances", "*", "DenyOtherRegions"],
  [
    "work without MFA",
    { ...USER, context: { "aws:MultiFactorAuthPresent": "false" } },
    "ec2:RunInstances",
    "*",
    "DenyWithoutMfa",
  ],
  ["work with an access key, whose requests have no mark of MFA", USER, "s3:GetObject", "*", "DenyWithoutMfa"],
  ["create a user", OF_ACCOUNT, "iam:CreateUser", "*", "DenyUsersAndKeys"],
  ["create an access key", ADMIN, "iam:CreateAccessKey", "*", "DenyUsersAndKeys"],
  [
    "make an unencrypted disk",
    { ...ADMIN, context: { "ec2:Encrypted": "false" } },
    "ec2:CreateVolume",
    "*",
    "DenyUnencryptedDisks",
  ],
  [
    "make an unencrypted cluster",
    { ...ADMIN, context: { "rds:StorageEncrypted": "false" } },
    "rds:CreateDBCluster",
    "*",
    "DenyUnencryptedClusters",
  ],
  ["stop a trail", ADMIN, "cloudtrail:StopLogging", "*", "DenyChangingDetection"],
  ["delete a recorder", OF_ENVIRONMENT, "config:DeleteConfigurationRecorder", "*", "DenyChangingDetection"],
  ["suspend a detector", ADMIN, "guardduty:UpdateDetector", "*", "DenyChangingDetection"],
  [
    "leave the administrator of GuardDuty",
    ADMIN,
    "guardduty:DisassociateFromAdministratorAccount",
    "*",
    "DenyChangingDetection",
  ],
  ["disable Security Hub", OF_ENVIRONMENT, "securityhub:DisableSecurityHub", "*", "DenyChangingDetection"],
  ["delete an analyzer", ADMIN, "access-analyzer:DeleteAnalyzer", "*", "DenyChangingDetection"],
  ["stop sharing logs", ADMIN, "oam:DeleteLink", "*", "DenyChangingDetection"],
  ["end a flow log", ADMIN, "ec2:DeleteFlowLogs", "*", "DenyEndingFlowLogs"],
  ["open the bucket of records", ADMIN, "s3:PutBucketPolicy", RECORDS, "DenyLosingRecords"],
  ["delete a locked record", ADMIN, "s3:BypassGovernanceRetention", `${RECORDS}/AWSLogs/1`, "DenyLosingRecords"],
  ["delete an audit log", ADMIN, "logs:DeleteLogGroup", AUDIT_LOG, "DenyLosingAuditLogs"],
  ["allow public buckets", ADMIN, "s3:PutAccountPublicAccessBlock", "*", "DenyPublicBuckets"],
  ["delete the state", ADMIN, "s3:DeleteBucket", STATE, "DenyChangingState"],
  ["make a role with an exempt name", ADMIN, "iam:CreateRole", role("delivery-apply-account-x"), "DenyChangingRoles"],
  [
    "trust a role of the management account",
    ADMIN,
    "iam:UpdateAssumeRolePolicy",
    role("OrganizationAccountAccessRole"),
    "DenyChangingRoles",
  ],
  [
    "widen a boundary",
    ADMIN,
    "iam:CreatePolicyVersion",
    "arn:aws:iam::1:policy/delivery-workloads-boundary",
    "DenyChangingBoundaries",
  ],
  ["replace the identity provider", ADMIN, "iam:DeleteOpenIDConnectProvider", GITHUB, "DenyChangingTrust"],
  [
    "read production's objects",
    { ...OF_ENVIRONMENT, context: { "aws:ResourceAccount": PROD } },
    "s3:GetObject",
    "*",
    "DenyProduction",
  ],
  [
    "copy production's snapshot",
    OF_ENVIRONMENT,
    "rds:CopyDBSnapshot",
    `arn:aws:rds:us-east-1:${PROD}:snapshot:x`,
    "DenyProductionData",
  ],
  ["use production's key", OF_ENVIRONMENT, "kms:Decrypt", `arn:aws:kms:us-east-1:${PROD}:key/x`, "DenyProductionData"],
  [
    "read objects of the account for sanitisation",
    { ...OF_ENVIRONMENT, context: { "aws:ResourceAccount": SANITISATION } },
    "s3:GetObject",
    "*",
    "DenySanitisation",
  ],
  [
    "copy an unmasked snapshot",
    OF_ENVIRONMENT,
    "rds:CopyDBSnapshot",
    `arn:aws:rds:us-east-1:${SANITISATION}:snapshot:x`,
    "DenyProductionData",
  ],
  ["work in a suspended account", { ...OF_ACCOUNT, unit: "Suspended" }, "ec2:RunInstances", "*", "DenyAll"],
] as const)("nobody may %s", (_what, caller, action, resource, statement) => {
  expect(denials(caller, action, resource)).toEqual([statement]);
});

test("outside of production, one role reads the masked exports, and nothing of production", () => {
  const reader = MASKING.exports.readerRoleArn;
  const of = (id: string) => ({
    unit: "Workloads/NonProd",
    principal: "role/none",
    context: { "aws:PrincipalArn": reader, "aws:ResourceAccount": id },
  });
  for (const action of ["s3:GetObject", "s3:ListBucket", "kms:Decrypt"]) {
    expect(denials(of(SANITISATION), action)).toEqual([]);
    expect(denials(of(PROD), action)).toEqual(["DenyProduction"]);
  }
});

test("a user without MFA may set it up", () => {
  const setUp = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "iam:ChangePassword"];
  expect(setUp.flatMap((action) => denials(USER, action))).toEqual([]);
});

test("the role of an account's root, and that of the management account, change what records and delivers", () => {
  const changes = [
    ["cloudtrail:UpdateTrail", "*"],
    ["config:PutConfigurationRecorder", "*"],
    ["guardduty:UpdateDetector", "*"],
    ["securityhub:BatchDisableStandards", "*"],
    ["oam:UpdateLink", "*"],
    ["ec2:DeleteFlowLogs", "*"],
    ["s3:PutBucketPolicy", RECORDS],
    ["s3:PutAccountPublicAccessBlock", "*"],
    ["s3:PutLifecycleConfiguration", STATE],
    ["iam:CreateRole", role("delivery-plan")],
    ["iam:CreatePolicyVersion", "arn:aws:iam::1:policy/delivery-account-boundary"],
    ["iam:CreateOpenIDConnectProvider", GITHUB],
  ] as const;
  for (const caller of [OF_ACCOUNT, { ...OF_ACCOUNT, principal: "role/OrganizationAccountAccessRole" }]) {
    expect(changes.flatMap(([action, resource]) => denials(caller, action, resource))).toEqual([]);
    // A role with such a name in a path, or with another ending, is a different role.
    const others = ["role/team/delivery-apply-account-x", "role/OrganizationAccountAccessRoleX", "role/delivery-apply"];
    for (const principal of others) {
      expect([principal, denials({ ...caller, principal }, "guardduty:UpdateDetector")]).toEqual([
        principal,
        ["DenyChangingDetection"],
      ]);
    }
  }
  expect(denials(OF_ENVIRONMENT, "ec2:DeleteFlowLogs")).toEqual([]);
});

/** Actions of services that systems consist of, on resources that are not of the account's root. */
function deniedOf(caller: Caller, services: readonly string[], context: Caller["context"] = {}): string[] {
  const actions = services.flatMap((service) => actionsOf(service).map(({ name }) => name));
  expect(actions.length).toBeGreaterThan(1000);
  return actions.filter((action) => denials({ ...caller, context }, action, "arn:aws:x:us-east-1:1:other").length > 0);
}

const SERVICES = [...new Set([...ECS_WORKLOADS.services, ...managedWorkloads("1", []).services])];

test.each(["us-east-1", "us-west-2"])(
  "in %s, the pipeline's roles do with the services of systems what they need",
  (region) => {
    const encrypted = { "ec2:Encrypted": "true", "rds:StorageEncrypted": "true" };
    for (const caller of [OF_ENVIRONMENT, OF_ACCOUNT]) {
      const denied = deniedOf({ ...caller, region }, [...SERVICES, "iam", "dynamodb", "sts"], encrypted);
      expect(denied.filter((action) => action !== "s3:PutAccountPublicAccessBlock")).toEqual([
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreateServiceSpecificCredential",
        "iam:CreateUser",
      ]);
    }
  },
);

test("a plan reads everything, in services with one endpoint from anywhere", () => {
  const reads = [...SERVICES, "access-analyzer", "cloudtrail", "config", "guardduty", "iam", "oam", "securityhub"]
    .flatMap((service) => actionsOf(service).map(({ name }) => name))
    .filter((action) => /:(?:BatchGet|Describe|Get|List)/.test(action));
  expect(reads.length).toBeGreaterThan(1000);
  expect(reads.filter((action) => denials(PLAN, action).length > 0)).toEqual([]);
  const global = [
    "iam:GetRole",
    "route53:ListHostedZones",
    "cloudfront:GetDistribution",
    "chatbot:DescribeSlackChannelConfigurations",
  ];
  expect(global.flatMap((action) => denials({ ...PLAN, region: "eu-central-1" }, action))).toEqual([]);
});

test("every account is limited: all by the base, those without production's data also by isolation", () => {
  const limits = ["base", "pipeline", "records"];
  const units = Object.entries(organization.accounts).map(([name, { unit }]) => [name, policiesOf(unit)]);
  expect(Object.fromEntries(units)).toEqual({
    "formula-security": limits,
    "formula-sanitisation": limits,
    "formula-prod": limits,
    "formula-staging": ["base", "isolation", "pipeline", "records"],
    "formula-dev": ["base", "isolation", "pipeline", "records"],
  });
  expect(policiesOf("Sandbox")).toEqual(["base", "isolation", "pipeline", "records"]);
});

test("threats are detected in exactly the regions that are open", () => {
  const regionsWith = (root: string, type: string) =>
    configurationOf(root)
      .of(type)
      .map(({ provider = "aws" }) =>
        provider === "aws" ? "us-east-1" : provider.replace("aws.", "").replaceAll("_", "-"),
      )
      .sort();
  const open = [...organization.regions].sort();
  const candidates = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "ap-south-1"];
  expect(candidates.filter((region) => denials({ ...ADMIN, region }, "ec2:RunInstances").length === 0)).toEqual(open);
  const security = "accounts/formula-security";
  for (const [root, type] of [
    [security, "aws_guardduty_detector"],
    [security, "aws_guardduty_organization_configuration"],
    [security, "aws_securityhub_organization_configuration"],
    [security, "aws_oam_sink"],
    ["accounts/formula-management", "aws_guardduty_detector"],
    ["environments/formula/organization", "aws_guardduty_organization_admin_account"],
    ["environments/formula/organization", "aws_securityhub_organization_admin_account"],
  ] as const) {
    expect([root, type, regionsWith(root, type)]).toEqual([root, type, open]);
  }
});

test("all accounts become members of detectors and hubs, and each service that acts in them is one that is administered", () => {
  const security = configurationOf("accounts/formula-security");
  for (const { values } of security.of("aws_guardduty_organization_configuration")) {
    expect(values).toMatchObject({ auto_enable_organization_members: "ALL" });
  }
  for (const { values } of security.of("aws_securityhub_organization_configuration")) {
    expect(values).toMatchObject({ auto_enable: true });
  }
  const root = configurationOf("environments/formula/organization");
  const [{ values } = { values: {} }] = root.of("aws_organizations_organization");
  const acting = JSON.stringify(values);
  const delegated = root.of("aws_organizations_delegated_administrator").map(({ key }) => String(key));
  expect(delegated.length).toBeGreaterThan(0);
  for (const service of [
    ...delegated,
    "cloudtrail.amazonaws.com",
    "guardduty.amazonaws.com",
    "securityhub.amazonaws.com",
  ]) {
    expect(acting).toContain(service);
  }
});
