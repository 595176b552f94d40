/**
 * How long Formula keeps each dataset, on which basis, and what ends it. The environments take their days from here, and the
 * page of the system prints the table. It is an interpretation of the law for the lawyers to check, not advice.
 */
import type { FormulaEnvironment } from "./environment";

interface Retention {
  /** The data, and where it is. */
  readonly dataset: string;
  readonly dataClass: "confidential" | "internal";
  /** Days by environment, or what ends the data. */
  readonly days: Readonly<Record<FormulaEnvironment["name"], number>> | "until the user's request";
  readonly basis: string;
  /** What deletes the data. */
  readonly mechanism: string;
}

export const RETENTION = {
  accounts: {
    dataset: "Accounts of users in Cognito",
    dataClass: "confidential",
    days: "until the user's request",
    basis: "contract, GDPR Art. 6(1)(b); erasure, Art. 17; CCPA §1798.105",
    mechanism: "erasure",
  },
  content: {
    dataset: "Content of users in the database",
    dataClass: "confidential",
    days: "until the user's request",
    basis: "contract, GDPR Art. 6(1)(b); erasure, Art. 17; CCPA §1798.105",
    mechanism: "task of the erasure",
  },
  backups: {
    dataset: "Automated backups of the database",
    dataClass: "confidential",
    days: { dev: 7, staging: 7, prod: 14, dr: 14 },
    basis: "availability, GDPR Art. 32(1)(c)",
    mechanism: "RDS; a restore is followed by a replay of the ledger",
  },
  applicationLogs: {
    dataset: "Logs of the service, its functions, the API and the database",
    dataClass: "confidential",
    days: { dev: 7, staging: 30, prod: 30, dr: 30 },
    basis: "security of processing, GDPR Art. 6(1)(f) and 32",
    mechanism: "CloudWatch Logs, which masks e-mail addresses",
  },
  accessLogs: {
    dataset: "Access logs of load balancers and of the website's bucket, with addresses of users",
    dataClass: "confidential",
    days: { dev: 7, staging: 30, prod: 30, dr: 30 },
    basis: "security of processing, GDPR Art. 6(1)(f) and 32",
    mechanism: "lifecycle of the bucket",
  },
  measurements: {
    dataset: "Measurements of browsers, and traces of requests",
    dataClass: "confidential",
    days: { dev: 0, staging: 30, prod: 30, dr: 30 },
    basis: "security of processing, GDPR Art. 6(1)(f) and 32",
    mechanism: "CloudWatch RUM and X-Ray, which keep them for 30 days",
  },
  flowLogs: {
    dataset: "Flow logs of the network",
    dataClass: "internal",
    days: { dev: 90, staging: 90, prod: 90, dr: 90 },
    basis: "security of processing, GDPR Art. 6(1)(f) and 32",
    mechanism: "CloudWatch Logs",
  },
  erasureLog: {
    dataset: "Log of erasures, without ids of users",
    dataClass: "internal",
    days: { dev: 365, staging: 365, prod: 365, dr: 365 },
    basis: "accountability, GDPR Art. 5(2)",
    mechanism: "CloudWatch Logs",
  },
  ledger: {
    dataset: "Ledger of erasures: salted hashes, dates, systems",
    dataClass: "internal",
    days: { dev: 1096, staging: 1096, prod: 1096, dr: 1096 },
    basis: "accountability and claims within three years, GDPR Art. 5(2) and 17(3)(e)",
    mechanism: "time to live in DynamoDB",
  },
} as const satisfies Readonly<Record<string, Retention>>;
