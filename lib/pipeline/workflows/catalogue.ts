/** All rules for workflows. */
import { CHECKOUTS } from "./checkouts";
import { CREDENTIALS } from "./credentials";
import { PERMISSIONS } from "./permissions";
import { PINS } from "./pins";
import type { WorkflowRule } from "./rule";
import { RUNS } from "./runs";
import { SHELL } from "./shell";

const RULES = [...PINS, ...CHECKOUTS, ...PERMISSIONS, ...CREDENTIALS, ...SHELL, ...RUNS] as const;

export type PolicyId = (typeof RULES)[number]["id"];

export const POLICY: readonly WorkflowRule<PolicyId>[] = RULES;
