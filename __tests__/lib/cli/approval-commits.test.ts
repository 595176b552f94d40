/** Who stands behind a commit, whichever way it came to main. Bob approves each run. */
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { GitHubServer } from "../../support/github-server";
import { CommandFolder } from "../pipeline/github/command";
import { answer, COMMIT, commit, HEAD, OTHER, PULL, REVIEW, refused, runApproval, user } from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = new GitHubServer();

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  answer(server);
  delete server.answers["/environments/shop-prod"];
});

const approval = (commits: readonly string[] = [COMMIT]) => runApproval(folder, server, "environment", commits);
const recorded = async (commits?: readonly string[]) => {
  expect(await approval(commits)).toMatchObject({ exitCode: 0, stderr: "" });
  return APPROVAL_RECORD.parse(JSON.parse(folder.read("approval.json"))).commits;
};
const own = (sha: string, why: string) =>
  refused(`commit ${sha}: bob wrote it and approved the run, and nobody else's review counts: ${why}`);
const reviewedBy = (...logins: readonly string[]) => {
  server.answers["/pulls/7/reviews"] = logins.map((login) => ({ ...REVIEW, user: user(login) }));
};

describe("a squash", () => {
  test.each([
    ["wrote a commit", commit(HEAD, "bob")],
    ["made a commit of somebody whom GitHub does not know", commit(HEAD, null, { committer: "bob" })],
  ])("is written by whoever %s of its pull request", async (_, second) => {
    server.answers["/pulls/7/commits"] = [commit(OTHER, "alice"), second];
    expect(await approval()).toEqual(own(COMMIT, "bob wrote the commit and approved pull request #7"));
  });

  test("is written by who opened its pull request", async () => {
    server.answers[`/commits/${COMMIT}/pulls`] = [{ ...PULL, user: user("bob") }];
    expect(await approval()).toEqual(own(COMMIT, "bob wrote the commit and approved pull request #7"));
  });

  test("is written by people on any page of its pull request's commits", async () => {
    const commits = Array.from({ length: 150 }, (_, i) => commit(String(i).padStart(40, "0"), "alice"));
    server.answers["/pulls/7/commits"] = [...commits, commit(HEAD, "bob")];
    expect(await approval()).toEqual(own(COMMIT, "bob wrote the commit and approved pull request #7"));
  });

  test("of a pull request of more commits than GitHub lists is refused", async () => {
    server.answers["/pulls/7/commits"] = Array.from({ length: 250 }, () => commit(HEAD, "alice"));
    expect(await approval()).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "GitHub: pull request #7 has 250 commits or more: GitHub does not tell who wrote the rest\n",
    });
  });
});

test("a commit of a pull request of more commits than GitHub lists is reviewed where it is listed", async () => {
  const commits = Array.from({ length: 250 }, (_, i) => commit(String(i).padStart(40, "0"), "alice"));
  const [first = commit(HEAD, "alice")] = commits;
  Object.assign(server.answers, {
    [`/commits/${first.sha}`]: first,
    [`/commits/${first.sha}/pulls`]: [PULL],
    "/pulls/7/commits": commits,
  });
  expect(await recorded([first.sha])).toMatchObject([{ writers: ["alice"], reviewers: [{ login: "bob" }] }]);
});

describe("two people who wrote a commit each in one pull request", () => {
  const [first, second] = [commit(OTHER, "alice"), commit(HEAD, "bob")];

  beforeEach(() => {
    Object.assign(server.answers, {
      [`/commits/${OTHER}`]: first,
      [`/commits/${HEAD}`]: second,
      [`/commits/${OTHER}/pulls`]: [PULL],
      [`/commits/${HEAD}/pulls`]: [PULL],
      "/pulls/7/commits": [first, second],
    });
  });

  test("are enough where each is merged as it was, and one reviewed what the other wrote", async () => {
    reviewedBy("alice");
    expect(await recorded([OTHER, HEAD])).toMatchObject([
      { writers: ["alice"], reviewers: [] },
      { writers: ["bob"], reviewers: [{ login: "alice" }] },
    ]);
  });

  test("are not enough without that review", async () => {
    reviewedBy();
    expect(await approval([OTHER, HEAD])).toEqual(own(HEAD, "nobody approved pull request #7"));
  });

  test("are enough where a rebase gave their commits other ids, and the committer that merged them", async () => {
    const rebased = { ...second, sha: COMMIT, committer: user("alice") };
    Object.assign(server.answers, { [`/commits/${COMMIT}`]: rebased, [`/commits/${COMMIT}/pulls`]: [PULL] });
    reviewedBy("alice");
    expect(await recorded([COMMIT])).toMatchObject([{ writers: ["bob"], reviewers: [{ login: "alice" }] }]);
  });
});

