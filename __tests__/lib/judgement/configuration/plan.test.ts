import { createHash } from "node:crypto";
import fc from "fast-check";
import { planned, SENSITIVE, show, valuesAfter, valuesBefore } from "../../../../lib/judgement/configuration";
import { sourceOf } from "../../../../lib/judgement/configuration/plan";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import type { ResourceChange } from "../../../../lib/terraform";
import { resourceOf, rootOf } from "../guardrails/fixture";

const ADDRESS = "module.call.aws_thing.this";
const KEY = new Reference("module.key.aws_kms_key.this", "arn");

type Values = Readonly<Record<string, unknown>>;

function changeOf(after: Values | null, more: Partial<ResourceChange["change"]> = {}): ResourceChange {
  const change = { actions: ["create" as const], before: null, after, replace_paths: [], ...more };
  return { address: ADDRESS, module_address: "module.call", mode: "managed", type: "aws_thing", name: "this", change };
}

/** The values that come out, as a message would show them. */
function shown(change: ResourceChange, source: Readonly<Record<string, HclValue>> = {}) {
  const values = valuesAfter(change, resourceOf("aws_thing", source));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
}

test("known values are those of the plan, and unknown values those of the source", () => {
  const change = changeOf(
    { size: 2, rule: [{ port: 443, note: null }], tags: { a: "x" } },
    { after_unknown: { key: true, arn: true, rule: [{ key: true }], tags: { b: true } } },
  );
  const source = {
    size: 1,
    key: KEY,
    rule: [{ port: 80, key: KEY }],
    tags: { a: "y", b: new PartialText(["z-", KEY]) },
  };
  expect(shown(change, source)).toEqual({
    size: "2",
    key: "${module.key.aws_kms_key.this.arn}",
    arn: "null",
    rule: '[{"port": 443, "note": null, "key": (known after apply)}]',
    tags: '{"a": "x", "b": "z-${module.key.aws_kms_key.this.arn}"}',
  });
});

test("a hash of user data is replaced by the source's text with this hash, also in Base64", () => {
  const script = "export DB_PASSWORD=swordfish";
  const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
  const partial = new PartialText(["export KEY=", KEY]);
  const change = changeOf({ a: sha1(script), b: sha1(script), c: sha1("other"), d: sha1("any"), e: script });
  expect(
    shown(change, { a: script, b: Buffer.from(script).toString("base64"), c: script, d: partial, e: "older" }),
  ).toEqual({
    a: JSON.stringify(script),
    b: JSON.stringify(Buffer.from(script).toString("base64")),
    c: JSON.stringify(sha1("other")),
    d: '"export KEY=${module.key.aws_kms_key.this.arn}"',
    e: JSON.stringify(script),
  });
});

test("an element of a set is completed by the matching element of the source, at any index", () => {
  const other = new Reference("module.other.aws_kms_key.this", "arn");
  const change = changeOf(
    { rule: [{ port: 80 }, { port: 443 }] },
    { after_unknown: { rule: [{ key: true }, { key: true }] } },
  );
  const source = {
    rule: [
      { port: 443, key: KEY },
      { port: 80, key: other },
    ],
  };
  expect(shown(change, source).rule).toBe(
    '[{"port": 80, "key": ${module.other.aws_kms_key.this.arn}}, {"port": 443, "key": ${module.key.aws_kms_key.this.arn}}]',
  );
});

test("a single block of the source needs no list", () => {
  const change = changeOf({ rule: [{ port: 80 }] }, { after_unknown: { rule: [{ key: true }] } });
  expect(shown(change, { rule: { port: 80, key: KEY } }).rule).toBe(
    '[{"port": 80, "key": ${module.key.aws_kms_key.this.arn}}]',
  );
});

const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean());

test("the order of a set makes no difference", () => {
  const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 6 });
  const shuffled = ports.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, order]) => {
      const keyOf = (port: number) => new Reference(`module.key.aws_kms_key.this["${port}"]`, "arn");
      const change = changeOf(
        { rule: order.map((port) => ({ port })) },
        { after_unknown: { rule: order.map(() => ({ key: true })) } },
      );
      const { rule } = valuesAfter(
        change,
        resourceOf("aws_thing", { rule: all.map((port) => ({ port, key: keyOf(port) })) }),
      );
      expect(rule).toEqual(order.map((port) => ({ port, key: keyOf(port) })));
    }),
  );
});

