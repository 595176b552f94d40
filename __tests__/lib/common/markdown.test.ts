import fc from "fast-check";
import { marked, type Tokens } from "marked";
import { codeSpan, markdownTable } from "../../../lib/common/markdown";

/** Text that could end a code span or a cell, or be read as Markdown. */
const text = fc
  .array(fc.constantFrom("`", "``", "|", "a", "\\", "*", "<b>", "@ada", "[a](b)"), { minLength: 1 })
  .map((parts) => parts.join(""));

const isTable = (token: object): token is Tokens.Table => "rows" in token;

test("the code span of any value is exactly one code span with this value", () => {
  fc.assert(
    fc.property(text, (value) => {
      const [paragraph] = marked.lexer(codeSpan(value));
      expect(paragraph).toMatchObject({ tokens: [{ type: "codespan", text: value }] });
    }),
  );
});

test("a value of several lines is one line", () => {
  expect(codeSpan("one\n  two\r\nthree")).toBe("`one two three`");
});

test("a table keeps pipes and line breaks inside of its cells", () => {
  const [table] = marked.lexer(markdownTable(["Name", "Value"], [[codeSpan("a|b"), "one\ntwo|three"]]));
  expect(table && isTable(table) ? table.rows.map((row) => row.map((cell) => cell.text)) : undefined).toEqual([
    ["`a|b`", "one two|three"],
  ]);
});
