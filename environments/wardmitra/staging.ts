import { accounts } from "../common/accounts";
import type { WardmitraEnvironment } from "./environment";
import { EXAMPLE_AUTHORITY } from "./example-connection";
import { LEGACY_MIGRATION } from "./legacy-database";
import { VERSIONS } from "./versions";

export const staging = {
  name: "staging",
  account: accounts.wardmitraStaging,
  wave: 3,
  production: false,
  region: "ap-south-1",
  zones: { "ap-south-1a": 0, "ap-south-1b": 1 },
  cidr: "10.51.0.0/16",
  domain: "api.staging.wardmitra.example",
  assetsDomain: "assets.staging.wardmitra.example",
  registryLogins: { "docker-hub": "AbCdEf", github: "GhIjKl" },
  documentStore: { kind: "none" },
  zoneId: "Z0000000000000WSTAG",
  alertEmails: ["platform@wardmitra.example"],
  assetsWebAcl: { requestsPer5Minutes: 5000 },
  webAcl: { requestsPer5Minutes: 2000 },
  versions: VERSIONS,
  // Examples, like the id of the account: outputs of the AWS root after its first apply.
  cluster: {
    endpoint: "https://0123456789ABCDEF0123456789ABCDE2.gr7.ap-south-1.eks.amazonaws.com",
    certificateAuthority: EXAMPLE_AUTHORITY,
  },
  poolerAuthority: EXAMPLE_AUTHORITY,
  runner: "wardmitra-staging",
  migration: LEGACY_MIGRATION,
  differences: [
    "gateway_endpoints.bucket_arns",
    "migration_assessments",
    "migration_log",
    "migration_secrets",
    "security_groups.connections",
    "security_groups.groups",
    "security_groups.peers",
  ].map((at) => ({ component: "aws", at, reason: "The migration of the legacy database is rehearsed here." })),
  sizing: {
    logRetentionDays: 60,
    natGateways: "single",
    database: {
      instanceClass: "db.t4g.medium",
      multiAz: false,
      allocatedStorageGiB: 50,
      maxAllocatedStorageGiB: 200,
      backupRetentionDays: 14,
    },
    databaseCpus: 2,
    loginRotationDays: 30,
    nodes: { instanceTypes: ["m6a.large", "m6i.large"], minNodes: 2, maxNodes: 6, diskGiB: 50 },
    pods: {
      quota: { pods: 30, cpu: "6", memory: "10Gi", memoryLimit: "16Gi" },
      api: { minReplicas: 2, maxReplicas: 6 },
      monitoring: { retentionDays: 15, storageGiB: 50, prometheusMemory: "1500Mi", prometheusMemoryLimit: "3Gi" },
      pooler: { poolSize: 30, databaseConnections: 180, clientConnections: 1000 },
    },
    alarms: {
      traffic: {
        latencyMilliseconds: 500,
        clientErrorPercent: 20,
        serverErrorPercent: 2,
        minimumRequests: 50,
        requestBandWidth: 4,
      },
      webAcl: { blockedPer5Minutes: 500 },
      assetsWebAcl: { blockedPer5Minutes: 500 },
      database: {
        cpuPercent: 80,
        freeStorageGiB: 5,
        connectionPercent: 80,
        readLatencyMilliseconds: 20,
        writeLatencyMilliseconds: 20,
        freeableMemoryMiB: 256,
        burstPercent: 20,
      },
    },
    aiWorkloads: false,
  },
} as const satisfies WardmitraEnvironment;
