/** The sizes of Formula's document, as a plan has them. */

/** The stand-in for a number that RDS decides. */
export const NONE = 0;

/** What the document says of each environment. */
export const DOCUMENT = {
  dev: {
    colours: ["blue"],
    task: { cpu: "512", memory: "1024" },
    tasks: { min_capacity: 1, max_capacity: 1 },
    policies: {},
    database: {
      allocated_storage: 20,
      storage_type: "gp3",
      iops: NONE,
      multi_az: false,
      backup_retention_period: 7,
      monitoring_interval: 0,
    },
    logDays: 7,
    logLevel: ["debug", "DEBUG"],
    tracing: false,
    natGateways: 1,
    provisioned: 0,
    webAcls: 0,
  },
  staging: {
    colours: ["blue", "green"],
    task: { cpu: "1024", memory: "2048" },
    tasks: { min_capacity: 2, max_capacity: 4 },
    policies: { cpu: 75 },
    database: {
      allocated_storage: 100,
      storage_type: "io2",
      iops: 1000,
      multi_az: true,
      backup_retention_period: 7,
      monitoring_interval: 60,
    },
    logDays: 30,
    logLevel: ["info", "INFO"],
    tracing: true,
    natGateways: 2,
    provisioned: 0,
    webAcls: 0,
  },
  prod: {
    colours: ["blue", "green"],
    task: { cpu: "2048", memory: "4096" },
    tasks: { min_capacity: 2, max_capacity: 10 },
    policies: { cpu: 80, memory: 80, requests: 100 },
    database: {
      allocated_storage: 200,
      storage_type: "io2",
      iops: 3000,
      multi_az: true,
      backup_retention_period: 14,
      monitoring_interval: 60,
    },
    logDays: 30,
    logLevel: ["info", "INFO"],
    tracing: true,
    natGateways: 2,
    provisioned: 2,
    webAcls: 3,
  },
} as const;
