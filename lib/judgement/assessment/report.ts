/** The assessment as Markdown, for the security review and the auditor. */
import { code, prose } from "../markdown";
import type { AssessedCriterion, Assessment, PlacedFinding } from "./assess";
import { LEFT_OUT } from "./criteria";
import type { ControlState } from "./findings";

export function assessmentReport(assessment: Assessment): string {
  const { day, roots, accounts, newest, criteria, others } = assessment;
  const failing = criteria.filter(({ verdict }) => verdict === "failing");
  const excepted = criteria.filter(({ excused, states }) => excused.length > 0 || states.some(isSuppressed));
  const source =
    newest === null
      ? "no findings: run `aws securityhub get-findings`, and pass its output with `--findings`"
      : `of accounts ${accounts.map(code).join(", ")}; the newest is of ${code(newest)}`;
  return `${[
    "# Technical evidence for SOC 2",
    [`- Day: ${day}`, `- Roots: ${roots.map(code).join(", ")}`, `- Findings of Security Hub: ${source}`].join("\n"),
    "## Criteria",
    criteriaTable(criteria),
    "`failing`: a guardrail is broken or a control fails. `excepted`: an exception or a suppressed finding hides something. `open`: a control has no finding. `supported`: all technical evidence of the table is there. `people`: there is no technical evidence.",
    ...section("Failing", failing.flatMap(failures)),
    ...section("Exceptions", excepted.flatMap(exceptions)),
    ...section("Controls without a finding", criteria.flatMap(withoutFinding)),
    ...section(
      "Other open findings",
      others.map(({ Severity, Title, Resources }) => `${Severity.Label}: ${prose(Title)}: ${idsOf(Resources)}`),
    ),
    "## What this does not cover",
    COVERAGE,
    "## Sources",
    SOURCES,
  ].join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  const different = [...new Set(lines)];
  return different.length === 0 ? [] : [`## ${title}`, different.map((line) => `- ${line}`).join("\n")];
}

function criteriaTable(criteria: readonly AssessedCriterion[]): string {
  const rows = criteria.map(({ id, subject, verdict, guardrails, states, byPeople }) => {
    const passed = states.filter(({ state }) => state === "passed").length;
    return `| ${id} | ${subject} | ${verdict} | ${guardrails.length} | ${passed} of ${states.length} | ${byPeople} |`;
  });
  return [
    "| criterion | subject | technical evidence | guardrails | controls passed | evidence by people |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function failures({ id, broken, states }: AssessedCriterion): string[] {
  return [
    ...broken.map((finding) => `${id}: ${told(finding)}`),
    ...states.flatMap((state) =>
      state.failed.map(
        ({ Severity, Title, Resources }) =>
          `${id}: control ${code(state.id)} (${Severity.Label}): ${prose(Title)}: ${idsOf(Resources)}`,
      ),
    ),
  ];
}

function exceptions({ id, excused, states }: AssessedCriterion): string[] {
  return [
    ...excused.map((finding) => `${id}: ${told(finding)}`),
    ...states.filter(isSuppressed).map((state) => `${id}: control ${code(state.id)}: ${state.suppressed} suppressed`),
  ];
}

function withoutFinding({ id, states }: AssessedCriterion): string[] {
  const none = states.filter(({ state }) => state === "none");
  return none.length === 0 ? [] : [`${id}: ${none.map((state) => code(state.id)).join(", ")}`];
}

function isSuppressed({ suppressed }: ControlState): boolean {
  return suppressed > 0;
}

function told({ root, guardrail, address, got, exception }: PlacedFinding): string {
  const until = exception === undefined ? "" : `, exception ${code(exception.ticket)} until ${exception.expires}`;
  return `guardrail ${code(guardrail)}: ${code(`${root}: ${address}`)}: ${code(got)}${until}`;
}

function idsOf(resources: readonly { readonly Id: string }[]): string {
  return resources.map(({ Id }) => code(Id)).join(", ");
}

const COVERAGE = `- AWS has no SOC 2 standard in Security Hub and no conformance pack for SOC 2 in AWS Config. AWS Audit Manager takes no new customers since 2026-04-30. This table takes their place, and its mapping is our interpretation.
- Technical evidence supports a criterion. It neither fulfils the criterion nor replaces the auditor's opinion.
- An audit of type 2 examines a period. This report shows one day: the archive of findings, the records of applies and the trail cover the period.
- Guardrails judge the source. What only Terraform knows is judged on each plan. What nobody manages with Terraform is judged by Security Hub alone.
- A control without a finding is disabled, or has nothing to check.
- ${LEFT_OUT}
- The column of people names evidence that somebody has to collect.`;

const SOURCES = `- Criteria: [AICPA, 2017 Trust Services Criteria with revised points of focus 2022](https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022)
- Controls: [AWS Foundational Security Best Practices](https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html), [CIS AWS Foundations Benchmark 5.0.0](https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html)
- Guardrails: \`docs/guardrails.md\``;
