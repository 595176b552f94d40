import fc from "fast-check";
import { broughtAs, type Review, reviewVerdict } from "../../../../lib/pipeline/github/review";

const login = fc.constantFrom("author", "Author", "carol", "ada", "bob", "renovate[bot]");
const pullRequest = { number: 7, head: "b".repeat(40), mergedAt: "2026-11-22T10:00:00Z" };
const WRITERS = ["author", "carol"];
const EARLY = "2026-11-22T09:00:00Z";

const review: fc.Arbitrary<Review> = fc
  .record({
    login,
    mayWrite: fc.boolean(),
    state: fc.constantFrom("APPROVED", "CHANGES_REQUESTED", "DISMISSED", "COMMENTED"),
    commit: fc.constantFrom(pullRequest.head, "c".repeat(40), null),
    at: fc.constantFrom(EARLY, "2026-11-22T11:00:00Z"),
  })
  .map((one) => ({ ...one, isPerson: !one.login.endsWith("[bot]") }));

test("an approval counts only if it is the reviewer's latest review, of the merged commit, before the merge", () => {
  fc.assert(
    fc.property(fc.array(review), (reviews) => {
      const verdict = reviewVerdict(pullRequest, WRITERS, reviews);
      if ("refused" in verdict) return expect(verdict.refused).not.toBe("");
      expect(verdict.reviewers).not.toEqual([]);
      for (const reviewer of verdict.reviewers) {
        const name = reviewer.login.toLowerCase();
        const words = reviews.filter((one) => one.login.toLowerCase() === name && one.mayWrite);
        const last = words.filter(({ state }) => state !== "COMMENTED").at(-1);
        expect(last).toMatchObject({ state: "APPROVED", commit: pullRequest.head, at: EARLY, isPerson: true });
        expect(WRITERS).not.toContain(name);
      }
    }),
  );
});

const approved: Review = {
  login: "ada",
  isPerson: true,
  mayWrite: true,
  state: "APPROVED",
  commit: pullRequest.head,
  at: EARLY,
};

test.each<[string, Review[], string]>([
  ["no review", [], "nobody approved pull request #7"],
  ["a reviewer without write access", [{ ...approved, mayWrite: false }], "nobody approved pull request #7"],
  ["a writer of the commit", [{ ...approved, login: "CAROL" }], "CAROL approved pull request #7 and wrote the commit"],
  ["an app", [{ ...approved, isPerson: false }], "ada approved pull request #7 and is an app"],
  ["a dismissed approval", [approved, { ...approved, state: "DISMISSED" }], "nobody approved pull request #7"],
  [
    "an approval of an earlier commit",
    [{ ...approved, commit: "c".repeat(40) }],
    `ada approved commit ${"c".repeat(40)} of pull request #7, and commit ${pullRequest.head} was merged`,
  ],
  [
    "an approval after the merge",
    [{ ...approved, at: "2026-11-22T10:00:01Z" }],
    "ada approved pull request #7 after the merge",
  ],
  [
    "a request for changes",
    [approved, { ...approved, login: "bob", state: "CHANGES_REQUESTED" }],
    "bob requested changes in pull request #7",
  ],
])("%s is not a valid approval", (_, reviews, refused) => {
  expect(reviewVerdict(pullRequest, WRITERS, reviews)).toEqual({ refused });
});

test("a later comment does not withdraw an approval", () => {
  expect(reviewVerdict(pullRequest, WRITERS, [approved, { ...approved, state: "COMMENTED" }])).toEqual({
    reviewers: [{ login: "ada", at: EARLY }],
  });
});

const own = { sha: "1", message: "Change it", authored: "ada@shop.example 2026-11-22T08:00:00Z" };

test.each([
  ["unchanged", own, "itself"],
  ["rebased, with another SHA", { ...own, sha: "2" }, { copyOf: own }],
  ["as its squash", { ...own, sha: "9", message: "Change it (#7)" }, "whole"],
  ["not at all: another message", { ...own, sha: "2", message: "Other" }, undefined],
  ["not at all: another time", { ...own, sha: "2", authored: "ada@shop.example 2026-11-22T08:00:01Z" }, undefined],
] as const)("a pull request contains a commit %s", (_, commit, as) => {
  expect(broughtAs(commit, { commits: [own], mergeCommit: "9" })).toEqual(as);
});
