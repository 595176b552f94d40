import { accounts } from "../common/accounts";
import type { VitalityEnvironment } from "./environment";

export const dev = {
  name: "dev",
  account: accounts.vitalityDev,
  wave: 1,
  production: false,
  region: "eu-west-1",
  zones: { "eu-west-1a": 0, "eu-west-1b": 1, "eu-west-1c": 2 },
  cidr: "10.60.0.0/16",
  domain: "dev.vitality.example",
  zoneId: "Z00000000000000VDEV",
  alertEmails: ["platform@vitality.example"],
  webAcl: { requestsPer5Minutes: 1000 },
  sizing: {
    api: {
      cpu: 256,
      memoryMiB: 512,
      minInstances: 1,
      maxInstances: 2,
      alarms: {
        serverErrorPercent: 5,
        clientErrorPercent: 40,
        minimumRequests: 50,
        latencyMilliseconds: 1000,
        cpuPercent: 80,
        memoryPercent: 85,
      },
    },
    logRetentionDays: 30,
    network: { alarms: { droppedPacketsPer5Minutes: 500 } },
    database: {
      instances: { a: { promotionTier: 0 } },
      capacity: { minAcus: 0, maxAcus: 4, secondsUntilPause: 900 },
      readerScaling: { maxReaders: 1, cpuPercent: 70 },
      storage: "standard",
      databaseInsightsMode: "standard",
      monitoringSeconds: 60,
      backupRetentionDays: 7,
      alarms: {
        cpuPercent: 80,
        capacityPercent: 90,
        connectionPercent: 80,
        freeMemoryMiB: 256,
        replicaLagMilliseconds: 1000,
        deadlocksPerMinute: 6,
        storageGiB: 50,
      },
    },
    frontend: {
      requestsPer5Minutes: 1000,
      sessionSampleRate: 1,
      canaryIntervalMinutes: 15,
      canaryRetentionDays: 14,
    },
    observability: { tracesPerSecond: 1, traceRate: 1 },
  },
} as const satisfies VitalityEnvironment;
