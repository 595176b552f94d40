/** Every rule about workflows. */
import { CHECKOUTS } from "./checkouts";
import { CREDENTIALS } from "./credentials";
import { PERMISSIONS } from "./permissions";
import { PINS } from "./pins";
import type { Row } from "./row";
import { RUNS } from "./runs";
import { SHELL } from "./shell";

const ROWS = [...PINS, ...CHECKOUTS, ...PERMISSIONS, ...CREDENTIALS, ...SHELL, ...RUNS] as const;

export type PolicyId = (typeof ROWS)[number]["id"];

export const POLICY: readonly Row<PolicyId>[] = ROWS;
