import { accounts } from "../common/accounts";
import { type OrdersEnvironment, WITHOUT_WEB_ACL } from "./environment";

export const prod = {
  name: "prod",
  account: accounts.ordersProd,
  wave: 3,
  production: true,
  region: "us-east-1",
  zones: { "us-east-1a": 0, "us-east-1b": 1 },
  cidr: "10.41.0.0/16",
  domain: "api.orders.example",
  certificateDomain: "api.orders.example",
  zoneId: "Z0000000000000OPROD",
  failoverRole: "primary",
  serving: true,
  database: {
    own: true,
    copies: null,
    restored: {},
    inUse: "own",
  },
  standby: { name: "dr", region: "us-west-2" },
  standbyFor: null,
  testers: { office: "198.51.100.16/28" },
  alertEmails: ["platform@orders.example"],
  webAcl: { none: WITHOUT_WEB_ACL },
  sizing: {
    logRetentionDays: 90,
    database: {
      instanceClass: "db.t4g.medium",
      multiAz: true,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 200,
      backupRetentionDays: 35,
    },
    api: { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 10 },
    worker: { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 20 },
  },
} as const satisfies OrdersEnvironment;
