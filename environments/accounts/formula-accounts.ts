/** Accounts of Formula's organization: the management account, and the security account, which administers detection. */
import { accounts, ORGANIZATION } from "../common/accounts";
import { organization } from "../formula/organization";
import { organizationRoot } from "../formula/organization/system";
import type { AccountRoot } from "./account";
import { UNUSED_SERVICES } from "./controls";
import type { Detection } from "./detection";
import type { FindingsHandling } from "./findings";
import { PEOPLE } from "./people";
import type { Workloads } from "./workloads";

const [, ...otherRegions] = organization.regions;

const DETECTORS: Detection = {
  alertEmails: ["platform@formula.example"],
  trailDays: 365,
  trail: { central: "The organization's trail, in the security account, records this account" },
  threats: "own",
  configuration: "own",
};

/** The roles of the trail and of corrections, in accounts without applications. */
const WORKLOADS: Pick<Workloads, "actions" | "actionsOnAll" | "settings"> = {
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
  export: null,
};

export const formulaAccounts: readonly AccountRoot[] = [
  {
    ...COMMON,
    account: accounts.formulaManagement,
    otherRoots: [organizationRoot(organization)],
    workloads: {
      ...WORKLOADS,
      services: ["guardduty", "organizations", "securityhub"],
      singleActions: [
        "cloudtrail:DeregisterOrganizationDelegatedAdmin",
        "cloudtrail:RegisterOrganizationDelegatedAdmin",
      ],
    },
    detectors: {
      ...DETECTORS,
      compliance: {
        findings: { memberOf: "organization" },
        disabledFsbpControls: UNUSED_SERVICES,
        disabledCisControls: {},
      },
    },
  },
  {
    ...COMMON,
    account: accounts.formulaSecurity,
    workloads: { ...WORKLOADS, services: ["cloudwatch"], singleActions: ["oam:Get*", "oam:List*"] },
    detectors: {
      ...DETECTORS,
      trail: "own",
      organization: ORGANIZATION,
      compliance: {
        findings: { members: { management: accounts.formulaManagement.id }, organization: true },
        disabledFsbpControls: UNUSED_SERVICES,
        disabledCisControls: {},
      },
    },
    findings: FINDINGS,
  },
];
