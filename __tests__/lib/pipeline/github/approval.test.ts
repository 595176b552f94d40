import fc from "fast-check";
import {
  type EnvironmentReview,
  environmentVerdict,
  type Start,
  startVerdict,
} from "../../../../lib/pipeline/github/approval";

const login = fc.constantFrom("author", "Author", "dispatcher", "carol", "ada", "bob", "renovate[bot]");
const commits = [{ commit: "1", writers: ["author", "carol"], reviewers: [], unreviewed: undefined }];

const review: fc.Arbitrary<EnvironmentReview> = fc.record({
  environments: fc.subarray(["shop-prod", "approve-data"]),
  state: fc.constantFrom("approved", "rejected", "pending"),
  login,
  isPerson: fc.boolean(),
  comment: fc.string(),
});

test("nobody approves alone what they wrote, or a run that they started, and nobody who did not approve is named", () => {
  fc.assert(
    fc.property(fc.array(review), (reviews) => {
      const verdict = environmentVerdict("shop-prod", reviews, commits, ["dispatcher"]);
      if ("refused" in verdict) return expect(verdict.refused).not.toEqual([]);
      expect(verdict.approvers.length).toBeGreaterThan(0);
      for (const approver of verdict.approvers) {
        const given = reviews.filter((one) => one.login === approver.login && one.state === "approved" && one.isPerson);
        expect(given.some(({ environments }) => environments.includes("shop-prod"))).toBe(true);
      }
      for (const one of reviews.filter(({ state, isPerson }) => state === "approved" && isPerson)) {
        if (!one.environments.includes("shop-prod")) continue;
        expect(["author", "carol", "dispatcher"]).not.toContain(one.login.toLowerCase());
      }
    }),
  );
});

const start: Start = { event: "workflow_dispatch", starters: [{ login: "ada", isPerson: true }] };

test.each<[string, Partial<Start>, string]>([
  [
    "a program",
    { starters: [...start.starters, { login: "deployer[bot]", isPerson: false }] },
    "deployer[bot] started the run and is a program",
  ],
  [
    "a timer, of which GitHub names a person",
    { event: "schedule" },
    "a program started the run: got event schedule; allowed: workflow_dispatch",
  ],
  [
    "another run",
    { event: "workflow_run" },
    "a program started the run: got event workflow_run; allowed: workflow_dispatch",
  ],
  [
    "a call of the API for it",
    { event: "repository_dispatch" },
    "a program started the run: got event repository_dispatch; allowed: workflow_dispatch",
  ],
])("%s approves nothing by starting a run", (_, other, refused) => {
  expect(startVerdict({ ...start, ...other }, [])).toEqual({ refused: [refused] });
});

test("each of those who started a run has to be able to approve it", () => {
  const both = { ...start, starters: ["ada", "carol"].map((one) => ({ login: one, isPerson: true })) };
  expect(startVerdict(start, commits)).toEqual({ approvers: [{ login: "ada" }] });
  expect(startVerdict(both, commits)).toEqual({
    refused: [expect.stringMatching(/^commit 1: carol wrote it and approved/)],
  });
});
