/**
 * - `access`: permissions, and the principals that have them. Each change requires the approval `security`.
 * - `network`: paths, names and addresses of resources. Each change requires the approval `security`.
 * - `logging`: logs, and the resources that monitor them. Deletion requires the approval `security`, and so does each
 *   change that only removes something; alarms may be tuned.
 * - `data`: data that no apply can recreate. Deletion requires the approval `data`.
 * - `nothing`: none of these.
 */
export type Holds = "access" | "network" | "logging" | "data" | "nothing";
