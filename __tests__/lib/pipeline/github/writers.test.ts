import { coAuthorsIn } from "../../../../lib/pipeline/github/writers";

const bob = { name: "Bob", email: "bob@shop.example" };

test.each([
  ["a trailer", "Change\n\nCo-authored-by: Bob <bob@shop.example>", [bob]],
  ["a trailer in another case, without a space", "Change\n\nCO-AUTHORED-BY:Bob <bob@shop.example>\n", [bob]],
  ["a trailer, with the line endings of a form", "Change\r\n\r\nCo-authored-by: Bob <bob@shop.example>\r\n", [bob]],
  ["a trailer over two lines", "Change\n\nCo-authored-by: Bob\n  <bob@shop.example>\n", [bob]],
  [
    "several trailers, others among them",
    "Change\n\nCo-authored-by: Bob <bob@shop.example>\nReviewed-by: C <c@d>\nCo-authored-by: Ada <ada@shop.example>",
    [bob, { name: "Ada", email: "ada@shop.example" }],
  ],
  [
    "trailers after the list of a squash and GitHub's separator",
    "Change (#7)\n\n* One\n\n---------\n\nCo-authored-by: Bob <bob@shop.example>",
    [bob],
  ],
  ["a trailer after a patch separator", "Change\n\n---\n\nCo-authored-by: Bob <bob@shop.example>", [bob]],
  ["a trailer without an address", "Change\n\nCo-authored-by: Bob", [{ name: "Bob", email: "" }]],
  ["text that is not a trailer", "Change\n\nSay in Co-authored-by: who wrote it.\n\nAnd end.", []],
  ["a subject that looks like a trailer", "Co-authored-by: Bob <bob@shop.example>", []],
])("a message has %s", (_, message, coAuthors) => {
  expect(coAuthorsIn(message)).toEqual(coAuthors);
});
