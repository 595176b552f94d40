import { accounts } from "../common/accounts";
import { type FormulaEnvironment, WITHOUT_STANDBY } from "./environment";
import { tasksReachTheInternet } from "./exceptions";
import { EXECUTION_MILLISECONDS } from "./operations";
import { RETENTION } from "./retention";

export const staging = {
  name: "staging",
  account: accounts.formulaStaging,
  wave: 2,
  production: false,
  dataClass: "confidential",
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.2.0.0/16",
  subnets: {
    public: ["10.2.101.0/24", "10.2.102.0/24"],
    private: ["10.2.1.0/24", "10.2.3.0/24"],
    data: ["10.2.2.0/24", "10.2.4.0/24"],
  },
  domain: "staging.formula.example",
  zoneId: "Z000000000000FSTAGE",
  alertEmails: ["platform@formula.example"],
  webAcl: { none: "The document of Formula asks for AWS WAF in production only" },
  colours: ["blue", "green"],
  signOn: {
    Corporate: {
      metadataUrl: "https://sso.formula.example/metadata.xml",
      emailAttribute: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    },
  },
  firstArchive: { key: "executions/initial.zip", version: "version-of-staging" },
  masking: "target",
  chat: { slackTeamId: "T00FORMULA", slackChannelId: "C00FORMULASTAGE" },
  escalation: null,
  shield: null,
  seeded: false,
  ...WITHOUT_STANDBY,
  recoveryTargets: { recoveryPointSeconds: 24 * 60 * 60, recoveryTimeSeconds: 24 * 60 * 60 },
  sizing: {
    logRetentionDays: RETENTION.applicationLogs.days.staging,
    logLevel: "info",
    tracing: true,
    natGateways: "per-zone",
    peakRequestsPerMinute: 1000,
    threatProtection: "enforced",
    service: {
      cpu: 1024,
      memoryMiB: 2048,
      minTasks: 2,
      maxTasks: 4,
      scaling: { cpuPercent: 75, memoryPercent: null, byRequests: false },
    },
    formula: { memoryMiB: 256, reservedConcurrency: 500, provisionedConcurrency: null },
    database: {
      instanceClass: "db.m7g.large",
      multiAz: true,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 200,
      provisionedIops: 1000,
      backupRetentionDays: RETENTION.backups.days.staging,
      monitoringSeconds: 60,
    },
    containerInsights: "enhanced",
    website: {
      requestsPer5Minutes: 2000,
      measurements: { sessionSampleRate: 1, canaryIntervalMinutes: 5, canaryRetentionDays: 14 },
    },
    alarms: {
      apiServerErrorPercent: { warning: 2, critical: 5 },
      minimumRequests: 50,
      servingRequests: 50,
      apiLatencyMilliseconds: 200,
      formulaMilliseconds: EXECUTION_MILLISECONDS,
    },
  },
  exceptions: [tasksReachTheInternet],
} as const satisfies FormulaEnvironment;
