import { accounts } from "../common/accounts";
import type { CredentialMateEnvironment } from "./environment";

const OUT_OF_SANDBOX = "Production sends mail to any recipient: its account has left the SES sandbox.";

export const prod = {
  name: "prod",
  account: accounts.credentialmateProd,
  wave: 3,
  production: true,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  zoneIds: { "us-east-1a": "use1-az1", "us-east-1b": "use1-az6" },
  cidr: "10.30.0.0/16",
  domain: "app.credentialmate.example",
  zoneId: "Z000000000000000PROD",
  alertEmails: ["platform@credentialmate.example"],
  testRecipients: [],
  webAcl: { requestsPer5Minutes: 2000 },
  sizing: {
    natGateways: "none",
    logRetentionDays: 90,
    database: {
      instanceClass: "db.t4g.small",
      multiAz: true,
      allocatedStorageGiB: 50,
      maxAllocatedStorageGiB: 500,
      backupRetentionDays: 30,
    },
    services: {
      "frontend-service": { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 10 },
      "backend-service": { cpu: 1024, memoryMiB: 2048, minTasks: 2, maxTasks: 10 },
      "parser-service": { cpu: 1024, memoryMiB: 4096, minTasks: 0, maxTasks: 0 },
      "notification-worker": { cpu: 256, memoryMiB: 512, minTasks: 0, maxTasks: 0 },
    },
    errorsPer5Minutes: 5,
  },
  differences: [
    { at: "email.test_recipients", reason: OUT_OF_SANDBOX },
    { at: "notification_worker_task.permissions.SendEmail.resources", reason: OUT_OF_SANDBOX },
  ],
} as const satisfies CredentialMateEnvironment;
