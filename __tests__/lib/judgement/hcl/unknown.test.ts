import fc from "fast-check";
import { parseExpression } from "../../../../lib/common/hcl/parse";
import {
  beginsWith,
  EncodedJson,
  EvaluationError,
  evaluate,
  finishesWith,
  type HclValue,
  hasUnknown,
  isList,
  isMapping,
  PartialText,
  Reference,
  referencesOf,
  scopeOf,
  Unknown,
  Unordered,
} from "../../../../lib/judgement/hcl";
import { anyExpression, LOCALS } from "./generated";

const bucket = new Reference("module.documents.aws_s3_bucket.this");
const certificate = new Reference("module.web.aws_acm_certificate.this");
const scope = scopeOf({
  aws_s3_bucket: { this: bucket },
  aws_acm_certificate: { this: certificate },
  aws_subnet: { each: { a: new Reference('aws_subnet.each["a"]'), b: new Reference('aws_subnet.each["b"]') } },
  unknown: new Unknown(),
  var: { zones: ["a", "b"] },
});
const value = (expression: string) => evaluate(parseExpression(expression), scope);
const names = (of: HclValue) => referencesOf(of).map(({ address, path }) => `${address} ${path}`);

describe("an attribute of a resource", () => {
  test.each([
    ["aws_s3_bucket.this.id", bucket.address, "id"],
    ['aws_s3_bucket.this["id"]', 'module.documents.aws_s3_bucket.this["id"]', ""],
    ['aws_s3_bucket.this.tags["Name"]', bucket.address, "tags.Name"],
    ['aws_s3_bucket.this.tags["a b"]', bucket.address, 'tags["a b"]'],
    ["one(aws_s3_bucket.this.rule).id", bucket.address, "rule[0].id"],
    ["tostring(aws_s3_bucket.this.id)", bucket.address, "id"],
    ['aws_subnet.each["b"].id', 'aws_subnet.each["b"]', "id"],
    ["true ? aws_s3_bucket.this.id : null", bucket.address, "id"],
    ["try(aws_s3_bucket.this.id, null)", bucket.address, "id"],
  ])("%s", (expression, address, path) => {
    expect(value(expression)).toEqual(new Reference(address, path));
  });

  test("may be reached through a for or a splat over known instances", () => {
    const ids = [new Reference('aws_subnet.each["a"]', "id"), new Reference('aws_subnet.each["b"]', "id")];
    expect(value("[for zone in var.zones : aws_subnet.each[zone].id]")).toEqual(ids);
    expect(value("values(aws_subnet.each)[*].id")).toEqual(ids);
    expect(value("{ for key, subnet in aws_subnet.each : key => subnet.id }")).toEqual({ a: ids[0], b: ids[1] });
  });
});

describe("a set with unknown elements", () => {
  const [one, other] = [new Reference(bucket.address, "id"), new Reference(certificate.address, "id")];
  const both = "setunion([aws_s3_bucket.this.id], [aws_acm_certificate.this.id])";

  test("keeps them in a union, a sort and a for", () => {
    expect(value(both)).toEqual(new Unordered([one, other]));
    expect(value(`[for id in sort(${both}) : "\${id}/*"]`)).toEqual(
      new Unordered([new PartialText([one, "/*"]), new PartialText([other, "/*"])]),
    );
  });

  test("does not show which of them remain after a condition or at an index", () => {
    for (const expression of [`[for id in ${both} : id if id != ""]`, `[for i, id in ${both} : id]`]) {
      expect(value(expression)).not.toBeInstanceOf(Unordered);
      expect(value(expression)).toBeInstanceOf(Unknown);
    }
    expect(value("setunion([aws_s3_bucket.this.id], unknown)")).not.toBeInstanceOf(Unordered);
  });
});

describe("text with an unknown piece", () => {
  const arn = value('"arn:aws:s3:::${aws_s3_bucket.this.id}/logs/*"');

  test("keeps its literal pieces", () => {
    expect(arn).toEqual(new PartialText(["arn:aws:s3:::", new Reference(bucket.address, "id"), "/logs/*"]));
    expect(value('"<${"a-${unknown.x}"}>"')).toEqual(new PartialText(["<a-", new Unknown(), ">"]));
    expect(value('join("/", ["a", unknown.x, "b"])')).toEqual(new PartialText(["a/", new Unknown(), "/b"]));
    expect(value('format("%s-%d", "a", unknown.x)')).toEqual(new PartialText(["a-", new Unknown()]));
  });

  test("has a known beginning and end, or an unknown one", () => {
    expect([
      beginsWith(arn, "arn:aws:s3:"),
      beginsWith(arn, "arn:aws:s3:::x"),
      beginsWith(arn, "arn:aws:iam:"),
    ]).toEqual([true, undefined, false]);
    expect([finishesWith(arn, "*"), finishesWith(arn, "x/logs/*"), finishesWith(arn, "?")]).toEqual([
      true,
      undefined,
      false,
    ]);
    expect(beginsWith(new Unknown(), "a")).toBe(undefined);
  });

  test("is compared by its known pieces", () => {
    expect(value('startswith("a-${unknown.x}", "a")')).toBe(true);
    expect(value('"a-${unknown.x}" == null')).toBe(false);
    expect(value('"a-${unknown.x}" == "b"')).toBe(false);
    expect(value('"a-${unknown.x}" == "a-b"')).toEqual(new Unknown());
    expect(value('contains(["b", "a-${unknown.x}"], "b")')).toBe(true);
  });
});

