import { z } from "zod";
import { sensitive, set } from "../../../../lib/generator/inputs/schema";
import { terraformType } from "../../../../lib/generator/inputs/types";
import { type HclValue, Reference, Unordered } from "../../../../lib/judgement/hcl";
import { compareValues } from "../../../../lib/judgement/parity/compare";
import { identityOf } from "../../../../lib/judgement/parity/identity";

const identities = ["dev", "prod"].map((name) =>
  identityOf({
    path: `environments/orders/${name}`,
    accountId: "111111111111",
    region: "us-east-1",
    tags: { CostCenter: "1", App: "orders", Owner: "platform", Env: name },
    identity: { people: [`${name}-ann`, `${name}-bob`], domain: [`${name}.example`] },
  }),
);

/** `place: dev | prod` of each difference. */
function differences(dev: HclValue, prod: HclValue, schema?: z.ZodType): string[] {
  const type = schema && terraformType(schema, "input");
  const sides = [dev, prod].map((value, i) => ({ value, type, identity: identities[i] ?? fail() }));
  return compareValues("x", sides).map(({ place, values }) => `${place}: ${values.join(" | ")}`);
}

function fail(): never {
  throw new Error("there are two environments");
}

test("keys that are identity values of their environments are one key", () => {
  expect(differences({ "dev.example": 1, other: 2 }, { "prod.example": 1, other: 2 })).toEqual([]);
  expect(differences({ "dev.example": 1 }, { "prod.example": 3 })).toEqual(['x["<domain>"]: 1 | 3']);
});

test("keys that all environments have are compared as they are, also the name of an environment", () => {
  expect(differences({ dev: 1, prod: 2 }, { dev: 1, prod: 2 })).toEqual([]);
  expect(differences({ dev: 1, prod: 2 }, { dev: 1, prod: 3 })).toEqual(["x.prod: 2 | 3"]);
});

test("a repeated identity value is no difference unless its members differ", () => {
  expect(differences({ "dev-ann": 1, "dev-bob": 1 }, { "prod-ann": 1 })).toEqual([]);
  expect(differences({ "dev-ann": 1, "dev-bob": 2 }, { "prod-ann": 1 })).toEqual(['x["<people>#2"]: 2 | ']);
  expect(differences(["dev-ann", "dev-bob", "z"], ["prod-bob", "z"])).toEqual([]);
});

test("an empty list differs from a list with elements", () => {
  expect(differences(["dev-ann"], [])).toEqual(['x: ["<people>"] | []']);
});

test("text that only looks like the environment's name is compared as it is beside identity values", () => {
  expect(differences("prod-layers/dev.example", "prod-layers/prod.example")).toEqual([]);
  expect(differences({ "/dev/null of dev.example": 1 }, { "/dev/null of prod.example": 1 })).toEqual([]);
});

test("lists of the same length are compared item by item, other lists as a whole", () => {
  expect(differences(["a", { b: 1 }], ["a", { b: 2 }])).toEqual(["x[1].b: 1 | 2"]);
  expect(differences(["a"], ["a", "b"])).toEqual(['x: ["a"] | ["a", "b"]']);
});

test("sets are compared by their elements, also where some elements are known after the apply", () => {
  const topic = new Reference("module.alerts.aws_sns_topic.this", "arn");
  const unordered = (...elements: HclValue[]) => new Unordered(elements);
  expect(differences(unordered("a", topic), unordered(topic, "a"))).toEqual([]);
  expect(differences(unordered("a", topic), unordered("b", topic))).toEqual(['x.a: "a" | ', 'x.b:  | "b"']);
});

test("the order of a set's elements is no difference", () => {
  const schema = set(z.string());
  expect(differences(["a", "b"], ["b", "a"], schema)).toEqual([]);
  expect(differences(["a", "b"], ["b", "c"], schema)).toEqual(['x.a: "a" | ', 'x.c:  | "c"']);
});

test("text differs from a number, and null from a missing member", () => {
  expect(differences("1", 1)).toEqual(['x: "1" | 1']);
  expect(differences({ a: null }, {})).toEqual(["x.a: null | "]);
});

test("an omitted attribute has its default, or is null", () => {
  const schema = z.object({ size: z.number().default(3), note: z.string().nullish() });
  expect(differences({ size: 3, note: null }, {}, schema)).toEqual([]);
  expect(differences({ size: 4 }, {}, schema)).toEqual(["x.size: 4 | 3"]);
});

test("a sensitive value is not shown", () => {
  expect(differences({ a: "one" }, { a: "two" }, sensitive(z.record(z.string(), z.string())))).toEqual([
    "x: (sensitive) | (sensitive)",
  ]);
});

test("JSON texts are compared by their members, with placeholders", () => {
  const values = (env: string, size: string) => JSON.stringify({ bucket: `loki-${env}`, limits: { memory: size } });
  expect(differences([values("dev", "1Gi")], [values("prod", "1Gi")])).toEqual([]);
  expect(differences([values("dev", "1Gi")], [values("prod", "2Gi")])).toEqual(['x[0].limits.memory: "1Gi" | "2Gi"']);
  expect(differences('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toEqual([]);
  expect(differences("{a", "{b")).toEqual(['x: "{a" | "{b"']);
});
