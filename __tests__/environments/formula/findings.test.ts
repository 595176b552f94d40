/** Findings of all accounts, and of images, reach people. */
import { accounts } from "../../../environments/common/accounts";
import { organization } from "../../../environments/formula/organization";
import { documentOf } from "../../../lib/judgement/guardrails/policies";
import { matches } from "../../support/event-pattern";
import { findingEvent } from "../../support/finding";
import { configurationOf } from "./roots";

/** Patterns of the rules of a call. */
function patternsOf(root: string, call: string): unknown[] {
  return configurationOf(root)
    .of("aws_cloudwatch_event_rule")
    .filter(({ address }) => address.startsWith(`module.${call}.`))
    .map(({ values }) => documentOf(values.event_pattern ?? null));
}

test("the security account reports the findings of every account", () => {
  const [pattern] = patternsOf("accounts/formula-security", "findings_alerts");
  const members = Object.values(accounts).filter(({ name }) => name in organization.accounts);
  const ids = [accounts.formulaManagement, ...members].map(({ id }) => id);
  expect(ids).toHaveLength(6);
  for (const AwsAccountId of ids) expect(matches(pattern, findingEvent({ AwsAccountId }))).toBe(true);
});

test.each(["dev", "staging", "prod", "dr", "sanitisation"])(
  "%s reports vulnerabilities of each image that is pushed",
  (name) => {
    const root = `environments/formula/${name}`;
    const [pattern] = patternsOf(root, "scan_alerts");
    const repositories = configurationOf(root).of("aws_ecr_repository");
    expect(repositories.length).toBeGreaterThan(0);
    for (const { values } of repositories) {
      const detail = {
        "repository-name": values.name,
        "scan-status": "COMPLETE",
        "finding-severity-counts": { CRITICAL: 1 },
      };
      expect(matches(pattern, { source: "aws.ecr", "detail-type": "ECR Image Scan", detail })).toBe(true);
    }
  },
);
