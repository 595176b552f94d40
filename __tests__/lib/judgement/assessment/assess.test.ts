import { z } from "zod";
import { type AssessedCriterion, assess } from "../../../../lib/judgement/assessment/assess";
import { CRITERIA } from "../../../../lib/judgement/assessment/criteria";
import { FINDINGS } from "../../../../lib/judgement/assessment/findings";
import { assessmentReport } from "../../../../lib/judgement/assessment/report";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { findingEvent } from "../../../support/finding";
import { resourceOf, rootOf } from "../guardrails/fixture";
import { TODAY } from "../guardrails/rows";

const EXCEPTION = {
  guardrail: "ecr-scanned",
  address: "module.call.aws_ecr_repository.this",
  reason: "Scanned elsewhere.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-7",
  created: "2026-11-01",
  expires: "2026-12-01",
} as const;

const repository = resourceOf("aws_ecr_repository", { image_tag_mutability: "MUTABLE" });

interface Given {
  readonly findings?: readonly object[];
  readonly exceptions?: readonly (typeof EXCEPTION)[];
}

function assessed({ findings = [], exceptions = [] }: Given) {
  const times = findings.map((finding) => ({ UpdatedAt: "2026-11-21T07:00:00Z", ...finding }));
  return assess({
    day: TODAY,
    guardrails: GUARDRAILS,
    judgements: [judgeRoot(rootOf([repository]), exceptions, TODAY)],
    findings: FINDINGS.parse({ Findings: times }).Findings,
  });
}

const finding = (control: string, Status: string, more: object = {}) => ({
  ...findingEvent().detail.findings[0],
  Compliance: { Status, SecurityControlId: control },
  ...more,
});

function criterion(id: string, given: Given): AssessedCriterion {
  const found = assessed(given).criteria.find((one) => one.id === id);
  return z.custom<AssessedCriterion>((value) => value !== undefined).parse(found);
}

/** Findings that pass each control of a criterion, without those of the controls in the second list. */
const passing = (id: string, without: readonly string[] = []) =>
  CRITERIA.filter((one) => one.id === id).flatMap(({ controls }) =>
    controls.filter((control) => !without.includes(control)).map((control) => finding(control, "PASSED")),
  );

test("a broken guardrail fails its criteria, with the place and the value", () => {
  const { verdict, guardrails, broken } = criterion("CC7.1", {});
  expect(verdict).toBe("failing");
  expect(guardrails).toContain("ecr-scanned");
  expect(broken).toEqual([
    {
      root: "environments/shop/dev",
      guardrail: "ecr-scanned",
      address: "module.call.aws_ecr_repository.this",
      got: "image_scanning_configuration.scan_on_push = null",
    },
  ]);
  expect(assessed({}).failing).toBe(true);
});

test("an exception shows with its ticket, and the criterion is not supported", () => {
  const { verdict, excused } = criterion("CC7.1", { findings: passing("CC7.1"), exceptions: [EXCEPTION] });
  expect(verdict).toBe("excepted");
  expect(excused).toMatchObject([{ guardrail: "ecr-scanned", exception: { ticket: "OPS-7", expires: "2026-12-01" } }]);
});

test.each([
  ["all its controls pass", passing("CC9.1"), "supported"],
  ["one control has no finding", passing("CC9.1", ["RDS.15"]), "open"],
  ["a control fails", [...passing("CC9.1"), finding("RDS.15", "FAILED")], "failing"],
  [
    "somebody suppressed the failure",
    [...passing("CC9.1"), finding("RDS.15", "FAILED", { Workflow: { Status: "SUPPRESSED" } })],
    "excepted",
  ],
  [
    "the failed resource is gone",
    [...passing("CC9.1"), finding("RDS.15", "FAILED", { RecordState: "ARCHIVED" })],
    "supported",
  ],
  ["a control could not be checked", [...passing("CC9.1", ["RDS.15"]), finding("RDS.15", "NOT_AVAILABLE")], "open"],
  ["there are no findings at all", [], "open"],
] as const)("without guardrails, if %s, it is %s", (_what, findings, verdict) => {
  expect(criterion("CC9.1", { findings }).verdict).toBe(verdict);
});

test("a criterion without technical evidence is left to people", () => {
  expect(criterion("CC1.1", {})).toMatchObject({ verdict: "people", guardrails: [], states: [] });
});

test("the report lists what fails, what is excepted, and what the table does not cover", () => {
  const threat = { ...finding("", "FAILED"), Compliance: undefined, Title: "Someone calls from Tor" };
  const report = assessmentReport(
    assessed({
      findings: [
        finding("RDS.15", "FAILED"),
        finding("S3.22", "FAILED", { Workflow: { Status: "SUPPRESSED" } }),
        threat,
      ],
      exceptions: [EXCEPTION],
    }),
  );
  expect(report).toContain("| CC9.1 | mitigation of disruptions | failing | 0 | 0 of 2 |");
  expect(report).toContain("- CC9.1: control `RDS.15` (HIGH): ");
  expect(report).toContain("- CC7.2: control `S3.22`: 1 suppressed\n");
  expect(report).toContain("exception `OPS-7` until 2026-12-01\n");
  expect(report).toContain("## Other open findings\n\n- HIGH: Someone calls from Tor: `arn:aws:s3:::shop-documents`\n");
  expect(report).toContain("of accounts `111122223333`; the newest is of `2026-11-21T07:00:00Z`");
  expect(report).toContain("AWS has no SOC 2 standard in Security Hub");
});
