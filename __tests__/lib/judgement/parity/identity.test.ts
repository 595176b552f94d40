import fc from "fast-check";
import { identityOf, withPlaceholders } from "../../../../lib/judgement/parity/identity";

const BASE = {
  path: "environments/orders/dev",
  source: "main.ts",
  accountId: "111111111111",
  region: "us-east-1",
  backend: { bucket: "state", region: "us-east-1", kmsKeyArn: "arn:aws:kms:us-east-1:1:key/1", dynamodbTable: "lock" },
  tags: { CostCenter: "1", App: "orders", Owner: "platform", Env: "development" },
};

const dev = identityOf({
  ...BASE,
  identity: {
    cidr: ["10.10.0.0/16"],
    domain: ["dev.orders.example"],
    people: ["arn:aws:iam::444444444444:user/ann", "arn:aws:iam::444444444444:user/bob"],
  },
});

test.each([
  ["orders-dev", "orders-<environment>"],
  ["Orders/dev", "Orders/<environment>"],
  ["/dev/", "/<environment>/"],
  ["orders_dev_1", "orders_<environment>_1"],
  ["development", "<environment>"],
  ["device", "device"],
  ["/developer/mydev", "/developer/mydev"],
  ["Dev", "Dev"],
  ["documents-111111111111", "documents-<account_id>"],
  ["arn:aws:iam::111111111111:root", "arn:aws:iam::<account_id>:root"],
  ["1111111111112", "1111111111112"],
  ["arn:aws:iam::444444444444:user/bob", "<people>"],
  ["https://api.dev.orders.example/", "https://api.<domain>/"],
  ["dev.orders.example.com", "<domain>.com"],
  ["mydev.orders.example", "mydev.orders.example"],
  ["dev-orders.example", "<environment>-orders.example"],
  ["us-east-1", "<region>"],
  ["us-east-1a", "<region>a"],
  ["us-east-12", "us-east-12"],
  ["us-east-1ab", "us-east-1ab"],
])("%s becomes %s", (text, expected) => {
  expect(withPlaceholders(text, dev)).toBe(expected);
});

test.each([
  ["10.10.0.0/16", "<cidr>"],
  ["10.10.16.0/20", "<cidr>+16.0/20"],
  ["10.10.0.0/20", "<cidr>+0/20"],
  ["10.10.0.0", "<cidr>+0"],
  ["from 10.10.3.7 to 10.10.255.255:443.", "from <cidr>+3.7 to <cidr>+255.255:443."],
  ["10.11.0.0/16", "10.11.0.0/16"],
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["1.10.10.0.0", "1.10.10.0.0"],
  ["10.10.0.0.1", "10.10.0.0.1"],
  ["10.10.00.1", "10.10.00.1"],
  ["10.10.300.1", "10.10.300.1"],
])("of the block 10.10.0.0/16, %s becomes %s", (text, expected) => {
  expect(withPlaceholders(text, dev)).toBe(expected);
});

test("a block inside another block is replaced first", () => {
  const identity = identityOf({ ...BASE, identity: { cidr: ["10.0.0.0/8"], data: ["10.10.128.0/20"] } });
  expect(withPlaceholders("10.10.128.0/20 10.10.0.0/20", identity)).toBe("<data> <cidr>+10.0.0/20");
});

const word = fc.stringMatching(/^[a-z]{3,8}$/);

/** Who an environment is; no value is a part of another one by chance, nor of a template's own words, which are in capitals. */
const identities = fc
  .record({
    name: word,
    account: fc.stringMatching(/^[1-9]\d{11}$/),
    domain: word.map((first) => `${first}.orders.example`),
    octet: fc.integer({ min: 1, max: 255 }),
  })
  .map(({ name, account, domain, octet }) => ({
    name,
    account,
    domain,
    block: `10.${octet}`,
    identity: identityOf({
      ...BASE,
      path: `environments/orders/${name}`,
      tags: { ...BASE.tags, Env: name },
      accountId: account,
      identity: { domain: [domain], cidr: [`10.${octet}.0.0/16`] },
    }),
  }));

type Who = typeof identities extends fc.Arbitrary<infer T> ? T : never;

/** A piece of a template: a word of its own, or something of the environment. */
const piece = fc.oneof(
  fc.stringMatching(/^[A-Z][A-Z0-9 ]{0,6}$/).map((text) => ({ text, of: (_: Who) => text })),
  fc.constantFrom("name", "account", "domain").map((key) => ({
    text: undefined,
    of: ({ name, account, domain }: Who) => ({ name, account, domain })[key] ?? "",
  })),
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 32 }))
    .map(([third, length]) => ({ text: undefined, of: ({ block }: Who) => `${block}.${third}.0/${length}` })),
);

const templates = fc.array(piece, { minLength: 1, maxLength: 8 });
const write = (template: readonly { of(who: Who): string }[], who: Who) => template.map(({ of }) => of(who)).join(":");

test("texts from one template are equal in two environments with placeholders", () => {
  fc.assert(
    fc.property(templates, identities, identities, (template, one, other) => {
      expect(withPlaceholders(write(template, one), one.identity)).toBe(
        withPlaceholders(write(template, other), other.identity),
      );
    }),
  );
});

test("a text with placeholders does not change if it is processed again", () => {
  fc.assert(
    fc.property(templates, identities, identities, fc.string(), (template, who, other, tail) => {
      for (const text of [write(template, who) + tail, write(template, other) + tail]) {
        const once = withPlaceholders(text, who.identity);
        expect(withPlaceholders(once, who.identity)).toBe(once);
      }
    }),
  );
});

test("a changed character outside of identity never disappears", () => {
  fc.assert(
    fc.property(templates, identities, identities, fc.nat(), (template, one, other, position) => {
      const words = template.filter(({ text }) => text !== undefined);
      const chosen = words[position % Math.max(words.length, 1)];
      fc.pre(chosen !== undefined);
      const changed = template.map((part) => (part === chosen ? { of: (who: Who) => `${part.of(who)}+` } : part));
      expect(withPlaceholders(write(changed, other), other.identity)).not.toBe(
        withPlaceholders(write(template, one), one.identity),
      );
    }),
  );
});

test("addresses at different places of two blocks never become equal", () => {
  const place = fc.tuple(
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 16, max: 32 }),
  );
  fc.assert(
    fc.property(place, place, identities, identities, (left, right, one, other) => {
      const text = ([third, fourth, length]: typeof left, { block }: Who) => `${block}.${third}.${fourth}/${length}`;
      const same = left.every((part, i) => part === right[i]);
      expect(
        withPlaceholders(text(left, one), one.identity) === withPlaceholders(text(right, other), other.identity),
      ).toBe(same);
    }),
  );
});
