import { accounts } from "../accounts";
import type { OrdersEnvironment } from "./environment";

export const dev = {
  name: "dev",
  account: accounts.ordersDev,
  wave: 1,
  production: false,
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b"],
  cidr: "10.40.0.0/16",
  domain: "api.dev.orders.example",
  certificateDomain: "api.dev.orders.example",
  zoneId: "Z00000000000000ODEV",
  failoverRole: "primary",
  standby: null,
  standbyFor: null,
  testers: { office: "198.51.100.16/28" },
  alertEmails: ["platform@orders.example"],
  sizing: {
    logRetentionDays: 30,
    database: {
      instanceClass: "db.t4g.micro",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 50,
      backupRetentionDays: 7,
    },
    api: { cpu: 256, memoryMiB: 512, minTasks: 1, maxTasks: 2 },
    worker: { cpu: 256, memoryMiB: 512, minTasks: 1, maxTasks: 2 },
  },
} as const satisfies OrdersEnvironment;
