import fc from "fast-check";
import { statementsOf } from "../../../../lib/judgement/guardrails/policies";
import { EncodedJson, type HclValue, Unknown } from "../../../../lib/judgement/hcl";

const unknown = new Unknown();

test("a statement is parsed into its parts, with each principal of its kind and each condition on its own", () => {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: ["111111111111", "*"], Service: "ecs.amazonaws.com", Federated: "accounts.google.com" },
    Action: "s3:GetObject",
    NotResource: ["arn:aws:s3:::a"],
    Condition: { "ForAnyValue:StringLikeIfExists": { "AWS:CalledVia": "athena.amazonaws.com" } },
  };
  expect(statementsOf(new EncodedJson({ Statement: statement }))).toEqual([
    {
      sid: "statement 1",
      effect: "Allow",
      actions: ["s3:GetObject"],
      notActions: [],
      resources: [],
      notResources: ["arn:aws:s3:::a"],
      principals: [
        { kind: "AWS", id: "111111111111" },
        { kind: "AWS", id: "*" },
        { kind: "Service", id: "ecs.amazonaws.com" },
        { kind: "Federated", id: "accounts.google.com" },
      ],
      notPrincipals: [],
      conditions: [
        {
          operator: "ForAnyValue:StringLikeIfExists",
          test: "stringlike",
          quantifier: "any",
          ifExists: true,
          key: "aws:calledvia",
          name: "AWS:CalledVia",
          values: ["athena.amazonaws.com"],
        },
      ],
      condition: statement.Condition,
      openConditions: [],
    },
  ]);
});

test.each<[what: string, principal: HclValue, principals: object[]]>([
  ["everybody", "*", [{ kind: "AWS", id: "*" }]],
  ["nobody", null, []],
  ["a part that is known only after the apply", unknown, [{ kind: "unknown", id: unknown }]],
  ["an account that is known only after the apply", { AWS: unknown }, [{ kind: "AWS", id: unknown }]],
  ["a canonical user", { CanonicalUser: "79a5" }, [{ kind: "CanonicalUser", id: "79a5" }]],
])("the principal is %s", (_what, Principal, principals) => {
  expect(statementsOf({ Statement: [{ Principal }] })).toMatchObject([{ principals }]);
});

test.each<[what: string, condition: HclValue, open: HclValue[]]>([
  ["all of it", unknown, [unknown]],
  ["the keys of one operator", { Bool: { a: "true" }, StringEquals: unknown }, [unknown]],
  ["a value", { StringEquals: { a: unknown } }, []],
])("in a condition, %s is unknown", (_what, Condition, openConditions) => {
  expect(statementsOf({ Statement: [{ Condition }] })).toMatchObject([{ openConditions }]);
});

test("a document is unknown if it cannot be parsed, or if one of its statements is unknown", () => {
  for (const document of ["{", unknown, { Statement: [{ Effect: "Allow" }, unknown] }]) {
    expect(statementsOf(document)).toBeInstanceOf(Unknown);
  }
  for (const document of ["", null, "{}", []]) expect(statementsOf(document)).toEqual([]);
});

test("names of elements, kinds of principals and operators mean the same in any case", () => {
  const document = (name: (text: string) => string) => ({
    [name("Statement")]: [
      {
        [name("Sid")]: "Read",
        [name("Effect")]: "Allow",
        [name("NotAction")]: "s3:*",
        [name("Principal")]: { [name("Service")]: "ecs.amazonaws.com" },
        [name("Condition")]: { [name("ForAllValues:StringEqualsIfExists")]: { a: "b" } },
      },
    ],
  });
  const parts = { operator: expect.anything(), test: "stringequals", quantifier: "all", ifExists: true };
  fc.assert(
    fc.property(fc.func(fc.boolean()), (isUpper) => {
      const mixed = (text: string) =>
        Array.from(text, (one, i) => (isUpper(text, i) ? one.toUpperCase() : one.toLowerCase())).join("");
      expect(statementsOf(document(mixed))).toMatchObject([
        {
          sid: "Read",
          effect: "Allow",
          notActions: ["s3:*"],
          principals: [{ kind: "Service", id: "ecs.amazonaws.com" }],
          conditions: [parts],
        },
      ]);
    }),
  );
});
