/**
 * - `access`: rights, and who has them. Each change of it asks for `security`.
 * - `network`: paths, names and addresses by which something is reached. Each change of it asks for `security`.
 * - `logging`: records of what happened, and what watches them. Its end asks for `security`, and so does each change that
 *   only takes away; alarms may be tuned.
 * - `data`: what no apply can make again. Its end asks for `data`.
 * - `nothing`: none of these.
 */
export type Holds = "access" | "network" | "logging" | "data" | "nothing";
