import { accounts } from "../common/accounts";
import { type FormulaEnvironment, WITHOUT_STANDBY } from "./environment";
import { logsOfAWeek, tasksReachTheInternet } from "./exceptions";
import { RETENTION } from "./retention";

export const dev = {
  name: "dev",
  account: accounts.formulaDev,
  wave: 1,
  production: false,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.3.0.0/16",
  subnets: {
    public: ["10.3.101.0/24", "10.3.102.0/24"],
    private: ["10.3.1.0/24", "10.3.3.0/24"],
    data: ["10.3.2.0/24", "10.3.4.0/24"],
  },
  domain: "dev.formula.example",
  zoneId: "Z000000000000000FDEV",
  alertEmails: ["platform@formula.example"],
  webAcl: { none: "The document of Formula asks for AWS WAF in production only" },
  colours: ["blue"],
  signOn: {
    Corporate: {
      metadataUrl: "https://sso.formula.example/metadata.xml",
      emailAttribute: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    },
  },
  firstArchive: { key: "executions/initial.zip", version: "version-of-dev" },
  masking: null,
  chat: null,
  escalation: null,
  shield: null,
  seeded: true,
  ...WITHOUT_STANDBY,
  recoveryTargets: null,
  sizing: {
    logRetentionDays: RETENTION.applicationLogs.days.dev,
    logLevel: "debug",
    tracing: false,
    natGateways: "single",
    peakRequestsPerMinute: 1000,
    threatProtection: "off",
    service: {
      cpu: 512,
      memoryMiB: 1024,
      minTasks: 1,
      maxTasks: 1,
      scaling: { cpuPercent: null, memoryPercent: null, byRequests: false },
    },
    formula: { memoryMiB: 256, reservedConcurrency: 500, provisionedConcurrency: null },
    database: {
      instanceClass: "db.t4g.micro",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 40,
      provisionedIops: null,
      backupRetentionDays: RETENTION.backups.days.dev,
      monitoringSeconds: 0,
    },
    containerInsights: "enabled",
    website: { requestsPer5Minutes: 2000, measurements: null },
    alarms: { none: "The document of Formula has no alert for development" },
  },
  exceptions: [tasksReachTheInternet, ...logsOfAWeek],
} as const satisfies FormulaEnvironment;
