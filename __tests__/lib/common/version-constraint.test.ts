import { exactVersion, inOrder, majorsOf, meets } from "../../../lib/common/version-constraint";

test.each([
  [">= 5.100.0, < 6.0.0", { first: 5, last: 5 }],
  [">= 5.100.0, < 7.0.0", { first: 5, last: 6 }],
  [">= 5.100.0, <= 7.0.0", { first: 5, last: 7 }],
  ["~> 5.1", { first: 5, last: 5 }],
  ["~> 5.1.0", { first: 5, last: 5 }],
  ["~> 5", { first: 5, last: 5 }],
  ["5.1.0", { first: 5, last: 5 }],
  ["= 5", { first: 5, last: 5 }],
  [">= 5.1, != 5.3.0", { first: 5, last: undefined }],
  ["!= 5.3.0", { first: 0, last: undefined }],
  ["< 6.0.0", { first: 0, last: 5 }],
  ["five", undefined],
  ["", undefined],
])("%p allows the major versions %p", (constraint, majors) => {
  expect(majorsOf(constraint, "provider")).toEqual(majors);
});

// Tried with Terraform 1.11.4: `required_version = "~> 0"` passes, a provider at `~> 4` is not 5.100.0.
test("one number after ~> bounds a provider's version, and not Terraform's own", () => {
  expect(majorsOf("~> 1", "terraform")).toEqual({ first: 1, last: undefined });
  expect(majorsOf("~> 1.11", "terraform")).toEqual({ first: 1, last: 1 });
});

test.each([
  ["5.100.0", ">= 5.100.0, < 7.0.0", true],
  ["6.25.0", ">= 5.100.0, < 7.0.0", true],
  ["7.0.0", ">= 5.100.0, < 7.0.0", false],
  ["5.99.0", ">= 5.100.0, < 7.0.0", false],
  ["5.3.0", ">= 5.1, != 5.3.0", false],
  ["5.2.9", "~> 5.2.1", true],
  ["5.3.0", "~> 5.2.1", false],
  ["5.3.0", "~> 5.2", true],
  ["5.3.0", "newest", false],
])("whether %p meets %p: %p", (version, constraint, expected) => {
  expect(meets(version, constraint)).toBe(expected);
});

test("an exact version has three numbers and no other operator", () => {
  expect(["5.100.0", "= 5.100.0", "5.100", ">= 5.100.0", "5.100.0, 5.100.0"].map(exactVersion)).toEqual([
    "5.100.0",
    "5.100.0",
    undefined,
    undefined,
    undefined,
  ]);
});

test("parts are put in the order of their versions", () => {
  expect(inOrder(">= 5.100.0, < 7.0.0, 5.100.0")).toBe(">= 5.100.0, 5.100.0, < 7.0.0");
  expect(inOrder("< 7.0.0, != 6.1.0, >= 5.100.0, 6.25.0")).toBe(">= 5.100.0, != 6.1.0, 6.25.0, < 7.0.0");
});
