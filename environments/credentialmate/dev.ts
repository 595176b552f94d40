import { accounts } from "../common/accounts";
import type { CredentialMateEnvironment } from "./environment";

export const dev = {
  name: "dev",
  account: accounts.credentialmateDev,
  wave: 1,
  production: false,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  zoneIds: { "us-east-1a": "use1-az6", "us-east-1b": "use1-az1" },
  cidr: "10.10.0.0/16",
  domain: "dev.credentialmate.example",
  zoneId: "Z0000000000000000DEV",
  alertEmails: ["platform@credentialmate.example"],
  testRecipients: ["developers@credentialmate.example", "qa@credentialmate.example"],
  webAcl: { requestsPer5Minutes: 1000 },
  sizing: {
    natGateways: "none",
    logRetentionDays: 30,
    database: {
      instanceClass: "db.t4g.micro",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 50,
      backupRetentionDays: 7,
    },
    services: {
      "frontend-service": { cpu: 256, memoryMiB: 512, minTasks: 1, maxTasks: 2 },
      "backend-service": { cpu: 256, memoryMiB: 512, minTasks: 1, maxTasks: 2 },
      "parser-service": { cpu: 256, memoryMiB: 1024, minTasks: 0, maxTasks: 0 },
      "notification-worker": { cpu: 256, memoryMiB: 512, minTasks: 0, maxTasks: 0 },
    },
    errorsPer5Minutes: 25,
  },
} as const satisfies CredentialMateEnvironment;
