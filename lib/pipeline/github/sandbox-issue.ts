/** The issue about sandboxes of a root that should be gone, and are not. */
import { z } from "zod";
import { code, prose } from "../../judgement/markdown";
import { isSameBody } from "./body";
import type { GitHub } from "./client";

/** The issues are found by this label and the marker in their text. */
const LABEL = "sandbox";

const NUMBERED = z.object({ number: z.number() });
const ISSUE = NUMBERED.extend({ body: z.string().nullish(), pull_request: z.unknown().optional() });

export interface LeftSandbox {
  readonly name: string;
  readonly problem: string;
}

/**
 * Opens, updates or closes the issue of the root.
 * @param root `shop/sandbox`
 * @returns what was done, in words
 */
export async function keepSandboxIssue(github: GitHub, root: string, left: readonly LeftSandbox[]): Promise<string> {
  const marker = `<!-- groundplan sandboxes of ${root} -->`;
  const issues = await github.all("/repos/{owner}/{repo}/issues", { labels: LABEL, state: "open" }, ISSUE);
  const open = issues.find(({ body, pull_request }) => pull_request === undefined && body?.includes(marker));
  if (left.length === 0) {
    if (open === undefined) return "no issue";
    const closed = { issue_number: open.number, state: "closed", state_reason: "completed" };
    await github.request(`PATCH ${ONE}`, closed, NUMBERED);
    return `#${open.number} closed`;
  }
  const body = bodyOf(marker, root, left);
  if (open === undefined) {
    const title = `${root}: sandboxes that could not be destroyed`;
    const { number } = await github.request(
      "POST /repos/{owner}/{repo}/issues",
      { title, body, labels: [LABEL] },
      NUMBERED,
    );
    return `#${number} opened`;
  }
  if (isSameBody(open.body ?? "", body)) return `#${open.number} unchanged`;
  await github.request(`PATCH ${ONE}`, { issue_number: open.number, body }, NUMBERED);
  return `#${open.number} edited`;
}

const ONE = "/repos/{owner}/{repo}/issues/{issue_number}";

function bodyOf(marker: string, root: string, left: readonly LeftSandbox[]): string {
  return [
    marker,
    `Sandboxes of ${code(root)} that are past their end and still have resources, or whose end is not known. The nightly sweep updates this list, and closes the issue when it is empty.`,
    left.map(({ name, problem }) => `- ${code(name)}: ${prose(problem)}`).join("\n"),
  ].join("\n\n");
}
