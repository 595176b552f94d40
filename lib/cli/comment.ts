/** `groundplan comment`: creates and updates one comment on a pull request with the gate's summary of each affected root. */
import type { Command } from "commander";
import { withGitHub } from "../pipeline/github/client";
import { keepComment } from "../pipeline/github/comment";
import { commentText } from "../pipeline/github/comment-text";
import { runPage } from "../pipeline/github/context";
import { readSummary } from "../pipeline/github/summaries";
import { rootName } from "../terraform";
import { allFromCaller } from "./caller.cjs";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly pullRequest: number;
  readonly root: readonly string[];
  readonly removed: readonly string[];
}

export function add(program: Command): void {
  program
    .command("comment")
    .description("create or update one comment on a pull request with the summaries of the gate")
    .argument(
      "[summaries...]",
      "files that `groundplan gate --summary` wrote; none if no root is affected",
      allFromCaller,
    )
    .requiredOption(
      "--pull-request <number>",
      "number of the pull request",
      wholeNumber("the number of a pull request"),
    )
    .option("--root <root>", "root that needs a summary; the comment reports a missing one; repeatable", more, [])
    .option("--removed <root>", "root that the pull request removes; repeatable", more, [])
    .action(comment);
}

async function comment(files: readonly string[], { pullRequest, root, removed }: Options): Promise<void> {
  const summaries = files.map(readSummary);
  const planned = new Set(summaries.map((summary) => summary.root));
  const unplanned = [...new Set(root.map(rootName))].filter((name) => !planned.has(name));
  const text = commentText({ summaries, unplanned, removed: removed.map(rootName), runPage: runPage() });
  await withGitHub(async (github) => {
    const kept = await keepComment(github, pullRequest, text);
    console.log(
      kept === undefined
        ? "no root is affected, and there is no comment to update"
        : `comment ${kept.done}: ${kept.url}`,
    );
  });
}

function more(text: string, given: readonly string[]): string[] {
  return [...given, text];
}
