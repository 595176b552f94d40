import fc from "fast-check";
import { type Custody, planKey } from "../../../../lib/pipeline/delivery/custody";
import {
  approvalProblems,
  digestProblems,
  initializationProblems,
  mismatches,
  planProblems,
  type Surroundings,
  signOffProblems,
} from "../../../../lib/pipeline/delivery/verify";

const hex = (character: string) => character.repeat(64);
const planned = {
  format: 1,
  root: "environments/shop/dev",
  commit: "a".repeat(40),
  planSha256: hex("b"),
  treeSha256: hex("c"),
  state: { lineage: "one", serial: 7 },
  terraform: "1.11.4",
  providers: { "registry.terraform.io/hashicorp/aws": "5.100.0" },
  plannedAt: "2026-03-01T12:00:00.000Z",
} as const;
const approved = { lastApply: { record: "applied/one.json", commit: "9".repeat(40) }, commits: ["a".repeat(40)] };
const custody: Custody = {
  ...planned,
  ...approved,
  object: { bucket: "plans", key: planKey(planned), versionId: "v1" },
};
const here: Surroundings = {
  root: "environments/shop/dev",
  commit: "a".repeat(40),
  uncommitted: [],
  treeSha256: hex("c"),
  terraform: "1.11.4",
  plansBucket: "plans",
  now: new Date("2026-03-02T12:00:00.000Z"),
  maxAgeHours: 24,
};
const state = { lineage: "one", serial: 7 };
const providers = { "registry.terraform.io/hashicorp/aws": "5.100.0" };

test("a plan matches if nothing has changed", () => {
  expect(mismatches(custody, here)).toEqual([]);
  expect(planProblems(custody, custody.planSha256)).toEqual([]);
  expect(initializationProblems(custody, state, providers)).toEqual([]);
  expect(digestProblems({ allowed: hex("d"), got: hex("d") })).toEqual([]);
  expect(approvalProblems(custody, approved)).toEqual([]);
});

test.each<[string, Partial<Custody>, Partial<Surroundings>, string]>([
  [
    "another root",
    {},
    { root: "environments/shop/prod" },
    "root: got environments/shop/prod; allowed: environments/shop/dev; apply the root that was planned, or plan again",
  ],
  [
    "another commit",
    {},
    { commit: "e".repeat(40) },
    `commit: got ${"e".repeat(40)}; allowed: ${"a".repeat(40)}; check out the commit that was planned, or plan again`,
  ],
  [
    "a changed working tree",
    {},
    { uncommitted: [" M terraform/x.tf.json"] },
    'working tree: got " M terraform/x.tf.json"; allowed: what HEAD holds; undo or commit it',
  ],
  [
    "another tree",
    {},
    { treeSha256: hex("e") },
    `tree: got SHA-256 of the root's files ${hex("e")}; allowed: ${hex("c")}; run \`git status --ignored\` to find files that are not in the commit, or plan again`,
  ],
  [
    "another Terraform",
    {},
    { terraform: "1.12.0" },
    "Terraform: got version 1.12.0; allowed: 1.11.4; install the version that made the plan, or plan again",
  ],
  [
    "a plan that was never put",
    { object: undefined },
    {},
    "plan: got no object; allowed: one in the plans bucket; run `groundplan custody put` in the job that made the plan",
  ],
  [
    "a plan in another bucket",
    {},
    { plansBucket: "ours" },
    `plan: got s3://plans/${planKey(planned)}; allowed: s3://ours/${planKey(planned)}; only a plan from this place is applied; upload it there, or plan again`,
  ],
  [
    "a plan under another key",
    { object: { bucket: "plans", key: "plans/other" } },
    {},
    `plan: got s3://plans/plans/other; allowed: s3://plans/${planKey(planned)}; only a plan from this place is applied; upload it there, or plan again`,
  ],
  [
    "a plan that is too old",
    {},
    { now: new Date("2026-03-02T12:00:00.001Z") },
    "age: got more than 24 hours, as it was planned at 2026-03-01T12:00:00.000Z; allowed: at most 24; plan again",
  ],
  [
    "a plan from the future",
    {},
    { now: new Date("2026-03-01T11:50:00.000Z") },
    "age: got a plan of 2026-03-01T12:00:00.000Z; allowed: one from before 2026-03-01T11:50:00.000Z; set the clock, or plan again",
  ],
])("%s is told with what was got, what is allowed, and what to do", (_, change, around, told) => {
  expect(mismatches({ ...custody, ...change }, { ...here, ...around })).toEqual([told]);
});

test("a changed plan and a changed custody.json are reported", () => {
  expect(planProblems(custody, hex("e"))).toEqual([
    `plan: got SHA-256 ${hex("e")}; allowed: ${hex("b")}; s3://plans/${planKey(planned)} was changed after its upload: find out by whom, or plan again`,
  ]);
  expect(digestProblems({ allowed: hex("d"), got: hex("e") })).toEqual([
    `custody.json: got SHA-256 ${hex("e")}; allowed: ${hex("d")}; it was changed after its upload: find out by whom, or plan again`,
  ]);
});

test("another state and other providers are all reported", () => {
  expect(
    initializationProblems(custody, { lineage: null, serial: 0 }, { "registry.terraform.io/hashicorp/helm": "3.1.1" }),
  ).toEqual([
    "state: got lineage null; allowed: one; the root has another state than at the time of the plan, or plan again",
    "state: got serial 0; allowed: 7; something was applied after the plan, or plan again",
    "provider registry.terraform.io/hashicorp/aws: got version none; allowed: 5.100.0; the lock file selects another version, or plan again",
    "provider registry.terraform.io/hashicorp/helm: got version 3.1.1; allowed: none; the lock file selects another version, or plan again",
  ]);
});

test("another last apply and other commits are both reported", () => {
  expect(approvalProblems(custody, { lastApply: null, commits: [] })).toEqual([
    "last apply: got record none; allowed: applied/one.json; something was applied after the plan, or plan again",
    `commits to approve: got none; allowed: ${"a".repeat(40)}; the plan was approved for other commits, or plan again`,
  ]);
});

test("any set of changes is told whole, one line each", () => {
  const changes: readonly Partial<Surroundings>[] = [
    { root: "environments/shop/prod" },
    { commit: "e".repeat(40) },
    { uncommitted: ["?? terraform/x"] },
    { treeSha256: hex("e") },
    { terraform: "1.12.0" },
    { plansBucket: "ours" },
    { maxAgeHours: 23 },
  ];
  fc.assert(
    fc.property(fc.subarray([...changes]), (some) => {
      expect(mismatches(custody, Object.assign({ ...here }, ...some))).toHaveLength(some.length);
    }),
  );
});

test("an approval with all sign-offs of the root has no problem, and a root without sign-offs needs no approval", () => {
  const { root, commit } = planned;
  const approval = { root, commit, signOffs: [{ environment: "qa" }, { environment: "owner" }] };
  expect(signOffProblems(custody, approval, ["qa", "owner"])).toEqual([]);
  expect(signOffProblems(custody, null, [])).toEqual([]);
  expect(signOffProblems(custody, { ...approval, root: "environments/shop/prod" }, ["qa"])).toEqual([
    `sign-off of qa: got none for ${root} at ${commit}; allowed: one in the record of the approval`,
  ]);
});
