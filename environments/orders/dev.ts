import { accounts } from "../common/accounts";
import { type OrdersEnvironment, WITHOUT_WEB_ACL } from "./environment";

export const dev = {
  name: "dev",
  account: accounts.ordersDev,
  wave: 1,
  production: false,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.40.0.0/16",
  domain: "api.dev.orders.example",
  certificateDomain: "api.dev.orders.example",
  zoneId: "Z00000000000000ODEV",
  failoverRole: "primary",
  serving: true,
  database: {
    own: true,
    copies: null,
    restored: {},
    inUse: "own",
  },
  standby: null,
  standbyFor: null,
  testers: { office: "198.51.100.16/28" },
  alertEmails: ["platform@orders.example"],
  webAcl: { none: WITHOUT_WEB_ACL },
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
