import fc from "fast-check";
import type { DriftReport } from "../../../../lib/pipeline/github/drift";
import { type Issue, type IssueStep, isAbout, stepsFor } from "../../../../lib/pipeline/github/drift-issue";

const root = "environments/shop/prod";
const drifted = (...addresses: string[]): DriftReport => ({
  format: 1,
  root,
  outcome: "drift",
  changes: addresses.map((address) => ({ address, kind: "drift", actions: ["update"], attributes: ["policy"] })),
});
const failed = (error: string): DriftReport => ({ format: 1, root, outcome: "failed", changes: [], error });
const clean: DriftReport = { format: 1, root, outcome: "none", changes: [] };
const merged = (...addresses: string[]): DriftReport["changes"] =>
  addresses.map((address) => ({ address, kind: "unapplied", actions: ["create"], attributes: [] }));
const waiting = (...addresses: string[]): DriftReport => ({
  format: 1,
  root,
  outcome: "unapplied",
  changes: merged(...addresses),
});
const both = (address: string, other: string): DriftReport => ({
  ...drifted(address),
  outcome: "both",
  changes: [...drifted(address).changes, ...merged(other)],
});

/** Keys of `for_each` as authors can write them, including our own markers. */
const nasty = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "<!-- changes -->",
    "<!-- end of groundplan drift -->",
    "-->",
    "`",
    "```",
    "<!-- places 0000000000000000 -->",
  ),
);
const report: fc.Arbitrary<DriftReport> = fc.oneof(
  fc.array(nasty, { minLength: 1, maxLength: 5 }).map((addresses) => drifted(...addresses)),
  fc.array(nasty, { minLength: 1, maxLength: 5 }).map((addresses) => waiting(...addresses)),
  fc.tuple(nasty, nasty).map(([address, other]) => both(address, other)),
  nasty.map(failed),
  fc.constant(clean),
);

/** The issue after the steps; undefined if it is closed. */
function after(open: Issue | undefined, steps: readonly IssueStep[]): Issue | undefined {
  return steps.reduce<Issue | undefined>((issue, step) => {
    if (step.do === "open") return { number: 1, title: step.title, body: step.body };
    if (step.do === "edit") return { number: step.number, title: step.title, body: step.body };
    return step.do === "close" ? undefined : issue;
  }, open);
}

const doneTo = (steps: readonly IssueStep[]) => steps.map((step) => step.do);

test("the same report again has no steps, whatever the earlier reports were", () => {
  fc.assert(
    fc.property(fc.array(report, { minLength: 1, maxLength: 6 }), (reports) => {
      let open: Issue | undefined;
      for (const one of reports) {
        open = after(open, stepsFor(one, open));
        expect(stepsFor(one, open)).toEqual([]);
        expect(open === undefined || isAbout(open.body, root)).toBe(true);
      }
    }),
  );
});

test("the text of people before and after our section is kept", () => {
  const words = fc.stringMatching(/^[a-z \n]{0,40}$/);
  fc.assert(
    fc.property(words, words, fc.array(report, { minLength: 1, maxLength: 4 }), (before, behind, reports) => {
      const first = after(undefined, stepsFor(drifted("a"), undefined));
      let open: Issue | undefined = { number: 1, title: "Ours", body: `${before}${first?.body}${behind}` };
      for (const one of reports) {
        open = after(open, stepsFor(one, open));
        if (open === undefined) return;
        expect(open.title).toBe("Ours");
        expect(open.body.startsWith(before)).toBe(true);
        expect(open.body.endsWith(behind)).toBe(true);
      }
    }),
  );
});

test("a failed plan opens an issue, closes none, and keeps the known drift", () => {
  expect(doneTo(stepsFor(failed("Error: no credentials"), undefined))).toEqual(["open"]);
  const open = after(undefined, stepsFor(drifted("module.a.aws_sns_topic.this"), undefined));
  const steps = stepsFor(failed("Error: no <credentials>"), open);
  expect(doneTo(steps)).toEqual(["edit"]);
  const body = after(open, steps)?.body;
  expect(body).toContain("**The plan failed**, so the list below may be out of date: Error: no `<credentials>`");
  expect(body).toContain("- update `module.a.aws_sns_topic.this`: `policy`");
});

