/** Opens, updates and closes the issues of a repository for the drift reports of its roots. */
import { z } from "zod";
import { rootName } from "../../terraform/roots";
import type { GitHub } from "./client";
import type { DriftReport } from "./drift";
import { DRIFT_LABEL, type Issue, type IssueStep, isAbout, stepsFor } from "./drift-issue";

const NUMBERED = z.object({ number: z.number() });
/** GitHub's list of issues contains pull requests, too. */
const ISSUE = NUMBERED.extend({ title: z.string(), body: z.string().nullish(), pull_request: z.unknown().optional() });

/** @param print is called with one line for each root */
export async function keepIssues(
  github: GitHub,
  reports: readonly DriftReport[],
  print: (line: string) => void,
): Promise<void> {
  const found = await github.all("/repos/{owner}/{repo}/issues", { labels: DRIFT_LABEL, state: "open" }, ISSUE);
  const issues = found
    .filter(({ pull_request }) => pull_request === undefined)
    .map(({ number, title, body }): Issue => ({ number, title, body: body ?? "" }))
    .sort((a, b) => a.number - b.number);
  for (const report of reports) {
    const open = issues.find(({ body }) => isAbout(body, report.root));
    const steps = stepsFor(report, open);
    const done: string[] = [];
    for (const step of steps) done.push(await take(github, step));
    const otherwise = open === undefined ? "no issue" : `#${open.number} unchanged`;
    print(`${rootName(report.root)}: ${done.join(", ") || otherwise}`);
  }
}

const ONE = "/repos/{owner}/{repo}/issues/{issue_number}";

async function take(github: GitHub, step: IssueStep): Promise<string> {
  switch (step.do) {
    case "open": {
      const { title, body } = step;
      const parameters = { title, body, labels: [DRIFT_LABEL] };
      const { number } = await github.request("POST /repos/{owner}/{repo}/issues", parameters, NUMBERED);
      return `#${number} opened`;
    }
    case "edit":
      await github.request(`PATCH ${ONE}`, { issue_number: step.number, title: step.title, body: step.body }, NUMBERED);
      return `#${step.number} edited`;
    case "comment":
      await github.request(`POST ${ONE}/comments`, { issue_number: step.number, body: step.body }, z.unknown());
      return `comment on #${step.number} added`;
    case "close":
      await github.request(
        `PATCH ${ONE}`,
        { issue_number: step.number, state: "closed", state_reason: "completed" },
        NUMBERED,
      );
      return `#${step.number} closed`;
  }
}
