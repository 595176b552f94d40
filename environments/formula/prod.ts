import { accounts } from "../common/accounts";
import type { FormulaEnvironment } from "./environment";
import { tasksReachTheInternet } from "./exceptions";
import { EXECUTION_MILLISECONDS } from "./operations";
import { RETENTION } from "./retention";

export const prod = {
  name: "prod",
  account: accounts.formulaProd,
  wave: 3,
  production: true,
  dataClass: "confidential",
  signOffs: ["formula-staging-qa", "formula-staging-product-owner"],
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.0.0.0/16",
  subnets: {
    public: ["10.0.101.0/24", "10.0.102.0/24"],
    private: ["10.0.1.0/24", "10.0.3.0/24"],
    data: ["10.0.2.0/24", "10.0.4.0/24"],
  },
  domain: "formula.example",
  zoneId: "Z0000000000000FPROD",
  alertEmails: ["platform@formula.example"],
  webAcl: { requestsPer5Minutes: 2000 },
  colours: ["blue", "green"],
  signOn: {
    Corporate: {
      metadataUrl: "https://sso.formula.example/metadata.xml",
      emailAttribute: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    },
  },
  firstArchive: { key: "executions/initial.zip", version: "version-of-prod" },
  masking: "source",
  chat: { slackTeamId: "T00FORMULA", slackChannelId: "C00FORMULAPROD" },
  escalation: [
    { who: "Primary On-Call Engineer", minutes: 10 },
    { who: "Secondary On-Call Engineer", minutes: 15 },
    { who: "Engineering Manager" },
  ],
  shield: { acknowledgedCost: "Shield Advanced costs USD 3000 a month for at least one year" },
  seeded: false,
  serving: true,
  database: {
    own: true,
    copies: null,
    restored: {},
    inUse: "own",
  },
  standby: {
    name: "dr",
    region: "us-west-2",
    cidr: "10.1.0.0/16",
    subnets: {
      public: ["10.1.101.0/24", "10.1.102.0/24"],
      private: ["10.1.1.0/24", "10.1.3.0/24"],
      data: ["10.1.2.0/24", "10.1.4.0/24"],
    },
  },
  standbyFor: null,
  recoveryTargets: { recoveryPointSeconds: 15 * 60, recoveryTimeSeconds: 4 * 60 * 60 },
  sizing: {
    logRetentionDays: RETENTION.applicationLogs.days.prod,
    logLevel: "info",
    tracing: true,
    natGateways: "per-zone",
    peakRequestsPerMinute: 1000,
    threatProtection: "enforced",
    service: {
      cpu: 2048,
      memoryMiB: 4096,
      minTasks: 2,
      maxTasks: 10,
      scaling: { cpuPercent: 80, memoryPercent: 80, byRequests: true },
    },
    formula: { memoryMiB: 256, reservedConcurrency: 500, provisionedConcurrency: { min: 5, max: 100 } },
    database: {
      instanceClass: "db.m7g.large",
      multiAz: true,
      allocatedStorageGiB: 200,
      // A larger database could not be restored in four hours.
      maxAllocatedStorageGiB: 350,
      provisionedIops: 3000,
      backupRetentionDays: RETENTION.backups.days.prod,
      monitoringSeconds: 60,
    },
    containerInsights: "enhanced",
    website: {
      requestsPer5Minutes: 2000,
      measurements: { sessionSampleRate: 0.2, canaryIntervalMinutes: 1, canaryRetentionDays: 30 },
    },
    alarms: {
      apiServerErrorPercent: { warning: 0.5, critical: 1 },
      minimumRequests: 200,
      servingRequests: 50,
      apiLatencyMilliseconds: 200,
      formulaMilliseconds: EXECUTION_MILLISECONDS,
    },
  },
  exceptions: [tasksReachTheInternet],
} as const satisfies FormulaEnvironment;
