import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { APPROVAL_RECORD } from "../../../lib/github/approval";
import { GitHubServer } from "../../github-server";
import { CommandFolder } from "../github/command";

jest.setTimeout(60_000);

const folder = new CommandFolder();
const server = new GitHubServer();
const COMMIT = "a".repeat(40);
const HEAD = "b".repeat(40);
const user = (login: string) => ({ login, type: login.endsWith("[bot]") ? "Bot" : "User" });

const PULL = {
  number: 7,
  state: "closed",
  merged_at: "2026-11-22T10:00:00Z",
  merge_commit_sha: COMMIT,
  base: { ref: "main" },
  head: { sha: HEAD },
  user: user("alice"),
};
const ENVIRONMENT_APPROVAL = {
  state: "approved",
  comment: "Ship it.",
  environments: [{ id: 1, name: "shop-prod" }],
  user: user("bob"),
};
const RULES = [
  {
    type: "pull_request",
    ruleset_id: 42,
    parameters: {
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: true,
      required_approving_review_count: 1,
    },
  },
];
const RUN = { id: 77, run_attempt: 1, actor: user("dana"), triggering_actor: user("dana") };
const REVIEW = { state: "APPROVED", commit_id: HEAD, submitted_at: "2026-11-22T09:00:00Z", user: user("bob") };

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  rmSync(path.join(folder.folder, "approval.json"), { force: true });
  server.refusals = {
    "GET /branches/main/protection": { status: 403, message: "Resource not accessible by integration" },
  };
  server.answers = {
    [`/commits/${COMMIT}/pulls`]: [PULL],
    [`/commits/${COMMIT}`]: { sha: COMMIT, author: user("alice") },
    "/actions/runs/77": RUN,
    "/pulls/7/commits": [{ sha: HEAD, author: user("alice"), committer: user("web-flow") }],
    "/actions/runs/77/approvals": [ENVIRONMENT_APPROVAL],
    [`/compare/main...${COMMIT}`]: { status: "behind", ahead_by: 0, behind_by: 3 },
    "/rules/branches/main": RULES,
    "/rulesets/42": { id: 42, name: "main", source: "shop/infra", enforcement: "active" },
    "/pulls/7/reviews": [REVIEW],
    "/collaborators/bob/permission": { permission: "write", role_name: "write" },
    "/collaborators/eve/permission": { permission: "read", role_name: "read" },
  };
});

const approval = (mode: string, ...more: string[]) =>
  folder.run(
    ["approval", "--commit", COMMIT, "--mode", mode, "--environment", "shop-prod", "--out", "approval.json", ...more],
    server.environment,
  );
const record = () => APPROVAL_RECORD.parse(JSON.parse(folder.read("approval.json")));
const refused = (reason: string) => ({ exitCode: 1, stdout: "", stderr: `approval of ${COMMIT}: ${reason}\n` });
const wroteNothing = () => expect(existsSync(path.join(folder.folder, "approval.json"))).toBe(false);

