/** Creates and updates the comment on a pull request. */
import { z } from "zod";
import { isSameBody } from "./body";
import type { GitHub } from "./client";
import { COMMENT_MARKER, NO_ROOT } from "./comment-text";
import { GitHubError } from "./failure";
import { USER } from "./user";

const COMMENT = z.object({
  id: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: USER.nullable(),
});

type Comment = z.infer<typeof COMMENT>;

export type Kept = { readonly done: "created" | "updated" | "unchanged"; readonly url: string } | undefined;

/**
 * @param text undefined if no root is affected: then only an existing comment is updated
 * @returns undefined if no comment is needed
 */
export async function keepComment(github: GitHub, pullRequest: number, text: string | undefined): Promise<Kept> {
  const comments = await github.all(`${ISSUE}/comments`, { issue_number: pullRequest }, COMMENT);
  const own = await ownComment(github, comments);
  if (own === undefined) {
    if (text === undefined) return undefined;
    const parameters = { issue_number: pullRequest, body: text };
    const { html_url } = await github.request(`POST ${ISSUE}/comments`, parameters, COMMENT);
    return { done: "created", url: html_url };
  }
  const body = text ?? NO_ROOT;
  if (isSameBody(own.body ?? "", body)) return { done: "unchanged", url: own.html_url };
  await github.request(
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: own.id, body },
    COMMENT,
  );
  return { done: "updated", url: own.html_url };
}

const ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}";

/** Everyone can write the marker. Therefore only a comment by a bot or by the token's own user is ours. */
async function ownComment(github: GitHub, comments: readonly Comment[]): Promise<Comment | undefined> {
  const marked = comments.filter(({ body }) => body?.startsWith(COMMENT_MARKER));
  const byBot = marked.find(({ user }) => user?.type === "Bot");
  if (byBot !== undefined || marked.length === 0) return byBot;
  const login = await ownLogin(github);
  return marked.find(({ user }) => user !== null && user.login === login);
}

/** A workflow's token belongs to no user: GitHub returns 403. */
async function ownLogin(github: GitHub): Promise<string | undefined> {
  try {
    return (await github.get("/user", {}, USER)).login;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 403) return undefined;
    throw error;
  }
}
