/** Environments with equal texts have no difference that a comparison would find. */
import fc from "fast-check";
import type { RootConfiguration } from "../../../../lib/judgement/configuration";
import { EncodedJson, type HclValue, Reference, textFrom } from "../../../../lib/judgement/hcl";
import { compareValues } from "../../../../lib/judgement/parity/compare";
import { type IdentityProps, identityOf } from "../../../../lib/judgement/parity/identity";
import { securityOf } from "../../../../lib/judgement/parity/security";
import { inCommon, isShared, textsOf } from "../../../../lib/judgement/parity/shared-texts";
import { resourceOf, rootOf } from "../guardrails/fixture";

const TAGS = { CostCenter: "1", App: "shop", Owner: "platform" };

function props(name: string, accountId: string, region: string, people: readonly string[] = ["ann"]): IdentityProps {
  return { path: `environments/shop/${name}`, accountId, region, tags: { ...TAGS, Env: name }, identity: { people } };
}

/** Names and accounts of some of these are in others' texts. */
const DEV = props("dev", "111", "us-east-1");
const PROD = props("prod", "222", "us-east-1", ["ann", "bob"]);
const EAST = props("us", "111", "us-west-2", ["prod"]);

const of = (values: Readonly<Record<string, HclValue>>): RootConfiguration =>
  rootOf([resourceOf("aws_iam_role_policy", values)], { calls: [{ id: "call", module: "modules/call", inputs: {} }] });

type Side = readonly [IdentityProps, Readonly<Record<string, HclValue>>];

function compared(sides: readonly Side[]): { shared: boolean; contrasts: number } {
  const roots = sides.map(([own, values]) => ({ identity: identityOf(own), root: of(values) }));
  const texts = roots.map(({ identity, root }) => textsOf(root, identity)).reduce(inCommon);
  const values = roots.map(({ identity, root }) => ({ identity, values: securityOf(root).get("call") }));
  const contrasts = (["reach", "access"] as const).flatMap((part) =>
    compareValues(
      "call",
      values.map(({ identity, values }) => ({ value: values?.[part], type: undefined, identity })),
      { unordered: true },
    ),
  );
  return { shared: isShared(texts, "call", sides.length), contrasts: contrasts.length };
}

const policy = (name: string, account: string) => ({
  role: `shop-${name}`,
  policy: JSON.stringify({
    Statement: [{ Sid: "Read", Action: ["s3:Get", "s3:List"], Resource: [`arn:aws:s3:::shop-${name}/*`, account] }],
  }),
});

test("policies that differ in identity only have a text in common", () => {
  const sides: Side[] = [
    [DEV, policy("dev", "111")],
    [PROD, policy("prod", "222")],
  ];
  expect(compared(sides)).toEqual({ shared: true, contrasts: 0 });
});

test("identity values with one placeholder count once", () => {
  const sides: Side[] = [
    [DEV, { names: ["ann"] }],
    [PROD, { names: ["ann", "bob"] }],
  ];
  expect(compared(sides)).toEqual({ shared: true, contrasts: 0 });
});

test.each<[string, readonly [Side, Side]]>([
  [
    "another action",
    [
      [DEV, policy("dev", "111")],
      [PROD, { ...policy("prod", "222"), policy: JSON.stringify({ Statement: [] }) }],
    ],
  ],
  [
    "the name of another environment",
    [
      [DEV, { role: "shop-dev" }],
      [PROD, { role: "shop-dev" }],
    ],
  ],
  [
    "a key that only looks like a placeholder",
    [
      [DEV, { "<environment>": "a" }],
      [PROD, { prod: "a" }],
    ],
  ],
])("%s is left to the comparison", (_, sides) => {
  expect(compared(sides).shared).toBe(false);
});

test("a call that an environment lacks is left to the comparison", () => {
  const texts = [of(policy("dev", "111")), rootOf([])].map((root) => textsOf(root, identityOf(DEV))).reduce(inCommon);
  expect(isShared(texts, "call", 2)).toBe(false);
});

const TOKENS = [
  "<name>",
  "<account>",
  "<region>",
  "<person>",
  "dev",
  "prod",
  "us",
  "111",
  "us-east-1",
  "a",
  "<environment>",
];

const texts = fc
  .array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 2 })
  .chain((tokens) => fc.constantFrom("-", "/").map((separator) => tokens.join(separator)));

const { value: values } = fc.letrec<{ value: HclValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    texts,
    fc.constantFrom<HclValue>(null, true, 1, new Reference("module.call.aws_iam_role.dev", "arn")),
    texts.map((text) => textFrom([text, new Reference("module.call.aws_iam_role.us", "arn")])),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(texts, tie("value"), { maxKeys: 3 }),
    tie("value").map((value) => new EncodedJson(value)),
  ),
}));

/** The value of one environment. Some of its identity values are those of another one. */
function placed(value: HclValue, own: IdentityProps): HclValue {
  const [person = ""] = own.identity?.people ?? [];
  const inText = (text: string) =>
    text
      .replaceAll("<name>", own.tags.Env)
      .replaceAll("<account>", own.accountId)
      .replaceAll("<region>", own.region)
      .replaceAll("<person>", person);
  if (typeof value === "string") return inText(value);
  if (value instanceof EncodedJson) return new EncodedJson(placed(value.value, own));
  if (Array.isArray(value)) return value.map((item: HclValue) => placed(item, own));
  if (typeof value !== "object" || value === null || value instanceof Reference || "parts" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [inText(key), placed(member, own)]));
}

test("a comparison finds no difference in a call whose environments have a text in common", () => {
  const environments = [DEV, PROD, EAST];
  let shared = 0;
  fc.assert(
    fc.property(values, fc.array(values, { maxLength: 1 }), (value, others) => {
      const sides = environments.map((own, i): Side => [own, { value: placed((i === 2 && others[0]) || value, own) }]);
      const result = compared(sides);
      if (result.shared) shared++;
      expect(result.shared && result.contrasts > 0).toBe(false);
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(shared).toBeGreaterThan(40);
});
