import { z } from "zod";
import { defineModule, hcl, set, text } from "../../../../lib";
import { characters } from "../../../../lib/common/characters";
import { normalizedValue } from "../../../../lib/generator/inputs/unicode";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { FAILED, terraformValues } from "../../judgement/hcl/terraform";
import { deployTime } from "../support";

const FAMILY = "\u{1f468}‍\u{1f469}‍\u{1f467}";
const DECOMPOSED = "e\u0301";

const Named = defineModule({
  name: "named",
  description: "d",
  inputs: {
    title: z.string().min(2).max(3).default("ab").describe("d"),
    letters: text(/^[a-zé]+$/, "letters")
      .default("a")
      .describe("d"),
    kind: z.enum(["é", "b"]).default("b").describe("d"),
    names: set(z.string()).default([]).describe("d"),
    inner: z
      .object({ titles: z.array(z.string().max(1)) })
      .nullable()
      .default(null)
      .describe("d"),
  },
  outputs: { all: z.string().describe("d") },
  example: {},
  build: (_, input) => ({ all: hcl<string>`jsonencode(${Object.values(input)})` }),
});

const problems = (values: object) => Named.specification.problems(values);

test.each([FAMILY + FAMILY, "ééé", "\u{1f600}\u{1f600}\u{1f600}", `${DECOMPOSED}a`])(
  "%s has two or three characters, as Terraform counts them",
  (title) => {
    expect(problems({ title })).toEqual([]);
  },
);

test.each([FAMILY, DECOMPOSED, "\u{1f600}"])("%s has one character, as Terraform counts it", (title) => {
  expect(problems({ title })).toEqual([
    `title: got "${title}"; allowed: text, at least 2 characters, at most 3 characters`,
  ]);
  expect(problems({ inner: { titles: [title] } })).toEqual([]);
});

test("a nested text that is too long is reported with its path", () => {
  expect(problems({ inner: { titles: ["a", "ab"] } })).toEqual([
    'inner.titles[1]: got "ab"; allowed: text, at most 1 characters',
  ]);
});

test("text in another normalization form is checked as Terraform reads it", () => {
  expect(problems({ letters: DECOMPOSED, kind: DECOMPOSED })).toEqual([]);
  expect(problems({ names: ["é", DECOMPOSED] })).toEqual([
    `names: got ["é","${DECOMPOSED}"]; allowed: a list without repetition`,
  ]);
});

test("an expression, alone or in text, stays as it is", () => {
  const name = deployTime<string>("var.name");
  expect(normalizedValue({ [DECOMPOSED]: [name, `x-${name}`] })).toEqual({ é: [name, `x-${name}`] });
  expect(problems({ title: `${name}`, letters: name })).toEqual([]);
});

describeWithTerraform("the real Terraform", () => {
  test("counts the same characters", async () => {
    const texts = [FAMILY, DECOMPOSED, "ééé", "\u{1f600}", "\u{1f1e9}\u{1f1ea}", "a\r\nb", "\u0915\u094d\u0937"];
    const lengths = await terraformValues(
      texts.map((one) => `length(${JSON.stringify(one)})`),
      {},
    );
    expect(lengths).not.toContain(FAILED);
    expect(lengths).toEqual(texts.map((one) => characters(one.normalize()).length));
  });
});
