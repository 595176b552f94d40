/** Writers and reviewers of a commit, for each way of merging it to main. Bob approves each run. */
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import { answer, COMMIT, commit, HEAD, OTHER, PULL, REVIEW, refused, runApproval, user } from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = runningGitHub();

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
  refused(`commit ${sha}: bob wrote it and approved the run, and there is no valid review by another person: ${why}`);
const reviewedBy = (...logins: readonly string[]) => {
  server.answers["/pulls/7/reviews"] = logins.map((login) => ({ ...REVIEW, user: user(login) }));
};

describe("a squash", () => {
  test.each([
    ["wrote a commit", commit(HEAD, "bob")],
    ["is the committer of a commit whose author has no GitHub account", commit(HEAD, null, { committer: "bob" })],
  ])("is written by a person who %s of its pull request", async (_, second) => {
    server.answers["/pulls/7/commits"] = [commit(OTHER, "alice"), second];
    expect(await approval()).toEqual(own(COMMIT, "bob approved pull request #7 and wrote the commit"));
  });

  test("is written by the person who opened its pull request", async () => {
    server.answers[`/commits/${COMMIT}/pulls`] = [{ ...PULL, user: user("bob") }];
    expect(await approval()).toEqual(own(COMMIT, "bob approved pull request #7 and wrote the commit"));
  });

  test("is written by the people on all pages of its pull request's commits", async () => {
    const commits = Array.from({ length: 150 }, (_, i) => commit(String(i).padStart(40, "0"), "alice"));
    server.answers["/pulls/7/commits"] = [...commits, commit(HEAD, "bob")];
    expect(await approval()).toEqual(own(COMMIT, "bob approved pull request #7 and wrote the commit"));
  });

  test("is refused if its pull request has more commits than GitHub lists", async () => {
    server.answers["/pulls/7/commits"] = Array.from({ length: 250 }, () => commit(HEAD, "alice"));
    expect(await approval()).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "GitHub: pull request #7: got 250 commits or more; allowed: fewer, as GitHub lists no more authors\n",
    });
  });
});

test("a listed commit of a pull request with more commits than GitHub lists is reviewed", async () => {
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

  test("are enough if one of them reviewed the other's commit, and the commits are merged unchanged", async () => {
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

  test("are enough after a rebase, which changes the SHA and the committer", async () => {
    const rebased = { ...second, sha: COMMIT, committer: user("alice") };
    Object.assign(server.answers, { [`/commits/${COMMIT}`]: rebased, [`/commits/${COMMIT}/pulls`]: [PULL] });
    reviewedBy("alice");
    expect(await recorded([COMMIT])).toMatchObject([{ writers: ["bob"], reviewers: [{ login: "alice" }] }]);
  });
});

test("a commit of two pull requests can be reviewed in either of them, and all pages of reviews are read", async () => {
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
  ["does not contain it", PULL],
  ["is not merged", { ...PULL, merged_at: null, merge_commit_sha: OTHER }],
  ["was merged into another branch", { ...PULL, base: { ref: "release" }, merge_commit_sha: OTHER }],
])("the review of a pull request that %s does not count for a commit", async (_, pullRequest) => {
  Object.assign(server.answers, {
    [`/commits/${OTHER}`]: commit(OTHER, "bob"),
    [`/commits/${OTHER}/pulls`]: [pullRequest],
  });
  reviewedBy("alice");
  expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request merged it to main"));
});

test("the committer of another person's commit is a writer, too", async () => {
  server.answers[`/commits/${OTHER}`] = commit(OTHER, "alice", { committer: "bob" });
  expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request merged it to main"));
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
    expect(await approval([OTHER])).toEqual(own(OTHER, "no pull request merged it to main"));
  });

  test("without an account is recorded, and is no reason for a refusal", async () => {
    coAuthored("Carol <carol@elsewhere.example>", "Dave");
    server.authors[OTHER] = [{ email: "carol@elsewhere.example", login: null }];
    expect(await recorded([OTHER])).toMatchObject([
      { writers: ["alice"], withoutAccount: ["Carol <carol@elsewhere.example>", "Dave <>"] },
    ]);
  });

  test("that is an app is recorded as such", async () => {
    coAuthored("Copilot <7+Copilot@users.noreply.github.com>");
    server.answers["/user/7"] = { login: "Copilot", type: "Bot" };
    expect(await recorded([OTHER])).toMatchObject([{ writers: ["alice"], programs: ["Copilot"] }]);
  });

  test("of a commit with more authors than GitHub lists is refused", async () => {
    coAuthored("Carol <carol@elsewhere.example>");
    server.authors[OTHER] = Array.from({ length: 101 }, (_, i) => ({ email: `${i}@shop.example`, login: null }));
    expect(await approval([OTHER])).toMatchObject({
      exitCode: 1,
      stderr: `GitHub: commit ${OTHER}: got 101 authors; allowed: at most 100, as GitHub lists no more\n`,
    });
  });
});

test.each([
  ["null", null],
  ["an object with nothing in it", {}],
])("a commit whose author is %s in the response is refused, together with all such commits", async (_, author) => {
  server.answers[`/commits/${OTHER}`] = { ...commit(OTHER, null), author };
  server.answers[`/commits/${COMMIT}`] = { ...commit(COMMIT, null), author };
  const reason = (sha: string) =>
    `commit ${sha}: author: got nobody <nobody@shop.example>, who has no GitHub account; allowed: an address of a GitHub account`;
  expect(await approval([OTHER, COMMIT])).toEqual(refused(reason(OTHER), reason(COMMIT)));
});
