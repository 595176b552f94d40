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

test("what passes has, for each commit, somebody who did not write it, and somebody besides the approver", () => {
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

test("another reviewer never turns a pass into a refusal, and another commit never a refusal into a pass", () => {
  fc.assert(
    fc.property(commits, login, login, commit, (all, approver, reviewer, added) => {
      const reviewed = all.map((one) => ({ ...one, reviewers: [...one.reviewers, reviewer] }));
      if (passes(all, approver)) expect(passes(reviewed, approver)).toBe(true);
      else expect(passes([...all, added], approver)).toBe(false);
    }),
  );
});

test("two people can work: what one of them wrote and the other reviewed, either of them approves", () => {
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
  ["who did not write it", written, "bob", []],
  ["the writer, where somebody else reviewed it", { ...written, reviewers: ["bob"] }, "ada", []],
  [
    "the writer alone",
    written,
    "Ada",
    ["commit 1: Ada wrote it and approved the run, and nobody else's review counts: nobody approved it"],
  ],
  [
    "the only person behind what a program wrote",
    made,
    "bob",
    ["commit 1: a program wrote it, and bob, who approved the run, is the only person behind it: nobody approved it"],
  ],
  [
    "the only reviewer of what a program wrote",
    { ...made, reviewers: ["bob"], unreviewed: undefined },
    "bob",
    ["commit 1: a program wrote it, and bob, who approved the run, is the only person behind it"],
  ],
  ["who did not review what a program wrote", { ...made, reviewers: ["bob"], unreviewed: undefined }, "ada", []],
])("an approval by %s", (_, one, approver, lines) => {
  expect(shortfalls([one], approver)).toEqual(lines);
});

test("without a commit, there is nothing that somebody else has to approve", () => {
  expect(shortfalls([], "ada")).toEqual([]);
});

const reviewers = { what: "reviewers", how: "in a new run", logins: ["bob", "ada", "Bob"], teams: [] };
const NOBODY = "allowed: a person who did not write those commits and is not the only one behind any of them";

test.each<[string, Parameters<typeof eligibleApprovers>[0], CommitPeople[], string]>([
  ["who did not write it", reviewers, [written], "eligible approvers, in a new run: bob"],
  ["both, where nothing is to be approved", reviewers, [], "eligible approvers, in a new run: ada; bob"],
  [
    "a team, but for the writers",
    { ...reviewers, logins: ["ada"], teams: ["platform"] },
    [written],
    "eligible approvers, in a new run: members of the team platform but ada",
  ],
  [
    "nobody where the writer is the only one",
    { ...reviewers, logins: ["ada"] },
    [written],
    `no eligible approver among the reviewers: got ada; ${NOBODY}`,
  ],
  [
    "nobody, where only a program is behind it",
    { ...reviewers, teams: ["platform"] },
    [made],
    `no eligible approver among the reviewers: got Bob, ada, bob, platform; ${NOBODY}`,
  ],
  [
    "nobody at all",
    { ...reviewers, logins: [] },
    [],
    `no eligible approver among the reviewers: got nobody; ${NOBODY}`,
  ],
])("eligible is %s", (_, candidates, all, words) => {
  expect(eligibleApprovers(candidates, all)).toBe(words);
});
