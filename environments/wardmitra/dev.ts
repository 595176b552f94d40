import { accounts } from "../common/accounts";
import type { WardmitraEnvironment } from "./environment";
import { EXAMPLE_AUTHORITY } from "./example-connection";
import { VERSIONS } from "./versions";

export const dev = {
  name: "dev",
  account: accounts.wardmitraDev,
  wave: 1,
  production: false,
  region: "ap-south-1",
  zones: { "ap-south-1a": 0, "ap-south-1b": 1 },
  cidr: "10.50.0.0/16",
  domain: "api.dev.wardmitra.example",
  assetsDomain: "assets.dev.wardmitra.example",
  registryLogins: { "docker-hub": "AbCdEf", github: "GhIjKl" },
  documentStore: { kind: "none" },
  zoneId: "Z00000000000000WDEV",
  alertEmails: ["platform@wardmitra.example"],
  assetsWebAcl: { requestsPer5Minutes: 5000 },
  webAcl: { requestsPer5Minutes: 1000 },
  versions: VERSIONS,
  // Examples, like the id of the account: outputs of the AWS root after its first apply.
  cluster: {
    endpoint: "https://0123456789ABCDEF0123456789ABCDE1.gr7.ap-south-1.eks.amazonaws.com",
    certificateAuthority: EXAMPLE_AUTHORITY,
  },
  poolerAuthority: EXAMPLE_AUTHORITY,
  runner: "wardmitra-dev",
  differences: [
    { component: "aws", at: "models", reason: "AI workloads are introduced in dev first." },
    { component: "aws", at: "api_role.statements", reason: "The API reads models where there are AI workloads." },
    {
      component: "aws",
      at: "configuration.parameters.models-bucket",
      reason: "The API finds the models where there are AI workloads.",
    },
  ],
  sizing: {
    logRetentionDays: 30,
    natGateways: "single",
    database: {
      instanceClass: "db.t4g.small",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 50,
      backupRetentionDays: 7,
    },
    databaseCpus: 2,
    loginRotationDays: 7,
    nodes: { instanceTypes: ["t3.large", "t3a.large"], minNodes: 2, maxNodes: 4, diskGiB: 50 },
    pods: {
      quota: { pods: 20, cpu: "4", memory: "6Gi", memoryLimit: "10Gi" },
      api: { minReplicas: 2, maxReplicas: 4 },
      monitoring: { retentionDays: 7, storageGiB: 20, prometheusMemory: "1Gi", prometheusMemoryLimit: "2Gi" },
      pooler: { poolSize: 15, databaseConnections: 90, clientConnections: 500 },
    },
    alarms: {
      traffic: {
        latencyMilliseconds: 1000,
        clientErrorPercent: 30,
        serverErrorPercent: 5,
        minimumRequests: 20,
        requestBandWidth: 4,
      },
      webAcl: { blockedPer5Minutes: 500 },
      assetsWebAcl: { blockedPer5Minutes: 500 },
      database: {
        cpuPercent: 80,
        freeStorageGiB: 3,
        connectionPercent: 80,
        readLatencyMilliseconds: 20,
        writeLatencyMilliseconds: 20,
        freeableMemoryMiB: 128,
        burstPercent: 20,
      },
    },
    aiWorkloads: true,
  },
} as const satisfies WardmitraEnvironment;