describe("an unknown", () => {
  test("passes through structures and leaves the other parts known", () => {
    expect(value("merge({ a = unknown.x }, { b = 1 })")).toEqual({ a: new Unknown(), b: 1 });
    expect(value("length([unknown.x, 1])")).toBe(2);
    expect(value("keys({ a = unknown.x })")).toEqual(["a"]);
    expect(value("unknown.x && false")).toBe(false);
    expect(value("true || unknown.x")).toBe(true);
    expect(value("distinct([aws_s3_bucket.this.id, aws_s3_bucket.this.id])")).toEqual([bucket.attribute("id")]);
  });

  test("is part of JSON that can be decoded", () => {
    const policy = value('jsonencode({ Resource = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"] })');
    const arn = new Reference(bucket.address, "arn");
    expect(policy).toEqual(new EncodedJson({ Resource: [arn, new PartialText([arn, "/*"])] }));
    expect(value("jsondecode(jsonencode({ a = unknown.x })).a")).toEqual(new Unknown());
  });

  test.each([
    ["upper(aws_s3_bucket.this.id)", ["module.documents.aws_s3_bucket.this id"]],
    [
      "aws_s3_bucket.this.id == 1 ? aws_acm_certificate.this.arn : [aws_acm_certificate.this.id]",
      [
        "module.documents.aws_s3_bucket.this id",
        "module.web.aws_acm_certificate.this arn",
        "module.web.aws_acm_certificate.this id",
      ],
    ],
    ["[for x in aws_s3_bucket.this.tags : x]", ["module.documents.aws_s3_bucket.this tags"]],
    ["[for x in [1] : x if aws_s3_bucket.this.id == x]", ["module.documents.aws_s3_bucket.this id"]],
    ["{ (aws_s3_bucket.this.id) = 1 }", ["module.documents.aws_s3_bucket.this id"]],
    ["[1, 2][aws_s3_bucket.this.id]", ["module.documents.aws_s3_bucket.this id"]],
    ["timeadd(aws_s3_bucket.this.id)", ["module.documents.aws_s3_bucket.this id"]],
    [
      "try(length([aws_s3_bucket.this.id]) == 1 ? [aws_s3_bucket.this.id] : [])",
      ["module.documents.aws_s3_bucket.this id"],
    ],
    ["can(aws_s3_bucket.this.id)", ["module.documents.aws_s3_bucket.this id"]],
  ])("%s is unknown and has the references that it is made from", (expression, references) => {
    const found = value(expression);
    expect(found).toBeInstanceOf(Unknown);
    expect(names(found)).toEqual(references);
  });
});

describe("the condition of a for over an empty collection", () => {
  test("may fail at the apply if something else than the element is unknown", () => {
    expect(value("try([for x in [] : x if unknown.x], 1)")).toEqual(new Unknown());
    expect(value("can([for x in [] : x if x == unknown.x])")).toEqual(new Unknown());
  });

  test("cannot fail if only the element is unknown", () => {
    expect(value("try([for x in [] : x if x.enabled && x.size == 1], 1)")).toEqual([]);
    expect(value("can({ for key, x in {} : key => x if upper(key) == x.name })")).toBe(true);
  });
});

describe("a generated expression with unknown locals", () => {
  test("agrees with the same expression with known values, if its value is known", () => {
    const masks = fc.array(fc.constantFrom("known", "known", "unknown", "within"), { minLength: 10, maxLength: 10 });
    let decided = 0;
    fc.assert(
      fc.property(anyExpression, masks, (text, mask) => {
        const entries = Object.entries(LOCALS).map(([name, known], i): [string, HclValue] => [
          name,
          hide(known, mask[i]),
        ]);
        const expression = parseExpression(text);
        const known = outcome(() => evaluate(expression, scopeOf({ local: LOCALS })));
        const partial = outcome(() => evaluate(expression, scopeOf({ local: Object.fromEntries(entries) })));
        if (known === undefined) return;
        if (partial !== undefined && !hasUnknown(partial)) decided++;
        expect({ text, mask, partial, known, covers: partial !== undefined && covers(partial, known) }).toMatchObject({
          covers: true,
        });
      }),
      { numRuns: 3000 },
    );
    expect(decided).toBeGreaterThan(500);
  });
});

/** A value of which all, or pieces, are unknown. */
function hide(known: HclValue, how: string | undefined): HclValue {
  if (how === "unknown") return new Unknown();
  if (how !== "within") return known;
  if (typeof known === "string") return new PartialText([known.slice(0, 1), new Unknown()]);
  if (isList(known)) return known.map((item, i) => (i % 2 === 0 ? hide(item, "within") : item));
  if (!isMapping(known)) return new Unknown();
  return Object.fromEntries(Object.entries(known).map(([key, item], i) => [key, i % 2 === 0 ? new Unknown() : item]));
}

/** Whether the value may turn out to be the known one. */
function covers(value: HclValue, known: HclValue): boolean {
  if (value instanceof PartialText) {
    if (typeof known !== "string") return false;
    const pattern = value.parts
      .map((part) => (typeof part === "string" ? part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") : ".*"))
      .join("");
    return new RegExp(`^${pattern}$`, "su").test(known);
  }
  if (value instanceof EncodedJson) return typeof known === "string" && covers(value.value, JSON.parse(known));
  if (value instanceof Unknown) return true;
  if (isList(value))
    return isList(known) && value.length === known.length && value.every((item, i) => covers(item, known[i] ?? null));
  if (!isMapping(value)) return Object.is(value, known);
  return (
    isMapping(known) &&
    Object.keys(value).sort().join() === Object.keys(known).sort().join() &&
    Object.entries(value).every(([key, item]) => covers(item, known[key] ?? null))
  );
}

/** Undefined where Terraform would refuse it. */
function outcome(compute: () => HclValue): HclValue | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}
