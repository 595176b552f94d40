import fc from "fast-check";
import { type CommitPeople, eligibleApprovers, shortfalls } from "../../../../lib/pipeline/github/people";
import { isSameLogin } from "../../../../lib/pipeline/github/user";

const people = ["ada", "bob", "carol"];
const login = fc.constantFrom(...people, "Ada", "BOB");
const commit: fc.Arbitrary<CommitPeople> = fc.record({
  commit: fc.constantFrom("1", "2", "3"),
  writers: fc.uniqueArray(login, { maxLength: 3 }),
  reviewers: fc.uniqueArray(login, { maxLength: 3 }),
  unreviewed: fc.constant(undefined),
});
const commits = fc.array(commit, { minLength: 1, maxLength: 4 });
const passes = (all: readonly CommitPeople[], approver: string) => shortfalls(all, approver).length === 0;

test("an approval passes only if each commit has a person who did not write it, and a person besides the approver", () => {
  fc.assert(
    fc.property(commits, login, (all, approver) => {
      fc.pre(passes(all, approver));
      for (const { writers, reviewers } of all) {
        const approved = [...reviewers, approver].filter((one) => !writers.some((writer) => isSameLogin(writer, one)));
        expect(approved).not.toEqual([]);
        const behind = [...writers, ...reviewers].filter((one) => !isSameLogin(one, approver));
        expect(behind).not.toEqual([]);
      }
    }),
  );
});

test("one person never passes alone, in whatever case the login is written", () => {
  const alone = fc.subarray(["ada", "ADA"]);
  const own = fc.array(
    fc.record({ commit: fc.constant("1"), writers: alone, reviewers: alone, unreviewed: fc.constant(undefined) }),
    { minLength: 1 },
  );
  fc.assert(fc.property(own, (all) => expect(passes(all, "Ada")).toBe(false)));
});

test("an additional reviewer never causes a refusal, and an additional commit never a pass", () => {
  fc.assert(
    fc.property(commits, login, login, commit, (all, approver, reviewer, added) => {
      const reviewed = all.map((one) => ({ ...one, reviewers: [...one.reviewers, reviewer] }));
      if (passes(all, approver)) expect(passes(reviewed, approver)).toBe(true);
      else expect(passes([...all, added], approver)).toBe(false);
    }),
  );
});

test("a team of two can work: each of them can approve commits that one wrote and the other reviewed", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("ada", "bob"), { minLength: 1 }), login, (writers, approver) => {
      fc.pre(!isSameLogin(approver, "carol"));
      const all = writers.map((writer, i) => ({
        commit: String(i),
        writers: [writer],
        reviewers: [writer === "ada" ? "bob" : "ada"],
        unreviewed: undefined,
      }));
      expect(passes(all, approver)).toBe(true);
    }),
  );
});

const written: CommitPeople = { commit: "1", writers: ["ada"], reviewers: [], unreviewed: "nobody approved it" };
const made: CommitPeople = { ...written, writers: [] };

test.each<[string, CommitPeople, string, string[]]>([
  ["a person who did not write it", written, "bob", []],
  ["the writer, if another person reviewed it", { ...written, reviewers: ["bob"] }, "ada", []],
  [
    "the writer alone",
    written,
    "Ada",
    ["commit 1: Ada wrote it and approved the run, and there is no valid review by another person: nobody approved it"],
  ],
  [
    "the only person who has checked an app's commit",
    made,
    "bob",
    [
      "commit 1: an app wrote it, and bob, who approved the run, is the only person who has checked it: nobody approved it",
    ],
  ],
  [
    "the only reviewer of an app's commit",
    { ...made, reviewers: ["bob"], unreviewed: undefined },
    "bob",
    ["commit 1: an app wrote it, and bob, who approved the run, is the only person who has checked it"],
  ],
  ["a person who did not review an app's commit", { ...made, reviewers: ["bob"], unreviewed: undefined }, "ada", []],
])("an approval by %s", (_, one, approver, lines) => {
  expect(shortfalls([one], approver)).toEqual(lines);
});

test("without commits, everyone can approve", () => {
  expect(shortfalls([], "ada")).toEqual([]);
});

const reviewers = { what: "reviewers", how: "in a new run", logins: ["bob", "ada", "Bob"], teams: [] };
const NOBODY =
  "allowed: a person who wrote none of these commits, and is not the only person who has checked one of them";

test.each<[string, Parameters<typeof eligibleApprovers>[0], CommitPeople[], string]>([
  ["a person who did not write it", reviewers, [written], "eligible approvers, in a new run: bob"],
  ["everyone without commits", reviewers, [], "eligible approvers, in a new run: ada; bob"],
  [
    "a team, except the writers",
    { ...reviewers, logins: ["ada"], teams: ["platform"] },
    [written],
    "eligible approvers, in a new run: members of the team platform, except ada",
  ],
  [
    "nobody if the writer is the only candidate",
    { ...reviewers, logins: ["ada"] },
    [written],
    `no eligible approver among the reviewers: got ada; ${NOBODY}`,
  ],
  [
    "nobody if only an app wrote it and nobody reviewed it",
    { ...reviewers, teams: ["platform"] },
    [made],
    `no eligible approver among the reviewers: got Bob, ada, bob, platform; ${NOBODY}`,
  ],
  [
    "nobody without candidates",
    { ...reviewers, logins: [] },
    [],
    `no eligible approver among the reviewers: got nobody; ${NOBODY}`,
  ],
])("eligible approvers: %s", (_, candidates, all, words) => {
  expect(eligibleApprovers(candidates, all)).toBe(words);
});
