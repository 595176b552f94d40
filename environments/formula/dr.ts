import { accounts } from "../common/accounts";
import type { FormulaEnvironment } from "./environment";
import { tasksReachTheInternet } from "./exceptions";
import { prod } from "./prod";

/**
 * The standby of production in another region: the same system at its minimum size with one colour, without a database, with
 * copies of production's data.
 */
export const dr = {
  name: "dr",
  account: accounts.formulaDr,
  wave: 4,
  production: true,
  dataClass: prod.dataClass,
  region: "us-west-2",
  zones: { "us-west-2a": 0, "us-west-2b": 1 },
  cidr: "10.1.0.0/16",
  subnets: {
    public: ["10.1.101.0/24", "10.1.102.0/24"],
    private: ["10.1.1.0/24", "10.1.3.0/24"],
    data: ["10.1.2.0/24", "10.1.4.0/24"],
  },
  domain: "formula.example",
  regionalDomain: "dr.formula.example",
  zoneId: "Z0000000000000FPROD",
  alertEmails: ["platform@formula.example"],
  webAcl: prod.webAcl,
  colours: ["blue"],
  signOn: prod.signOn,
  firstArchive: { key: "executions/initial.zip", version: "version-of-dr" },
  masking: null,
  chat: prod.chat,
  escalation: prod.escalation,
  shield: prod.shield,
  seeded: false,
  serving: false,
  database: {
    own: false,
    copies: { instance: "formula-prod", region: "us-east-1" },
    restored: {},
    inUse: null,
  },
  standby: null,
  standbyFor: {
    name: "prod",
    region: "us-east-1",
    // Secrets Manager generates these characters. The copy of the secret has the same ones.
    databaseSecretSuffix: "AbCdEf",
    cidr: prod.cidr,
    subnets: prod.subnets,
    sizing: { service: prod.sizing.service, formula: prod.sizing.formula },
    targets: prod.recoveryTargets,
  },
  recoveryTargets: null,
  sizing: {
    ...prod.sizing,
    natGateways: "single",
    service: { ...prod.sizing.service, minTasks: 1 },
    formula: { ...prod.sizing.formula, provisionedConcurrency: null },
    // A restore into one zone is faster.
    database: { ...prod.sizing.database, multiAz: false },
  },
  exceptions: [tasksReachTheInternet],
} as const satisfies FormulaEnvironment;
