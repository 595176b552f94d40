/** The contents of each account: its regions, its environments, its people. */

import { accounts } from "../common/accounts";
import { application as credentialMate } from "../credentialmate/application";
import { dev } from "../credentialmate/dev";
import { prod } from "../credentialmate/prod";
import { stage } from "../credentialmate/stage";
import { application as orders } from "../orders/application";
import { dev as ordersDev } from "../orders/dev";
import { dr as ordersDr } from "../orders/dr";
import { prod as ordersProd } from "../orders/prod";
import { splitEnvironment as vitality } from "../vitality/delivery";
import { dev as vitalityDev } from "../vitality/dev";
import { prod as vitalityProd } from "../vitality/prod";
import { clusterEnvironment as wardmitra } from "../wardmitra/delivery";
import { dev as wardmitraDev } from "../wardmitra/dev";
import { prod as wardmitraProd } from "../wardmitra/prod";
import { staging as wardmitraStaging } from "../wardmitra/staging";
import type { AccountRoot } from "./account";
import { unusedServices } from "./controls";
import type { Detection } from "./detection";
import type { FindingsHandling } from "./findings";
import { kubernetesWorkloads } from "./kubernetes-workloads";
import { managedWorkloads } from "./managed-workloads";
import { PEOPLE } from "./people";
import { formulaAccounts } from "./roots/formula";
import { ECS_WORKLOADS } from "./workloads";

/** HIPAA requires a record of all activity for six years. */
const CREDENTIALMATE_DETECTORS: Detection = {
  alertEmails: ["platform@credentialmate.example"],
  trailDays: 2192,
  trail: "own",
  threats: "own",
  configuration: "own",
};

const ORDERS_DETECTORS: Detection = {
  alertEmails: ["platform@orders.example"],
  trailDays: 365,
  trail: "own",
  threats: "own",
  configuration: "own",
};

const WARDMITRA_DETECTORS: Detection = {
  alertEmails: ["platform@wardmitra.example"],
  trailDays: 365,
  trail: "own",
  threats: "own",
  configuration: "own",
};

/** The window of a SOC 2 audit is a year. */
const VITALITY_DETECTORS: Detection = {
  alertEmails: ["platform@vitality.example"],
  trailDays: 396,
  trail: "own",
  threats: "own",
  configuration: "own",
  recording: {
    // A change of compliance is part of Security Hub's findings, and each would be one more recorded item.
    excludedTypes: ["AWS::Config::ResourceCompliance"],
    // Tasks, functions and endpoints make and delete them all day.
    dailyTypes: ["AWS::EC2::NetworkInterface"],
  },
};

/** Production sees the findings of both accounts, until an organization has an account for them. */
const VITALITY_HUBS = {
  dev: { administratorId: accounts.vitalityProd.id },
  prod: { members: { dev: accounts.vitalityDev.id }, organization: false },
} as const;

/** A month more than the window of an audit, in which the auditor reads. */
const VITALITY_FINDINGS: FindingsHandling = {
  archiveDays: 396,
  report: "cron(0 7 ? * MON *)",
  review: {
    schedule: "cron(0 7 1 * ? *)",
    checklist: [
      "Run groundplan assessment with the findings of Security Hub, and compare it with the last one.",
      "Decide on each open finding of severity high or critical: fix it, or suppress it with a reason and a ticket.",
      "Read the suppressed findings and the disabled controls: do their reasons still hold?",
      "Run groundplan exceptions: renew or end each exception that expires before the next review.",
      "Read who approved which apply since the last review, and the issues of drift.",
      "Compare the people who may assume roles in the account with those who need it.",
      "Restore a backup of the database, once in a quarter.",
      "Record date, participants and decisions as evidence for the audit.",
    ],
  },
  export: null,
};

export const accountRoots: readonly AccountRoot[] = [
  {
    account: accounts.credentialmateDev,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(dev)],
    clusters: [],
    components: [],
    workloads: ECS_WORKLOADS,
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateStage,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(stage)],
    clusters: [],
    components: [],
    workloads: ECS_WORKLOADS,
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.credentialmateProd,
    standby: null,
    costCenter: "credentialmate",
    applications: [credentialMate(prod)],
    clusters: [],
    components: [],
    workloads: ECS_WORKLOADS,
    detectors: CREDENTIALMATE_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.ordersDev,
    standby: null,
    costCenter: "orders",
    applications: [orders(ordersDev)],
    clusters: [],
    components: [],
    workloads: ECS_WORKLOADS,
    detectors: ORDERS_DETECTORS,
    people: PEOPLE,
  },
  {
    account: accounts.ordersProd,
    standby: accounts.ordersDr,
    costCenter: "orders",
    applications: [orders(ordersProd), orders(ordersDr)],
    clusters: [],
    components: [],
    workloads: ECS_WORKLOADS,
    detectors: ORDERS_DETECTORS,
    people: PEOPLE,
  },
  ...[wardmitraDev, wardmitraStaging, wardmitraProd].map((environment) => ({
    account: environment.account,
    standby: null,
    costCenter: "wardmitra",
    applications: [],
    clusters: [wardmitra(environment)],
    components: [],
    workloads: kubernetesWorkloads(environment.account.id, ["wardmitra"], wardmitra(environment).migration),
    otherRegions: ["us-east-1"],
    detectors: WARDMITRA_DETECTORS,
    people: PEOPLE,
  })),
  ...[vitalityDev, vitalityProd].map((environment) => ({
    account: environment.account,
    standby: null,
    costCenter: "vitality",
    applications: [],
    clusters: [],
    components: [vitality(environment)],
    workloads: managedWorkloads(environment.account.id, ["vitality"]),
    otherRegions: ["us-east-1"],
    detectors: {
      ...VITALITY_DETECTORS,
      compliance: {
        findings: VITALITY_HUBS[environment.name],
        disabledFsbpControls: unusedServices(
          "Functions of the account are a few scheduled programs without an endpoint",
        ),
        disabledCisControls: {},
      },
    },
    findings: VITALITY_FINDINGS,
    people: PEOPLE,
  })),
  ...formulaAccounts,
];
