import { accounts } from "../common/accounts";
import type { CredentialMateEnvironment } from "./environment";

export const stage = {
  name: "stage",
  account: accounts.credentialmateStage,
  wave: 2,
  production: false,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  zoneIds: { "us-east-1a": "use1-az4", "us-east-1b": "use1-az2" },
  cidr: "10.20.0.0/16",
  domain: "stage.credentialmate.example",
  zoneId: "Z00000000000000STAGE",
  alertEmails: ["platform@credentialmate.example"],
  testRecipients: ["qa@credentialmate.example"],
  webAcl: { requestsPer5Minutes: 1000 },
  sizing: {
    natGateways: "none",
    logRetentionDays: 60,
    database: {
      instanceClass: "db.t4g.small",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 100,
      backupRetentionDays: 14,
    },
    services: {
      "frontend-service": { cpu: 256, memoryMiB: 512, minTasks: 1, maxTasks: 4 },
      "backend-service": { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 4 },
      "parser-service": { cpu: 512, memoryMiB: 2048, minTasks: 0, maxTasks: 0 },
      "notification-worker": { cpu: 256, memoryMiB: 512, minTasks: 0, maxTasks: 0 },
    },
    errorsPer5Minutes: 10,
  },
} as const satisfies CredentialMateEnvironment;
