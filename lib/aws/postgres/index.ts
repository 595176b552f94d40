/** PostgreSQL on RDS, as a single instance or as an Aurora cluster: what both modules share. */
export { finalSnapshotName } from "./final-snapshot";
export { POSTGRES_INPUTS } from "./inputs";
export { exportedLogs } from "./logs";
export { postgresParameters } from "./parameters";
export { WINDOW_RULE } from "./windows";
