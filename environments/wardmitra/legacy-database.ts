/** The migration of the legacy Aviel DB. Its engine, tables and certificate are examples until the schema has been reviewed. */
import type { LegacyMigration } from "./environment";
import { EXAMPLE_AUTHORITY } from "./example-connection";

const EXAMPLE_CERTIFICATE = Buffer.from(EXAMPLE_AUTHORITY, "base64").toString("utf8");

export const LEGACY_MIGRATION = {
  source: {
    engine: "mysql",
    database: "aviel",
    cidr: "10.60.0.0/24",
    port: 3306,
    caCertificatePem: EXAMPLE_CERTIFICATE,
  },
  target: { database: "aviel_rehearsal", caCertificatePem: EXAMPLE_CERTIFICATE },
  engineVersion: "3.6.1",
  instanceClass: "dms.t3.medium",
  criteria: {
    tables: ["aviel.complaints", "aviel.complaint_photos", "aviel.reports", "aviel.users"],
    // The cutover has a window of four hours.
    rehearsal: { assessmentWarnings: 0, fullLoadMinutes: 120, latencySeconds: 30, latencyMinutes: 30 },
    rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
  },
} as const satisfies LegacyMigration;
