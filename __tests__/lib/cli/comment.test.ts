import { COMMENT_MARKER } from "../../../lib/pipeline/github/comment-text";
import { BOT } from "../../support/github-server";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";

jest.setTimeout(60_000);

const folder = new CommandFolder();
const server = runningGitHub();

beforeEach(() => {
  Object.assign(server, { user: undefined, comments: [], refusals: {}, writes: [], reads: [] });
});

const summary = (root: string, mark: string, counts: string, more = "") =>
  folder.write(`${root.replace("/", "-")}.md`, `## ${root} ${mark}\n\n${counts}\n${more}`);
const refused = summary("shop/prod", "⛔ is refused", "1 to delete.", "\n### Refused\n\n- the database\n");
const waiting = summary("shop/stage", "✋ needs approval: security", "1 to change.");
const changed = summary("shop/dev", "✅ passes", "2 to add.");
const same = summary("billing/dev", "✅ passes", "Nothing to change.");
const comment = (...args: string[]) => folder.run(["comment", "--pull-request", "5", ...args], server.environment);
const bodies = () => server.comments.map(({ body }) => body);

const EXPECTED = `${COMMENT_MARKER}

**Roots: 1 refused, 1 not planned, 1 need approval, 1 with changes, 1 without changes, 1 removed**

⛔ Not planned, changes unknown: \`shop/dr\`.

Removed from the tree; their resources still exist and are no longer managed: \`shop/old\`.

## shop/prod ⛔ is refused

1 to delete.

### Refused

- the database

## shop/stage ✋ needs approval: security

1 to change.

## shop/dev ✅ passes

2 to add.

✅ No changes: \`billing/dev\`.`;

test("one comment lists all roots, refused ones first; it is created, left unchanged and updated", async () => {
  const all = [same, changed, refused, waiting, "--removed", "environments/shop/old"];
  const expected = ["--root", "environments/shop/dr", "--root", "environments/shop/prod"];
  expect(await comment(...all, ...expected)).toEqual({
    exitCode: 0,
    stdout: "comment created: https://github.example/shop/infra/pull/5#issuecomment-100\n",
    stderr: "",
  });
  expect(bodies()).toEqual([EXPECTED]);
  expect(await comment(...all, ...expected)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^comment unchanged: /),
  });
  expect(server.writes).toHaveLength(1);
  expect(await comment(changed)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^comment updated: /) });
  expect(bodies()).toEqual([`${COMMENT_MARKER}\n\n**Roots: 1 with changes**\n\n## shop/dev ✅ passes\n\n2 to add.`]);
  expect([...server.tokens]).toEqual(["token the-token"]);
});

test("if no root is affected, an existing comment is updated and no comment is created", async () => {
  expect(await comment()).toMatchObject({
    exitCode: 0,
    stdout: "no root is affected, and there is no comment to update\n",
  });
  expect(server.writes).toEqual([]);
  await comment(changed);
  expect(await comment()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^comment updated: /) });
  expect(bodies()).toEqual([`${COMMENT_MARKER}\n\nThis pull request affects no root: there is nothing to plan.`]);
});

