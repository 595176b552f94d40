import { accounts } from "../common/accounts";
import type { WardmitraEnvironment } from "./environment";
import { EXAMPLE_AUTHORITY } from "./example-connection";
import { VERSIONS } from "./versions";

export const prod = {
  name: "prod",
  account: accounts.wardmitraProd,
  wave: 5,
  production: true,
  region: "ap-south-1",
  zones: { "ap-south-1a": 0, "ap-south-1b": 1, "ap-south-1c": 2 },
  cidr: "10.52.0.0/16",
  domain: "api.wardmitra.example",
  assetsDomain: "assets.wardmitra.example",
  registryLogins: { "docker-hub": "AbCdEf", github: "GhIjKl" },
  documentStore: { kind: "none" },
  zoneId: "Z0000000000000WPROD",
  alertEmails: ["platform@wardmitra.example"],
  assetsWebAcl: { requestsPer5Minutes: 5000 },
  webAcl: { requestsPer5Minutes: 2000 },
  versions: VERSIONS,
  // Examples, like the id of the account: outputs of the AWS root after its first apply.
  cluster: {
    endpoint: "https://0123456789ABCDEF0123456789ABCDE3.gr7.ap-south-1.eks.amazonaws.com",
    certificateAuthority: EXAMPLE_AUTHORITY,
  },
  poolerAuthority: EXAMPLE_AUTHORITY,
  runner: "wardmitra-prod",
  differences: [{ component: "aws", at: "vpc.subnets", reason: "Production runs in three zones." }],
  sizing: {
    logRetentionDays: 90,
    natGateways: "per-zone",
    database: {
      instanceClass: "db.m7g.large",
      multiAz: true,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 500,
      backupRetentionDays: 35,
    },
    databaseCpus: 2,
    loginRotationDays: 30,
    nodes: { instanceTypes: ["m6a.xlarge", "m6i.xlarge"], minNodes: 3, maxNodes: 9, diskGiB: 100 },
    pods: {
      quota: { pods: 60, cpu: "16", memory: "32Gi", memoryLimit: "48Gi" },
      api: { minReplicas: 3, maxReplicas: 15 },
      monitoring: { retentionDays: 30, storageGiB: 200, prometheusMemory: "4Gi", prometheusMemoryLimit: "8Gi" },
      pooler: { poolSize: 60, databaseConnections: 360, clientConnections: 2000 },
    },
    alarms: {
      traffic: {
        latencyMilliseconds: 500,
        clientErrorPercent: 10,
        serverErrorPercent: 1,
        minimumRequests: 100,
        requestBandWidth: 4,
      },
      webAcl: { blockedPer5Minutes: 2000 },
      assetsWebAcl: { blockedPer5Minutes: 2000 },
      database: {
        cpuPercent: 70,
        freeStorageGiB: 20,
        connectionPercent: 80,
        readLatencyMilliseconds: 20,
        writeLatencyMilliseconds: 20,
        freeableMemoryMiB: 512,
        burstPercent: 20,
      },
    },
    aiWorkloads: false,
  },
} as const satisfies WardmitraEnvironment;
