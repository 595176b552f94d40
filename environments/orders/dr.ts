import { accounts } from "../common/accounts";
import { type OrdersEnvironment, WITHOUT_WEB_ACL } from "./environment";
import { prod } from "./prod";

const MIGRATED = "A restored database has the schema that production's migrations made.";
const COPIED = "A standby has no secrets of its own: it reads copies of production's secrets.";

/**
 * The standby of production in another region: the same system at its minimum size, without a database, with copies
 * of production's data.
 */
export const dr = {
  name: "dr",
  account: accounts.ordersDr,
  wave: 4,
  production: true,
  region: "us-west-2",
  zones: { "us-west-2a": 0, "us-west-2b": 1 },
  cidr: "10.42.0.0/16",
  domain: "api.orders.example",
  certificateDomain: "*.orders.example",
  zoneId: "Z0000000000000OPROD",
  failoverRole: "secondary",
  serving: false,
  database: {
    own: false,
    copies: { instance: "orders-prod", region: "us-east-1" },
    restored: {},
    inUse: null,
  },
  standby: null,
  standbyFor: {
    name: "prod",
    region: "us-east-1",
    // Secrets Manager generates these characters. The copy of the secret has the same ones.
    databaseSecretSuffix: "AbCdEf",
    sizing: { api: prod.sizing.api, worker: prod.sizing.worker },
    targets: { recoveryPointSeconds: 30 * 60, recoveryTimeSeconds: 4 * 60 * 60 },
  },
  testers: { office: "198.51.100.16/28" },
  alertEmails: ["platform@orders.example"],
  webAcl: { none: WITHOUT_WEB_ACL },
  sizing: {
    logRetentionDays: 90,
    database: {
      instanceClass: "db.t4g.medium",
      multiAz: false,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 200,
      // Equal to production's: a restored instance keeps the retention of its source.
      backupRetentionDays: 35,
    },
    api: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 10 },
    worker: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 20 },
  },
  differences: [
    { at: "secrets", reason: COPIED },
    { at: "api_task.secrets", reason: COPIED },
    { at: "worker_task.secrets", reason: COPIED },
    { at: "api_task.secrets_kms_key_arns", reason: COPIED },
    { at: "worker_task.secrets_kms_key_arns", reason: COPIED },
    { at: "monitoring_role", reason: "A restore must change nothing in IAM: its role exists before." },
    { at: "migrations_task", reason: MIGRATED },
    { at: "output.migrations", reason: MIGRATED },
    {
      at: "certificate.domain_name",
      reason: "Two certificates of one name in one account would share the record that validates them.",
    },
    { at: "images.name", reason: "ECR copies into repositories of the same name." },
  ],
} as const satisfies OrdersEnvironment;
