import fc from "fast-check";
import {
  type EnvironmentReview,
  environmentVerdict,
  mergedBy,
  type Review,
  reviewVerdict,
} from "../../../lib/github/approval";

const login = fc.constantFrom("author", "Author", "dispatcher", "carol", "ada", "bob", "renovate[bot]");
const isPerson = (name: string) => !name.endsWith("[bot]");
const involved = [
  { login: "author", did: "wrote the change" },
  { login: "carol", did: "wrote the change" },
  { login: "dispatcher", did: "set the run off" },
];
const pullRequest = {
  number: 7,
  author: "author",
  writers: ["author", "carol"],
  head: "b".repeat(40),
  mergedAt: "2026-11-22T10:00:00Z",
};

const environmentReview: fc.Arbitrary<EnvironmentReview> = fc.record({
  environments: fc.subarray(["shop-prod", "approve-data"]),
  state: fc.constantFrom("approved", "rejected", "pending"),
  login,
  isPerson: fc.boolean(),
  comment: fc.string(),
});
const review: fc.Arbitrary<Review> = fc
  .record({
    login,
    mayWrite: fc.boolean(),
    state: fc.constantFrom("APPROVED", "CHANGES_REQUESTED", "DISMISSED", "COMMENTED"),
    commit: fc.constantFrom(pullRequest.head, "c".repeat(40), null),
    at: fc.constantFrom("2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z"),
  })
  .map((one) => ({ ...one, isPerson: isPerson(one.login) }));

test("nobody approves the own change, or the run that they set off, and nobody who did not approve is named", () => {
  fc.assert(
    fc.property(fc.array(environmentReview), (reviews) => {
      const verdict = environmentVerdict("shop-prod", reviews, involved);
      if ("refused" in verdict) return expect(verdict.refused).not.toBe("");
      expect(verdict.approvers.length).toBeGreaterThan(0);
      for (const approver of verdict.approvers) {
        expect(["author", "carol", "dispatcher"]).not.toContain(approver.login.toLowerCase());
        const given = reviews.filter((one) => one.login === approver.login && one.state === "approved" && one.isPerson);
        expect(given.some(({ environments }) => environments.includes("shop-prod"))).toBe(true);
      }
      const all = reviews.filter((one) => one.state === "approved" && one.environments.includes("shop-prod"));
      for (const { login: name } of all) expect(involved.map((one) => one.login)).not.toContain(name.toLowerCase());
    }),
  );
});

test("a review counts where it is the reviewer's last word, on what was merged, before the merge", () => {
  fc.assert(
    fc.property(fc.array(review), (reviews) => {
      const verdict = reviewVerdict(pullRequest, reviews);
      if ("refused" in verdict) return expect(verdict.refused).not.toBe("");
      for (const approver of verdict.approvers) {
        const words = reviews.filter(
          (one) =>
            one.login.toLowerCase() === approver.login.toLowerCase() && one.mayWrite && one.state !== "COMMENTED",
        );
        expect(words.at(-1)).toMatchObject({
          state: "APPROVED",
          commit: pullRequest.head,
          at: "2026-11-22T09:00:00Z",
          isPerson: true,
        });
        expect(["author", "carol"]).not.toContain(approver.login.toLowerCase());
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
  at: "2026-11-22T09:00:00Z",
};

test.each<[string, Review[], string]>([
  ["no review", [], "nobody approved pull request #7"],
  ["somebody who may only read", [{ ...approved, mayWrite: false }], "nobody approved pull request #7"],
  ["the author", [{ ...approved, login: "AUTHOR" }], "AUTHOR approved, who wrote it"],
  ["who wrote a commit of it", [{ ...approved, login: "carol" }], "carol approved, who wrote it"],
  ["a program", [{ ...approved, isPerson: false }], "ada approved, who is a program"],
  ["a dismissed approval", [approved, { ...approved, state: "DISMISSED" }], "nobody approved pull request #7"],
  [
    "an approval of an earlier commit",
    [{ ...approved, commit: "c".repeat(40) }],
    `ada approved ${"c".repeat(40)}, and ${pullRequest.head} was merged`,
  ],
  ["an approval after the merge", [{ ...approved, at: "2026-11-22T10:00:01Z" }], "ada approved after the merge"],
  [
    "somebody's objection",
    [approved, { ...approved, login: "bob", state: "CHANGES_REQUESTED" }],
    "bob asked for changes to pull request #7",
  ],
])("%s is no approval", (_, reviews, refused) => {
  expect(reviewVerdict(pullRequest, reviews)).toEqual({ refused });
});

test("a later comment takes no approval back", () => {
  expect(reviewVerdict(pullRequest, [approved, { ...approved, state: "COMMENTED" }])).toEqual({
    approvers: [{ login: "ada", at: approved.at }],
  });
});

test("a commit's pull request is the one that was merged as it, into main", () => {
  const one = (number: number, ref: string, merged_at: string | null, merge_commit_sha: string) => ({
    number,
    merged_at,
    merge_commit_sha,
    base: { ref },
  });
  const [open, other, within, own] = [
    one(1, "main", null, "a"),
    one(2, "release", "2026-01-01T00:00:00Z", "a"),
    one(3, "main", "2026-01-01T00:00:00Z", "b"),
    one(4, "main", "2026-01-01T00:00:00Z", "a"),
  ];
  expect(mergedBy("a", [open, other, within, own])).toBe(own);
  expect(mergedBy("a", [open, other, within])).toBeUndefined();
});
