/** Findings of Security Hub, as `aws securityhub get-findings` prints them. */
import { z } from "zod";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html */
export const FINDINGS = z.object({
  Findings: z.array(
    z.object({
      Title: z.string(),
      AwsAccountId: z.string(),
      Region: z.string().default(""),
      UpdatedAt: z.string(),
      RecordState: z.enum(["ACTIVE", "ARCHIVED"]).default("ACTIVE"),
      Severity: z.object({ Label: z.enum(["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"]) }),
      Workflow: z.object({ Status: z.enum(["NEW", "NOTIFIED", "RESOLVED", "SUPPRESSED"]) }).default({ Status: "NEW" }),
      Compliance: z
        .object({
          Status: z.enum(["PASSED", "WARNING", "FAILED", "NOT_AVAILABLE"]).default("NOT_AVAILABLE"),
          SecurityControlId: z.string().optional(),
        })
        .optional(),
      Resources: z.array(z.object({ Id: z.string() })).min(1),
    }),
  ),
});

export type SecurityHubFinding = z.output<typeof FINDINGS>["Findings"][number];

/** What the findings say about one control. */
export interface ControlState {
  readonly id: string;
  /** `none` if no active finding is about it: it is disabled, or nothing in the accounts is of its kind. */
  readonly state: "failed" | "passed" | "suppressed" | "none";
  /** Findings that failed, and that nobody has suppressed. */
  readonly failed: readonly SecurityHubFinding[];
  readonly suppressed: number;
}

export function controlState(id: string, findings: readonly SecurityHubFinding[]): ControlState {
  const own = findings.filter((one) => one.RecordState === "ACTIVE" && one.Compliance?.SecurityControlId === id);
  const suppressed = own.filter(({ Workflow }) => Workflow.Status === "SUPPRESSED").length;
  const failed = own.filter(
    ({ Compliance, Workflow }) => Compliance?.Status === "FAILED" && Workflow.Status !== "SUPPRESSED",
  );
  const passed = own.some(({ Compliance }) => Compliance?.Status === "PASSED");
  const state = failed.length > 0 ? "failed" : passed ? "passed" : suppressed > 0 ? "suppressed" : "none";
  return { id, state, failed, suppressed };
}

/** Active findings without a control, such as threats and vulnerabilities, that nobody has resolved or suppressed. */
export function otherFindings(findings: readonly SecurityHubFinding[]): readonly SecurityHubFinding[] {
  return findings.filter(
    ({ RecordState, Workflow, Compliance }) =>
      RecordState === "ACTIVE" &&
      Compliance?.SecurityControlId === undefined &&
      ["NEW", "NOTIFIED"].includes(Workflow.Status),
  );
}
