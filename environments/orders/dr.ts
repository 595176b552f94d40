import { accounts } from "../accounts";
import type { OrdersEnvironment } from "./environment";

const COPIED = "A standby has no secrets of its own: those of production are copied to its region.";

const STANDING_BY = "Clients are turned away until production's orders have been restored here.";

/** Production's standby: the same system in another region, at its minimum, with copies of what production keeps. */
export const dr = {
  name: "dr",
  account: accounts.ordersDr,
  wave: 4,
  production: true,
  region: "us-west-2",
  zones: ["us-west-2a", "us-west-2b"],
  cidr: "10.42.0.0/16",
  domain: "api.orders.example",
  certificateDomain: "*.orders.example",
  zoneId: "Z0000000000000OPROD",
  failoverRole: "secondary",
  standby: null,
  standbyFor: {
    name: "prod",
    region: "us-east-1",
    // Secrets Manager makes up the ending of an ARN and copies it: `terraform output` in production tells it.
    databaseSecretSuffix: "AbCdEf",
    restore: null,
    targets: { recoveryPointSeconds: 30 * 60, recoveryTimeSeconds: 4 * 60 * 60 },
  },
  testers: { office: "198.51.100.16/28" },
  alertEmails: ["platform@orders.example"],
  sizing: {
    logRetentionDays: 90,
    database: {
      instanceClass: "db.t4g.medium",
      multiAz: false,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 200,
      backupRetentionDays: 7,
    },
    api: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 10 },
    worker: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 20 },
  },
  differences: [
    { at: "backup_replication", reason: "The copies of the database's backups belong to the region that they go to." },
    { at: "secrets", reason: COPIED },
    { at: "api_task.secrets", reason: COPIED },
    { at: "worker_task.secrets", reason: COPIED },
    { at: "migrations_task.secrets", reason: COPIED },
    { at: "api_task.environment.SERVING", reason: STANDING_BY },
    { at: "worker_task.environment.SERVING", reason: STANDING_BY },
    {
      at: "certificate.domain_name",
      reason: "Two certificates of one name in one account would share the record that validates them.",
    },
    { at: "images.name", reason: "ECR copies into repositories of the same name." },
  ],
} as const satisfies OrdersEnvironment;