test("a plan without unknown values is not changed by the source", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), plain), fc.dictionary(fc.string(), plain), (after, source) => {
      expect(valuesAfter(changeOf(after), resourceOf("aws_thing", source))).toEqual(after);
    }),
  );
});

test("a sensitive value is never shown, and neither is its text in the source", () => {
  const secret = fc.string({ minLength: 8, unit: fc.constantFrom("s", "e", "c", "r", "t") });
  const sources = (text: string): readonly HclValue[] => [
    text,
    new PartialText([text, KEY]),
    new EncodedJson({ text, key: KEY }),
    new Unknown(),
    KEY,
    [text],
    { text },
  ];
  fc.assert(
    fc.property(secret, fc.boolean(), (text, isKnown) => {
      for (const source of sources(text)) {
        const change = changeOf(isKnown ? { name: text, list: [text], map: { a: text } } : {}, {
          before: { name: text, list: [text], map: { a: text } },
          after_unknown: isKnown ? {} : { name: true, list: true, map: true },
          after_sensitive: { name: true, list: isKnown ? [true] : true, map: isKnown ? { a: true } : true },
          before_sensitive: { name: true, list: [true], map: { a: true } },
        });
        const after = valuesAfter(
          change,
          resourceOf("aws_thing", { name: source, list: [source], map: { a: source } }),
        );
        for (const values of [after, valuesBefore(change) ?? {}]) expect(JSON.stringify(values)).not.toContain(text);
        expect(show(after)).not.toContain(text);
      }
    }),
  );
});

test("a sensitive value keeps its references, and an empty value is no secret", () => {
  const change = changeOf(
    { a: "x", b: "x", c: null, d: "x" },
    { after_sensitive: { a: true, b: true, c: true, d: true } },
  );
  const source = { a: KEY, b: new PartialText(["x", KEY]), c: "x", d: "x" };
  const values = valuesAfter(change, resourceOf("aws_thing", source));
  expect(values).toEqual({ a: KEY, b: new Unknown([KEY]), c: null, d: SENSITIVE });
});

test("removed resources are omitted, resources without a source are included, and data sources stay", () => {
  const data = resourceOf("aws_region", {}, { mode: "data", address: "module.call.data.aws_region.this" });
  const root = rootOf([resourceOf("aws_thing", { size: 1 }), data]);
  const gone = planned(root, [changeOf(null, { actions: ["delete"], before: { size: 1 } })]);
  expect(gone.resources).toEqual([data]);
  const other = {
    ...changeOf({ size: 3 }),
    address: 'module.more.aws_thing.this["a"]',
    module_address: "module.more",
    index: "a",
  };
  expect(planned(root, [other]).of("aws_thing")).toEqual([
    {
      address: 'module.more.aws_thing.this["a"]',
      mode: "managed",
      type: "aws_thing",
      name: "this",
      key: "a",
      call: "more",
      module: "",
      lifecycle: {},
      values: { size: 3 },
    },
  ]);
});

test("if the source does not know the keys, its instance represents each instance of the plan", () => {
  const root = rootOf([resourceOf("aws_thing", { key: KEY })]);
  const change = { ...changeOf({}, { after_unknown: { key: true } }), address: `${ADDRESS}["a]b"]`, index: "a]b" };
  expect(planned(root, [change]).at(change.address)?.values).toEqual({ key: KEY });
});

test("an empty sensitive value is null, because the provider has an empty text for an argument that is not set", () => {
  const change = changeOf({ a: "", b: null, c: "x" }, { after_sensitive: { a: true, b: true, c: true } });
  expect(shown(change)).toEqual({ a: "null", b: "null", c: "(sensitive value)" });
});

test("a resource of a nested call is found in the source, where the keys of the call may not be known", () => {
  const inner = "module.call.module.inner";
  const resource = { ...resourceOf("aws_thing", {}), address: `${inner}.aws_thing.this[0]` };
  const address = `${inner}["a.b"].aws_thing.this[0]`;
  const change = { address, module_address: `${inner}["a.b"]`, type: "aws_thing", name: "this" };
  expect(sourceOf(change, rootOf([resource]))).toBe(resource);
});
