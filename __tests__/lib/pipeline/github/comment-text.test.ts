import fc from "fast-check";
import {
  COMMENT_MARKER,
  type CommentContent,
  commentText,
  LONGEST_COMMENT,
} from "../../../../lib/pipeline/github/comment-text";
import { type GateSummary, summaryOf } from "../../../../lib/pipeline/github/summaries";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}\/[a-z][a-z0-9-]{0,15}$/);
const MARKS = {
  refused: "⛔ is refused",
  approval: "✋ needs approval: data",
  changes: "✅ passes",
  none: "✅ passes",
};
const LENGTHS = [10, 500, 5_000, 30_000, 60_000];

const summary = (root: string, outcome: GateSummary["outcome"], length: number): GateSummary =>
  summaryOf(
    "test",
    `## ${root} ${MARKS[outcome]}\n\n${outcome === "none" ? "Nothing to change." : "1 to add."}\n\n${"- a line\n".repeat(length / 9)}`,
  );

/** Up to 60 roots, with more text than the limit of a comment. */
const roots = fc.uniqueArray(
  fc.record({
    root: name,
    outcome: fc.constantFrom("refused", "approval", "changes", "none", "unplanned", "removed"),
    length: fc.constantFrom(...LENGTHS),
  }),
  { minLength: 1, maxLength: 60, selector: ({ root }) => root },
);

function contentOf(all: typeof roots extends fc.Arbitrary<infer T> ? T : never): CommentContent {
  const of = (wanted: string) => all.flatMap(({ root, outcome }) => (outcome === wanted ? [root] : []));
  return {
    summaries: all.flatMap(({ root, outcome, length }) =>
      outcome === "unplanned" || outcome === "removed" ? [] : [summary(root, outcome, length)],
    ),
    unplanned: of("unplanned"),
    removed: of("removed"),
    runPage: "https://github.example/shop/infra/actions/runs/1",
  };
}

test("every comment is within GitHub's limit and names every root", () => {
  fc.assert(
    fc.property(roots, (all) => {
      const content = contentOf(all);
      const text = commentText(content) ?? "";
      expect(text.startsWith(COMMENT_MARKER)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
      for (const { root, outcome } of content.summaries) {
        expect(text.includes(outcome === "none" ? `\`${root}\`` : root)).toBe(true);
      }
      for (const root of [...content.unplanned, ...content.removed]) expect(text).toContain(`\`${root}\``);
    }),
    { numRuns: 40 },
  );
});

test("refused roots come first, then roots that need approval, then roots that pass", () => {
  fc.assert(
    fc.property(roots, (all) => {
      const titles = (commentText(contentOf(all)) ?? "").split("\n").filter((line) => line.startsWith("## "));
      const order = [MARKS.refused, MARKS.approval, MARKS.changes];
      const ranks = titles.map((title) => order.findIndex((mark) => title.endsWith(mark)));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }),
    { numRuns: 40 },
  );
});

test("the order of the files does not change the order of roots with different outcomes", () => {
  const [a, b, c] = [summary("a/a", "refused", 60_000), summary("b/b", "changes", 60_000), summary("c/c", "none", 10)];
  const text = (summaries: GateSummary[]) => commentText({ summaries, unplanned: [], removed: [], runPage: "x" });
  expect(text([c, b, a])).toBe(text([a, b, c]));
});

test("a list with too many refused roots ends with the number of the others", () => {
  const summaries = Array.from({ length: 500 }, (_, i) =>
    summary(`shop/root-with-a-long-name-${i}`, "refused", 60_000),
  );
  const text = commentText({ summaries, unplanned: [], removed: [], runPage: "x" }) ?? "";
  expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  expect(text).toMatch(/^\*\*Roots: 500 refused\*\*$/m);
  expect(text).toMatch(/`shop\/root-with-a-long-name-9`.* and \d+ more\n/);
});

test("without affected roots there is no comment", () => {
  expect(commentText({ summaries: [], unplanned: [], removed: [], runPage: "x" })).toBeUndefined();
});