test("our markers inside a value have no effect", () => {
  const open = after(undefined, stepsFor(drifted("a"), undefined));
  const marks = "<!-- changes --> <!-- places 0000000000000000 --> <!-- groundplan drift of environments/shop/dev -->";
  const body = after(open, stepsFor(failed(`Error: ${marks}`), open))?.body ?? "";
  expect(body).toContain("- update `a`: `policy`");
  expect(isAbout(body, "environments/shop/dev")).toBe(false);
  expect(doneTo(stepsFor(drifted("a"), { number: 1, title: "Ours", body }))).toEqual(["edit"]);
});

test("a comment is added if and only if the list of resources changes", () => {
  const open = after(undefined, stepsFor(drifted("a", "b"), undefined));
  expect(stepsFor(drifted("b", "a"), open).map((step) => step.do)).toEqual(["edit"]);
  expect(stepsFor(drifted("a", "c"), open)).toMatchObject([
    { do: "edit" },
    { do: "comment", body: "The list of resources has changed. Changed outside of Terraform: `a`, `c`." },
  ]);
  expect(stepsFor(both("a", "c"), open)).toMatchObject([
    { do: "edit" },
    {
      do: "comment",
      body: "The list of resources has changed. Changed outside of Terraform: `a`. Merged and not applied: `c`.",
    },
  ]);
});

test.each([
  ["drift", drifted("a"), "shop/prod: changed outside of Terraform", ["**Changed outside of Terraform;"]],
  ["an unapplied change", waiting("a"), "shop/prod: merged and not applied", ["**Merged and not applied;"]],
  [
    "both",
    both("a", "b"),
    "shop/prod: changed outside of Terraform; merged and not applied",
    ["**Changed outside of Terraform;", "**Merged and not applied;"],
  ],
  ["a failed plan", failed("Error: x"), "shop/prod: could not be planned", ["**The plan failed**"]],
] as const)("%s opens an issue with this kind in its title and its text", (_, now, title, told) => {
  const open = after(undefined, stepsFor(now, undefined));
  expect(open?.title).toBe(title);
  const kinds = ["**Changed outside", "**Merged and", "**The plan failed"];
  const said = kinds.filter((kind) => open?.body.includes(kind));
  expect(said).toEqual(told.map((start) => kinds.find((kind) => start.startsWith(kind))));
  for (const start of told) expect(open?.body).toContain(start);
});

test("the title follows the outcome, and a failed plan does not change it", () => {
  const open = after(undefined, stepsFor(drifted("a"), undefined));
  expect(after(open, stepsFor(waiting("a"), open))?.title).toBe("shop/prod: merged and not applied");
  expect(after(open, stepsFor(failed("Error: x"), open))?.title).toBe("shop/prod: changed outside of Terraform");
});

test("an issue is closed with a comment when there are no drift and no unapplied changes", () => {
  const open = after(undefined, stepsFor(both("a", "b"), undefined));
  expect(doneTo(stepsFor(drifted("a"), open))).toEqual(["edit", "comment"]);
  expect(doneTo(stepsFor(waiting("b"), open))).toEqual(["edit", "comment"]);
  expect(stepsFor(clean, open)).toEqual([
    { do: "comment", number: 1, body: "`shop/prod` has no drift and no unapplied changes." },
    { do: "close", number: 1 },
  ]);
  expect(stepsFor(clean, undefined)).toEqual([]);
});

test("the text is within GitHub's limit, however many resources have drifted", () => {
  const many = drifted(...Array.from({ length: 5_000 }, (_, i) => `module.m${i}.aws_sqs_queue.this`));
  const body = after(undefined, stepsFor(many, undefined))?.body ?? "";
  expect(body.length).toBeLessThan(65_536);
  expect(body).toMatch(/… and \d+ more lines/);
});

test("an issue about shop/prod is not one about shop/prod-old", () => {
  const open = after(undefined, stepsFor(drifted("a"), undefined));
  expect(isAbout(open?.body ?? "", "environments/shop/prod-old")).toBe(false);
  expect(isAbout(open?.body ?? "", "environments/shop/pro")).toBe(false);
});
