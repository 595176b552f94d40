import fc from "fast-check";
import { hcl } from "../../../../lib";
import { jsonFile, Verbatim } from "../../../../lib/generator/synth/tree";
import { OWNER } from "../support";

const NFD = "Cafe\u0301";
const NFC = "Caf\u00e9";
const written = (value: object): unknown => JSON.parse(jsonFile("main.tf.json", OWNER, value).content);

test("text and keys in the tree are normalized like in Terraform", () => {
  expect(
    written({
      [NFD]: [NFD, { [`a${NFD}`]: NFD }],
      default: new Verbatim({ [NFD]: NFD }),
      code: `${hcl`upper(${NFD})`}`,
      angstrom: "\u212b",
      behind: `${hcl`upper(${"x\n\u0301"})`}`,
      cut: "a\ud800",
    }),
  ).toEqual({
    [NFC]: [NFC, { [`a${NFC}`]: NFC }],
    default: { [NFC]: NFC },
    code: `\${upper("${NFC}")}`,
    angstrom: "\u00c5",
    behind: '${upper("x\\n\\U00000301")}',
    cut: "a\ufffd",
  });
});

test("text in the tree equals the normalized well-formed text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(written({ a: new Verbatim({ [text]: text }) })).toEqual({ a: { [text.normalize()]: text.normalize() } });
    }),
  );
});

test("two Unicode spellings of one key are refused, because one would be lost", () => {
  expect(() => written({ tags: { [NFD]: 1, [NFC]: 2 } })).toThrow(
    `got the key "${NFC}" in two Unicode spellings; allowed: each key once`,
  );
});
