/** GitHub's responses for an approved apply: alice wrote the commit, bob reviewed it, and dana started the run. */
import { createHash } from "node:crypto";
import { type Custody, custodyText } from "../../../lib/pipeline/delivery/custody";
import type { GitHubServer } from "../../support/github-server";
import type { Answer, CommandFolder } from "../pipeline/github/command";

export const COMMIT = "a".repeat(40);
export const OTHER = "c".repeat(40);
export const HEAD = "b".repeat(40);

export const user = (login: string) => ({ login, type: login.endsWith("[bot]") ? "Bot" : "User" });

const signed = (name: string) => ({ name, email: `${name}@shop.example`, date: "2026-11-22T08:00:00Z" });

/** A commit as GitHub lists it. @param author null without a GitHub account */
export function commit(
  sha: string,
  author: string | null,
  other: { committer?: string | null; message?: string } = {},
) {
  const { committer = "web-flow", message = "Change it" } = other;
  return {
    sha,
    author: author === null ? null : user(author),
    committer: committer === null ? null : user(committer),
    commit: { message, author: signed(author ?? "nobody"), committer: signed(committer ?? "nobody") },
  };
}

/** Merged as COMMIT. */
export const PULL = {
  number: 7,
  state: "closed",
  merged_at: "2026-11-22T10:00:00Z",
  merge_commit_sha: COMMIT,
  base: { ref: "main" },
  head: { sha: HEAD },
  user: user("alice"),
};

export const REVIEW = {
  state: "APPROVED",
  commit_id: HEAD,
  submitted_at: "2026-11-22T09:00:00Z",
  user: user("bob"),
};

export const RUN = {
  id: 77,
  run_attempt: 1,
  event: "workflow_dispatch",
  actor: user("dana"),
  triggering_actor: user("dana"),
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

export const approvedBy = (...logins: readonly string[]) =>
  logins.map((login) => ({
    state: "approved",
    comment: "",
    environments: [{ id: 1, name: "shop-prod" }],
    user: user(login),
  }));

/** The environment's reviewers. */
export const reviewedBy = (users: readonly string[], ...teams: readonly string[]) => ({
  name: "shop-prod",
  protection_rules: [
    { type: "branch_policy" },
    {
      type: "required_reviewers",
      reviewers: [
        ...users.map((login) => ({ type: "User", reviewer: user(login) })),
        ...teams.map((slug) => ({ type: "Team", reviewer: { slug } })),
      ],
    },
  ],
});

/** COMMIT is a squash of pull request #7; OTHER was pushed to main by alice. */
export function answer(server: GitHubServer): void {
  server.authors = {};
  server.refusals = {
    "GET /branches/main/protection": { status: 403, message: "Resource not accessible by integration" },
  };
  server.answers = {
    [`/commits/${COMMIT}`]: commit(COMMIT, "alice", { message: "Change it (#7)" }),
    [`/commits/${COMMIT}/pulls`]: [PULL],
    [`/commits/${OTHER}`]: commit(OTHER, "alice", { committer: "alice" }),
    [`/commits/${OTHER}/pulls`]: [],
    "/pulls/7/commits": [commit(HEAD, "alice", { committer: "alice", message: "Start it" })],
    "/pulls/7/reviews": [REVIEW],
    "/actions/runs/77": RUN,
    "/actions/runs/77/approvals": approvedBy("bob"),
    "/environments/shop-prod": reviewedBy(["alice", "bob"]),
    [`/compare/main...${COMMIT}`]: { status: "behind", ahead_by: 0, behind_by: 3 },
    "/rules/branches/main": RULES,
    "/rulesets/42": { id: 42, name: "main", source: "shop/infra", enforcement: "active" },
    "/collaborators": [user("alice"), user("bob"), user("deployer[bot]")],
    "/collaborators/bob/permission": { permission: "write", role_name: "write" },
    "/collaborators/alice/permission": { permission: "admin", role_name: "admin" },
    "/collaborators/eve/permission": { permission: "read", role_name: "read" },
  };
}

const PLACE = `approval of environments/shop/prod at ${COMMIT}: refused\n`;

/** The result of the command with exactly these reasons, one line each. */
export const refused = (...reasons: readonly string[]) => ({
  exitCode: 1,
  stdout: "",
  stderr: `${PLACE}${reasons.map((reason) => `  ${reason}\n`).join("")}`,
});

/** Runs the command for a plan with these commits. It writes approval.json if the apply is approved. */
export function runApproval(
  folder: CommandFolder,
  server: GitHubServer,
  mode: string,
  commits: readonly string[] = [COMMIT],
  ...more: readonly string[]
): Promise<Answer> {
  const { text, digest } = custodyOf(commits);
  const args = ["--custody", folder.write("custody.json", text), "--digest", digest, "--mode", mode];
  const out = ["--environment", "shop-prod", "--out", "approval.json"];
  return folder.run(["approval", ...args, ...out, ...more], server.environment);
}

/** The custody.json of a plan with these commits, and its SHA-256. */
function custodyOf(commits: readonly string[]): { readonly text: string; readonly digest: string } {
  const custody: Custody = {
    format: 1,
    root: "environments/shop/prod",
    commit: COMMIT,
    lastApply: null,
    commits: [...commits],
    planSha256: "1".repeat(64),
    treeSha256: "2".repeat(64),
    state: { lineage: null, serial: 0 },
    terraform: "1.11.4",
    providers: {},
    plannedAt: "2026-11-22T10:05:00.000Z",
  };
  const text = custodyText(custody);
  return { text, digest: createHash("sha256").update(text).digest("hex") };
}
