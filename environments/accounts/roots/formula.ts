/** Accounts of Formula's organization: the management account, and the security account, which administers detection. */

import { accounts, ORGANIZATION } from "../../common/accounts";
import { organization } from "../../formula/organization";
import { organizationRoot } from "../../formula/organization/system";
import type { AccountRoot } from "../account";
import { unusedServices } from "../controls";
import type { Detection } from "../detection";
import type { FindingsHandling } from "../findings";
import { PEOPLE } from "../people";
import type { Workloads } from "../workloads";
import { formulaMembers } from "./formula-members";

const [, ...otherRegions] = organization.regions;

const DETECTORS: Detection = {
  alertEmails: ["platform@formula.example"],
  trailDays: 365,
  trail: { central: "The organization's trail, in the security account, records this account" },
  threats: "own",
  configuration: "own",
};

const NO_FUNCTIONS = "No function runs in the account";

/** What a plan of the account's root reads, in an account whose environments do not manage these services. */
const READS = [
  ...["cloudwatch", "ec2", "events", "kms"].map((service) => `${service}:Describe*`),
  ...["ec2", "ecr", "kms", "s3", "sns"].map((service) => `${service}:Get*`),
  ...["cloudwatch", "events", "kms", "s3", "sns"].map((service) => `${service}:List*`),
];

/**
 * What the root of the organization does, in few characters: a policy has at most 6,144. It can neither close or remove an account
 * nor delete the organization. Names that end with `O*` are of the administrators of the organization.
 */
const ORGANIZATION_ACTIONS = [
  "cloudtrail:DeregisterO*",
  "cloudtrail:RegisterO*",
  "guardduty:DisableO*",
  "guardduty:EnableO*",
  "organizations:Attach*",
  "organizations:Create*",
  "organizations:DeleteOrganizationalUnit",
  "organizations:DeletePolicy",
  "organizations:Deregister*",
  "organizations:Describe*",
  "organizations:Detach*",
  "organizations:Disable*",
  "organizations:Enable*",
  "organizations:List*",
  "organizations:Move*",
  "organizations:Register*",
  "organizations:Tag*",
  "organizations:Untag*",
  "organizations:Update*",
  "securityhub:DisableO*",
  "securityhub:EnableO*",
] as const;

/** The roles of the trail and of corrections, in accounts without applications. */
const WORKLOADS: Workloads = {
  // A boundary names a service: this one has nothing to change.
  services: ["health"],
  singleActions: READS,
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  actionsOnAll: ["logs:DescribeLogGroups"],
  settings: [],
};

const COMMON = {
  standby: null,
  otherRegions,
  costCenter: "formula",
  applications: [],
  clusters: [],
  components: [],
  people: PEOPLE,
} as const;

const FINDINGS: FindingsHandling = {
  archiveDays: 396,
  report: "cron(0 7 ? * MON *)",
  review: {
    schedule: "cron(0 7 1 * ? *)",
    checklist: [
      "Decide on each open finding of severity high or critical, in every account of the organization.",
      "Read the suppressed findings and the disabled controls: do their reasons still hold?",
      "Compare the accounts of the organization with those that have a root in this repository.",
      "Compare the service principals and the delegated administrators of the organization with its root.",
      "Run groundplan exceptions: renew or end each exception that expires before the next review.",
      "Record date, participants and decisions as evidence for the audit.",
    ],
  },
  // In January, for production and staging: the controls of the document for GDPR and CCPA.
  audit: {
    schedule: "cron(0 7 15 1 ? *)",
    checklist: [
      "Encryption: every database, bucket, queue, topic and log has a key of the account (groundplan guardrails).",
      "Access controls: list who assumed the roles of people in the last year, and end what nobody needs.",
      "Access controls: list the users of the database, the people on call and the members of the Slack workspace.",
      "Masking: read the checks of the year's exports to staging; look for addresses in staging's database.",
      "Deletion: compare the requests of users of the year with the ledger of erasures, and sample three of them.",
      "Retention: compare the ages of logs, backups and exports with the table of retention.",
      "Incidents: walk through the plan, run its commands in staging, and check the page of PagerDuty.",
      "Recovery: read the evidence of the quarterly restores and of the yearly drill.",
      "Read every exception of the year, and the records of approvals.",
      "Record date, participants, findings and decisions; hand the record to the data protection officer.",
    ],
  },
  export: null,
};

export const formulaAccounts: readonly AccountRoot[] = [
  {
    ...COMMON,
    account: accounts.formulaManagement,
    otherRoots: [organizationRoot(organization)],
    costs: {
      monthlyUsd: 6500,
      organization: {
        anomalyUsd: 50,
        tags: ["App", "CostCenter", "Env", "Owner"],
        review: {
          schedule: "cron(0 7 2 * ? *)",
          checklist: [
            "Compare the costs of each account with its budget, in Cost Explorer by the tag Env.",
            "Decide on each reported anomaly: a cause that stays becomes part of the budget.",
            "Read the utilization of tasks, functions and databases of the month: which sizes are too large?",
            "Compare the minimum of tasks and the provisioned concurrency with the requests of the month.",
            "List sandboxes and resources without the tags App, CostCenter, Env and Owner, and end what nobody uses.",
            "Change sizes and budgets in the data of the environments, with a pull request.",
          ],
        },
      },
    },
    workloads: {
      ...WORKLOADS,
      singleActions: [...READS, ...ORGANIZATION_ACTIONS],
    },
    detectors: {
      ...DETECTORS,
      compliance: {
        findings: { memberOf: "organization" },
        disabledFsbpControls: unusedServices(NO_FUNCTIONS),
        disabledCisControls: {},
      },
    },
  },
  {
    ...COMMON,
    account: accounts.formulaSecurity,
    workloads: { ...WORKLOADS, singleActions: [...READS, "logs:Describe*", "logs:List*", "oam:Get*", "oam:List*"] },
    detectors: {
      ...DETECTORS,
      trail: "own",
      organization: ORGANIZATION,
      compliance: {
        findings: { members: { management: accounts.formulaManagement.id }, organization: true },
        disabledFsbpControls: unusedServices(NO_FUNCTIONS),
        disabledCisControls: {},
      },
    },
    findings: FINDINGS,
  },
  ...formulaMembers,
];