test("a commit of two pull requests is reviewed in either of them, and reviews are read page by page", async () => {
  const written = commit(OTHER, "bob");
  const comments = Array.from({ length: 120 }, () => ({ ...REVIEW, state: "COMMENTED", user: user("eve") }));
  Object.assign(server.answers, {
    [`/commits/${OTHER}`]: written,
    [`/commits/${OTHER}/pulls`]: [PULL, { ...PULL, number: 8, user: user("bob") }],
    "/pulls/7/commits": [written],
    "/pulls/8/commits": [written],
    "/pulls/7/reviews": [],
    "/pulls/8/reviews": [...comments, { ...REVIEW, user: user("alice") }],
  });
  expect(await recorded([OTHER])).toMatchObject([{ reviewers: [{ login: "alice", pullRequest: 8 }] }]);
});

test.each<[string, object]>([
  ["did not bring it", PULL],
  ["is not merged", { ...PULL, merged_at: null, merge_commit_sha: OTHER }],
  ["was merged into another branch", { ...PULL, base: { ref: "release" }, merge_commit_sha: OTHER }],
])("the review of a pull request that %s is none of a commit", async (_, pullRequest) => {
  Object.assign(server.answers, {
    [`/commits/${OTHER}`]: commit(OTHER, "bob"),
    [`/commits/${OTHER}/pulls`]: [pullRequest],
  });
  reviewedBy("alice");
  expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request brought it to main"));
});

test("who made a commit that somebody else wrote has written it as well", async () => {
  server.answers[`/commits/${OTHER}`] = commit(OTHER, "alice", { committer: "bob" });
  expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request brought it to main"));
});

describe("a co-author", () => {
  const coAuthored = (...coAuthors: readonly string[]) => {
    const message = `Change it\n\n${coAuthors.map((one) => `Co-authored-by: ${one}\n`).join("")}`;
    server.answers[`/commits/${OTHER}`] = commit(OTHER, "alice", { message });
  };

  test.each([
    ["by the address that GitHub gave to the account", "Bob <5+bob@users.noreply.github.com>"],
    ["by such an address of an account that has another login now", "Robert <6+robert@users.noreply.github.com>"],
    ["by such an older address", "Bob <BOB@users.noreply.github.com>"],
    ["by an address that GitHub knows", "Bob <Bob@Shop.example>"],
  ])("has written the commit, %s", async (_, coAuthor) => {
    coAuthored("Carol <carol@elsewhere.example>", coAuthor);
    Object.assign(server.answers, { "/user/5": user("bob"), "/user/6": user("bob") });
    server.authors[OTHER] = [
      { email: "alice@shop.example", login: "alice" },
      { email: "carol@elsewhere.example", login: null },
      { email: "bob@shop.example", login: "bob" },
    ];
    expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request brought it to main"));
  });

  test("without an account is recorded, and refuses nothing", async () => {
    coAuthored("Carol <carol@elsewhere.example>", "Dave");
    server.authors[OTHER] = [{ email: "carol@elsewhere.example", login: null }];
    expect(await recorded([OTHER])).toMatchObject([
      { writers: ["alice"], withoutAccount: ["Carol <carol@elsewhere.example>", "Dave <>"] },
    ]);
  });

  test("that is a program is recorded as one", async () => {
    coAuthored("Copilot <7+Copilot@users.noreply.github.com>");
    server.answers["/user/7"] = { login: "Copilot", type: "Bot" };
    expect(await recorded([OTHER])).toMatchObject([{ writers: ["alice"], programs: ["Copilot"] }]);
  });

  test("of a commit with more authors than GitHub tells is refused", async () => {
    coAuthored("Carol <carol@elsewhere.example>");
    server.authors[OTHER] = Array.from({ length: 101 }, (_, i) => ({ email: `${i}@shop.example`, login: null }));
    expect(await approval([OTHER])).toMatchObject({
      exitCode: 1,
      stderr: `GitHub: commit ${OTHER} has 101 authors: GitHub tells 100 of them\n`,
    });
  });
});

test.each([
  ["null", null],
  ["an object with nothing in it", {}],
])("a commit whose author GitHub answers with %s is refused, with every other such commit", async (_, author) => {
  server.answers[`/commits/${OTHER}`] = { ...commit(OTHER, null), author };
  server.answers[`/commits/${COMMIT}`] = { ...commit(COMMIT, null), author };
  const reason = (sha: string) =>
    `commit ${sha}: GitHub knows no account of its author nobody <nobody@shop.example>; add that address to an account`;
  expect(await approval([OTHER, COMMIT])).toEqual(refused(reason(OTHER), reason(COMMIT)));
});
