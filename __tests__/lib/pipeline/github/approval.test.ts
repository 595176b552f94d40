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

test("no writer and no starter of a run is an approver, and each approver has approved the run", () => {
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
    "an app",
    { starters: [...start.starters, { login: "deployer[bot]", isPerson: false }] },
    "deployer[bot] started the run and is an app: a person must start it",
  ],
  [
    "a schedule, for which GitHub reports a person",
    { event: "schedule" },
    "event of the run: got schedule; allowed: workflow_dispatch, which a person starts",
  ],
  [
    "another run",
    { event: "workflow_run" },
    "event of the run: got workflow_run; allowed: workflow_dispatch, which a person starts",
  ],
  [
    "a dispatch by the API",
    { event: "repository_dispatch" },
    "event of the run: got repository_dispatch; allowed: workflow_dispatch, which a person starts",
  ],
])("a run that was started by %s is refused", (_, other, refused) => {
  expect(startVerdict({ ...start, ...other }, [])).toEqual({ refused: [refused] });
});

test("each person who started a run must be an eligible approver", () => {
  const both = { ...start, starters: ["ada", "carol"].map((one) => ({ login: one, isPerson: true })) };
  expect(startVerdict(start, commits)).toEqual({ approvers: [{ login: "ada" }] });
  expect(startVerdict(both, commits)).toEqual({
    refused: [expect.stringMatching(/^commit 1: carol wrote it and approved/)],
  });
});
