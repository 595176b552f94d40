import { accounts } from "../common/accounts";
import type { VitalityEnvironment } from "./environment";

export const prod = {
  name: "prod",
  account: accounts.vitalityProd,
  wave: 6,
  production: true,
  region: "eu-west-1",
  zones: { "eu-west-1a": 0, "eu-west-1b": 1, "eu-west-1c": 2 },
  cidr: "10.61.0.0/16",
  domain: "vitality.example",
  zoneId: "Z0000000000000VPROD",
  alertEmails: ["platform@vitality.example"],
  webAcl: { requestsPer5Minutes: 2000 },
  sizing: {
    api: {
      cpu: 1024,
      memoryMiB: 2048,
      minInstances: 2,
      maxInstances: 10,
      alarms: {
        serverErrorPercent: 1,
        clientErrorPercent: 20,
        minimumRequests: 100,
        latencyMilliseconds: 500,
        cpuPercent: 80,
        memoryPercent: 85,
      },
    },
    logRetentionDays: 90,
    network: { alarms: { droppedPacketsPer5Minutes: 100 } },
    database: {
      instances: { a: { promotionTier: 0 }, b: { promotionTier: 0 } },
      capacity: { minAcus: 2, maxAcus: 16 },
      readerScaling: { maxReaders: 4, cpuPercent: 60 },
      storage: "standard",
      databaseInsightsMode: "advanced",
      monitoringSeconds: 15,
      backupRetentionDays: 35,
      alarms: {
        cpuPercent: 80,
        capacityPercent: 90,
        connectionPercent: 80,
        freeMemoryMiB: 1024,
        replicaLagMilliseconds: 1000,
        deadlocksPerMinute: 6,
        storageGiB: 500,
      },
    },
    frontend: {
      requestsPer5Minutes: 2000,
      sessionSampleRate: 0.2,
      canaryIntervalMinutes: 1,
      canaryRetentionDays: 30,
    },
    observability: { tracesPerSecond: 5, traceRate: 0.05 },
  },
} as const satisfies VitalityEnvironment;
