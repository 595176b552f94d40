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
    logRetentionDays: 90,
  },
} as const satisfies VitalityEnvironment;