test("a comment of another person is never overwritten, whatever its text", async () => {
  server.comment(`${COMMENT_MARKER}\n\nAll is well.`, { login: "mallory", type: "User" });
  server.comment(`Look: ${COMMENT_MARKER}`, BOT);
  server.comment(`${COMMENT_MARKER}\n\nOf somebody who left.`, null);
  const before = bodies();
  await comment(changed);
  expect(bodies().slice(0, 3)).toEqual(before);
  expect(server.writes.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /issues/5/comments"]);
});

test("with the token of a person, the person's own comment is updated", async () => {
  server.user = { login: "dana", type: "User" };
  server.comment(`${COMMENT_MARKER}\n\nOf mallory.`, { login: "mallory", type: "User" });
  server.comment(`${COMMENT_MARKER}\n\nOf dana.`, server.user);
  await comment(changed);
  expect(server.writes.map(({ method, path }) => `${method} ${path}`)).toEqual(["PATCH /issues/comments/101"]);
});

test("the comment is found after hundreds of others", async () => {
  for (let i = 0; i < 250; i++) server.comment(`Comment ${i}.`, { login: "dana", type: "User" });
  server.comment(`${COMMENT_MARKER}\n\nOld.`, BOT);
  await comment(changed);
  expect(server.writes.map(({ path }) => path)).toEqual(["/issues/comments/350"]);
  expect(server.reads).toEqual(
    [1, 2, 3].map((page) => `/issues/5/comments?per_page=100${page > 1 ? `&page=${page}` : ""}`),
  );
});

test("a comment stays within GitHub's limit, names the missing roots and links to the page of the run", async () => {
  const long = Array.from({ length: 1_500 }, (_, i) => `- line ${i} of a summary that is long`).join("\n");
  const files = ["prod", "stage", "dev"].map((name) =>
    summary(`long/${name}`, "⛔ is refused", "1 to delete.", `\n${long}\n`),
  );
  expect(await comment(...files)).toMatchObject({ exitCode: 0, stderr: "" });
  const [body = ""] = bodies();
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toMatch(
    /\n… and \d+ more lines, which the plan itself shows\.\n\n⛔ `long\/dev`\n\nGitHub's length limit/,
  );
  expect(body).toContain("(https://github.example/shop/infra/actions/runs/77)");
});

describe("exit code 1 with one line:", () => {
  test.each([
    [
      "a token without write permission",
      {
        status: 403,
        message: "Resource not accessible by integration",
        headers: { "x-accepted-github-permissions": "pull_requests=write" },
      },
      "403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission: pull_requests=write",
    ],
    [
      "an exceeded rate limit",
      {
        status: 403,
        message: "API rate limit exceeded",
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000000" },
      },
      "403 rate limit; try again after 2027-01-15T08:00:00.000Z",
    ],
    [
      "an exceeded secondary rate limit",
      { status: 429, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "60" } },
      "429 rate limit; try again in 60 seconds",
    ],
    [
      "an invalid token",
      { status: 401, message: "Bad credentials" },
      "401 Bad credentials; GITHUB_TOKEN is invalid or has expired",
    ],
  ])("%s", async (_, refusal, told) => {
    server.refusals["POST /issues/5/comments"] = refusal;
    expect(await comment(changed)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `GitHub: POST /repos/shop/infra/issues/5/comments: ${told}\n`,
    });
  });

  test("a pull request that does not exist", async () => {
    server.refusals["GET /issues/5/comments"] = { status: 404, message: "Not Found" };
    expect(await comment(changed)).toMatchObject({
      exitCode: 1,
      stderr:
        "GitHub: GET /repos/shop/infra/issues/5/comments: 404 Not Found; it does not exist, or GITHUB_TOKEN has no access to it\n",
    });
  });

  test("no connection to GitHub", async () => {
    const { exitCode, stderr } = await folder.run(["comment", "--pull-request", "5", changed], {
      ...server.environment,
      GITHUB_API_URL: "http://127.0.0.1:9",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^GitHub: GET \/repos\/shop\/infra\/issues\/5\/comments: got no response: .+\n$/);
  });
});

describe("exit code 2:", () => {
  test("a file that is not a summary", async () => {
    const file = folder.write("other.md", "# Something else\n");
    expect(await comment(file)).toMatchObject({
      exitCode: 2,
      stderr: `${file}\n  first line: got "# Something else"; allowed: ## <root> <decision>, as \`groundplan gate --summary\` writes it\n`,
    });
  });

  test("a file that does not exist", async () => {
    expect(await comment("nothing.md")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^\/.*\/nothing\.md\n {2}got no such file; allowed: a file that `groundplan gate --summary` has written\n$/,
      ),
    });
  });

  test("a pull request without a number", async () => {
    expect(await folder.run(["comment", "--pull-request", "main"], server.environment)).toMatchObject({
      exitCode: 2,
      stderr:
        "error: option '--pull-request <number>' argument 'main' is invalid. Allowed: the number of a pull request.\n",
    });
  });

  test("missing and invalid environment variables, without the token", async () => {
    const environment = { ...server.environment, GITHUB_REPOSITORY: "shop", GITHUB_TOKEN: "two words" };
    expect(await folder.run(["comment", "--pull-request", "5", changed], environment)).toMatchObject({
      exitCode: 2,
      stderr:
        "environment variables\n  GITHUB_REPOSITORY: got an invalid value, which is not shown; allowed: <owner>/<repository>\n",
    });
    expect(
      await folder.run(["drift-issues", folder.write("r.json", REPORT)], { ...environment, GITHUB_REPOSITORY: "" }),
    ).toMatchObject({
      exitCode: 2,
      stderr:
        "environment variables\n  GITHUB_REPOSITORY: got no value; allowed: <owner>/<repository>\n  GITHUB_TOKEN: got an invalid value, which is not shown; allowed: a token for this repository\n",
    });
  });
});

const REPORT = '{ "format": 1, "root": "environments/shop/dev", "outcome": "none", "changes": [] }';