describe("the reviewers of an environment", () => {
  test("are recorded with what they wrote, and with who wrote and who set off what they approved", async () => {
    expect(await approval("environment")).toEqual({ exitCode: 0, stdout: "approved by bob\n", stderr: "" });
    expect(record()).toEqual({
      format: 1,
      mode: "environment",
      commit: COMMIT,
      environment: "shop-prod",
      approvers: [{ login: "bob", at: null, comment: "Ship it." }],
      author: "alice",
      writers: ["alice"],
      dispatcher: "dana",
      approvals: [],
      pullRequest: 7,
      run: 77,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  test.each([
    ["alice", "alice approved, who wrote the change"],
    ["Dana", "Dana approved, who set the run off"],
    ["deployer[bot]", "deployer[bot] approved, who is a program"],
  ])("do not count where it is %s", async (login, reason) => {
    server.answers["/actions/runs/77/approvals"] = [{ ...ENVIRONMENT_APPROVAL, user: user(login) }];
    expect(await approval("environment")).toEqual(refused(reason));
    wroteNothing();
  });

  test.each([
    ["alice", "alice approved, who wrote the change"],
    ["dana", "dana approved, who set the run off"],
  ])(
    "do not count where %s approved as well: GitHub does not tell which of them let the job go on",
    async (login, reason) => {
      server.answers["/actions/runs/77/approvals"] = [
        ENVIRONMENT_APPROVAL,
        { ...ENVIRONMENT_APPROVAL, user: user(login) },
      ];
      expect(await approval("environment")).toEqual(refused(reason));
      wroteNothing();
    },
  );

  test("count beside a program's", async () => {
    server.answers["/actions/runs/77/approvals"] = [
      { ...ENVIRONMENT_APPROVAL, user: user("deployer[bot]") },
      ENVIRONMENT_APPROVAL,
    ];
    expect(await approval("environment")).toMatchObject({ exitCode: 0, stdout: "approved by bob\n" });
  });

  test("do not count where they made the commit that somebody else wrote, and no pull request brought", async () => {
    server.answers[`/commits/${COMMIT}/pulls`] = [{ ...PULL, merge_commit_sha: HEAD }];
    server.answers[`/commits/${COMMIT}`] = { sha: COMMIT, author: user("alice"), committer: user("bob") };
    expect(await approval("environment")).toEqual(refused("bob approved, who wrote the change"));
  });

  test("have to have approved this environment", async () => {
    server.answers["/actions/runs/77/approvals"] = [
      { ...ENVIRONMENT_APPROVAL, environments: [{ name: "shop-stage" }] },
      { ...ENVIRONMENT_APPROVAL, state: "rejected" },
    ];
    expect(await approval("environment")).toEqual(refused("nobody approved environment shop-prod in this run"));
  });

  test("do not count where nobody knows who wrote the commit", async () => {
    server.answers[`/commits/${COMMIT}/pulls`] = [];
    server.answers[`/commits/${COMMIT}`] = { sha: COMMIT, author: null };
    expect(await approval("environment")).toEqual(
      refused("GitHub knows no user who wrote the commit, so nobody can tell whether somebody else approved it"),
    );
  });
});

describe("code owners", () => {
  test("are recorded with the time of their review, and with who dispatched the apply", async () => {
    expect(await approval("codeowners")).toMatchObject({ exitCode: 0, stdout: "approved by bob\n" });
    expect(record()).toMatchObject({
      mode: "codeowners",
      approvers: [{ login: "bob", at: "2026-11-22T09:00:00Z" }],
      author: "alice",
      dispatcher: "dana",
      pullRequest: 7,
    });
  });

  test("are recorded beside what who dispatched the apply has approved by naming it", async () => {
    const named = ["--approved=security", "--approved", "data"];
    expect(await approval("codeowners", ...named)).toMatchObject({ exitCode: 0 });
    expect(record()).toMatchObject({ dispatcher: "dana", approvals: ["security", "data"] });
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "an apply that the author started",
      { "/actions/runs/77": { ...RUN, actor: user("Alice"), triggering_actor: user("Alice") } },
      "Alice set the run off, who wrote the change",
    ],
    [
      "an apply that who wrote a commit of it started",
      { "/pulls/7/commits": [{ author: user("dana"), committer: user("web-flow") }] },
      "dana set the run off, who wrote the change",
    ],
    [
      "a commit that is not on main",
      { [`/compare/main...${COMMIT}`]: { status: "diverged" } },
      "the commit is not on main",
    ],
    [
      "a commit that was pushed",
      { [`/commits/${COMMIT}/pulls`]: [{ ...PULL, merged_at: null }] },
      "the commit came to main without a pull request",
    ],
    [
      "an approval by somebody who may only read",
      { "/pulls/7/reviews": [{ ...REVIEW, user: user("eve") }] },
      "nobody approved pull request #7",
    ],
    [
      "a main that asks for no code owner",
      { "/rules/branches/main": [] },
      "main asks for no review by code owners, as far as can be read: GitHub: GET /repos/shop/infra/branches/main/protection: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission",
    ],
  ])("%s is refused", async (_, answers, reason) => {
    Object.assign(server.answers, answers);
    expect(await approval("codeowners")).toEqual(refused(reason));
    wroteNothing();
  });
});

describe.each(["environment", "codeowners"])("in the mode %s", (mode) => {
  test.each([
    ["wrote a commit", { author: user("bob"), committer: user("web-flow") }],
    ["made a commit of somebody without a user", { author: null, committer: user("bob") }],
    ["made a commit of somebody without an address", { author: {}, committer: user("bob") }],
  ])("who %s of the pull request does not count", async (_did, commit) => {
    server.answers["/pulls/7/commits"] = [{ author: user("alice"), committer: user("alice") }, commit];
    const did = mode === "environment" ? "wrote the change" : "wrote it";
    expect(await approval(mode)).toEqual(refused(`bob approved, who ${did}`));
    wroteNothing();
  });

  test("a run that was started again is refused", async () => {
    server.answers["/actions/runs/77"] = { ...RUN, run_attempt: 2 };
    const reason = "start a new run: approvals of an earlier attempt were of another plan";
    expect(await approval(mode)).toEqual(refused(reason));
    wroteNothing();
  });

  test("a pull request of more commits than GitHub lists is refused", async () => {
    server.answers["/pulls/7/commits"] = Array.from({ length: 250 }, () => ({
      author: user("alice"),
      committer: null,
    }));
    expect(await approval(mode)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "GitHub: pull request #7 has 250 commits or more: GitHub does not tell who wrote the rest\n",
    });
  });
});

test("where reviewers approve, nobody approves by naming it", async () => {
  expect(await approval("environment", "--approved", "data")).toMatchObject({
    exitCode: 2,
    stderr: "approval\n  approved: got data; allowed: none in mode environment, where reviewers approve\n",
  });
});

test("what GitHub refuses is one line and exit code 1", async () => {
  server.refusals["GET /actions/runs/77/approvals"] = {
    status: 403,
    message: "Resource not accessible by integration",
  };
  expect(await approval("environment")).toMatchObject({
    exitCode: 1,
    stderr:
      "GitHub: GET /repos/shop/infra/actions/runs/77/approvals: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
  });
  server.answers[`/commits/${COMMIT}/pulls`] = [{ number: "7" }];
  const { exitCode, stderr } = await approval("environment");
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^GitHub: GET \/repos\/\{owner\}\/\{repo\}\/commits.*: an answer that is not understood: number: /,
  );
});

test("a short commit is a wrong use: it could become another one", async () => {
  expect(await approval("environment", "--commit", "abc1234")).toMatchObject({
    exitCode: 2,
    stderr:
      "error: option '--commit <sha>' argument 'abc1234' is invalid. Allowed: a commit's 40 hexadecimal digits.\n",
  });
});
