import fc from "fast-check";
import { overlaps, planSubnets, writtenSubnets, type Zones } from "../../modules/vpc/plan";
import { failure } from "../lib/generator/support";

const blocks = fc
  .tuple(fc.integer({ min: 16, max: 24 }), fc.nat(2 ** 32 - 1))
  .map(([prefix, address]) => `${dotted(address - (address % 2 ** (32 - prefix)))}/${prefix}`);
const zonesOf = (least: number) =>
  fc
    .tuple(
      fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"], { minLength: least, maxLength: 4 }),
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
    )
    .map(([names, places]) => Object.fromEntries(names.map((name, i) => [name, places[i] ?? 0])));
const zones = zonesOf(2);

const WRITTEN = {
  public: ["10.20.101.0/24", "10.20.102.0/24"],
  private: ["10.20.1.0/24", "10.20.3.0/24"],
  data: ["10.20.2.0/24", "10.20.4.0/24"],
} as const;
const NETWORK = { cidr: "10.20.0.0/16", zones: { b: 1, a: 0 } };

test("written subnets have the blocks that are given, at the positions of their zones", () => {
  expect(writtenSubnets(NETWORK, WRITTEN)).toEqual({
    "public/a": { tier: "public", zone: "a", cidr: "10.20.101.0/24" },
    "public/b": { tier: "public", zone: "b", cidr: "10.20.102.0/24" },
    "private/a": { tier: "private", zone: "a", cidr: "10.20.1.0/24" },
    "private/b": { tier: "private", zone: "b", cidr: "10.20.3.0/24" },
    "data/a": { tier: "data", zone: "a", cidr: "10.20.2.0/24" },
    "data/b": { tier: "data", zone: "b", cidr: "10.20.4.0/24" },
  });
});

test.each([
  ["10.20.2.0/24", "subnets.data: got 1 blocks; allowed: 2, one for each zone"],
  ["10.20.2.0/24 10.21.4.0/24", 'subnets.data: got "10.21.4.0/24"; allowed: an IPv4 network in 10.20.0.0/16'],
  ["10.20.2.0/24 10.20.4.1/24", 'subnets.data: got "10.20.4.1/24"; allowed: an IPv4 network in 10.20.0.0/16'],
  ["10.20.2.0/24 10.0.0.0/8", 'subnets.data: got "10.0.0.0/8"; allowed: an IPv4 network in 10.20.0.0/16'],
  [
    "10.20.2.0/24 10.20.3.128/25",
    'subnets.data: got "10.20.3.128/25"; allowed: a block without the addresses of 10.20.3.0/24',
  ],
])("written blocks that do not fit are refused: %s", (data, message) => {
  expect(failure(() => writtenSubnets(NETWORK, { ...WRITTEN, data: data.split(" ") })).message).toContain(message);
});

describe("the plan of subnets", () => {
  test("cuts a block into a quarter for each tier, and each quarter into zones", () => {
    expect(planSubnets({ cidr: "10.20.0.0/16", zones: { b: 1, a: 0 } })).toEqual({
      "public/a": { tier: "public", zone: "a", cidr: "10.20.0.0/20" },
      "public/b": { tier: "public", zone: "b", cidr: "10.20.16.0/20" },
      "private/a": { tier: "private", zone: "a", cidr: "10.20.64.0/20" },
      "private/b": { tier: "private", zone: "b", cidr: "10.20.80.0/20" },
      "data/a": { tier: "data", zone: "a", cidr: "10.20.128.0/20" },
      "data/b": { tier: "data", zone: "b", cidr: "10.20.144.0/20" },
    });
  });

  test("has a subnet for each tier and zone, a sixteenth of the block each", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, places) => {
        const plan = planSubnets({ cidr, zones: places });
        const keys = ["public", "private", "data"].flatMap((tier) =>
          Object.keys(places).map((zone) => `${tier}/${zone}`),
        );
        expect(Object.keys(plan).sort()).toEqual(keys.sort());
        for (const { cidr: subnet } of Object.values(plan)) expect(prefixOf(subnet)).toBe(prefixOf(cidr) + 4);
      }),
    );
  });

  test("stays inside the block", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, places) => {
        const [first, last] = span(cidr);
        for (const { cidr: subnet } of Object.values(planSubnets({ cidr, zones: places }))) {
          expect(span(subnet)[0]).toBeGreaterThanOrEqual(first);
          expect(span(subnet)[1]).toBeLessThanOrEqual(last);
        }
      }),
    );
  });

  test("assigns no address twice", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, places) => {
        const spans = Object.values(planSubnets({ cidr, zones: places })).map((subnet) => span(subnet.cidr));
        spans.sort(([a], [b]) => a - b);
        for (const [i, [first]] of spans.slice(1).entries()) expect(first).toBeGreaterThan(spans[i]?.[1] ?? first);
      }),
    );
  });

  test("for two blocks without a shared address has subnets without one, and divides both in the same way", () => {
    const regional = (region: string, places: Zones) =>
      Object.fromEntries(Object.entries(places).map(([zone, place]) => [`${region}${zone}`, place]));
    fc.assert(
      fc.property(blocks, blocks, zones, (cidr, other, places) => {
        fc.pre(!overlaps(cidr, other));
        const here = planSubnets({ cidr, zones: regional("us-east-1", places) });
        const there = planSubnets({ cidr: other, zones: regional("us-west-2", places) });
        for (const one of Object.values(here)) {
          for (const two of Object.values(there)) expect(shareAddress(one.cidr, two.cidr)).toBe(false);
        }
        expect(Object.keys(there)).toEqual(Object.keys(here).map((key) => key.replace("us-east-1", "us-west-2")));
      }),
    );
  });

  test("is the same for the same zones in any order", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, places) => {
        const reversed = Object.fromEntries(Object.entries(places).reverse());
        expect(planSubnets({ cidr, zones: reversed })).toEqual(planSubnets({ cidr, zones: places }));
      }),
    );
  });

  test("moves no subnet when a zone is added between others or removed", () => {
    fc.assert(
      fc.property(blocks, zonesOf(3), fc.nat(), (cidr, places, which) => {
        const names = Object.keys(places);
        const { [names[which % names.length] ?? ""]: _, ...fewer } = places;
        expect(planSubnets({ cidr, zones: places })).toMatchObject(planSubnets({ cidr, zones: fewer }));
      }),
      { examples: [["10.20.0.0/16", { a: 0, b: 2, c: 1 }, 1]] },
    );
  });

  test("moves no subnet when a tier is omitted", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, places) => {
        const all = planSubnets({ cidr, zones: places });
        expect(all).toMatchObject(planSubnets({ cidr, zones: places, tiers: ["data"] }));
      }),
    );
  });

  test.each([
    ["10.20.1.0/16", 'cidr: got "10.20.1.0/16"; allowed: an IPv4 network from /16 to /24; did you mean 10.20.0.0/16?'],
    ["10.20.0.0/15", 'cidr: got "10.20.0.0/15"; allowed: an IPv4 network from /16 to /24'],
    ["10.20.0.0/25", 'cidr: got "10.20.0.0/25"; allowed: an IPv4 network from /16 to /24'],
    ["10.256.0.0/16", 'cidr: got "10.256.0.0/16"; allowed: an IPv4 network from /16 to /24'],
    ["10.20.0.0", 'cidr: got "10.20.0.0"; allowed: an IPv4 network from /16 to /24'],
  ])("refuses the block %s", (cidr, message) => {
    expect(failure(() => planSubnets({ cidr, zones: { a: 0, b: 1 } })).message).toContain(`\n  ${message}`);
  });

  test.each([
    ["one alone", { a: 0 }],
    ["two at one place", { a: 0, b: 1, c: 1 }],
    ["a place behind the last", { a: 0, b: 4 }],
    ["a place before the first", { a: -1, b: 0 }],
    ["half a place", { a: 0, b: 0.5 }],
    ["more than there are places", { a: 0, b: 1, c: 2, d: 3, e: 4 }],
  ])("refuses zones: %s", (_, places) => {
    expect(failure(() => planSubnets({ cidr: "10.20.0.0/16", zones: places })).message).toContain(
      `zones: got ${JSON.stringify(places)}; allowed: two to four availability zones, each at a different place from 0 to 3`,
    );
  });
});

describe("two blocks", () => {
  test("overlap if they share an address", () => {
    fc.assert(
      fc.property(blocks, blocks, (one, other) => {
        expect(overlaps(one, other)).toBe(shareAddress(one, other));
      }),
      {
        examples: [
          ["10.0.0.0/16", "10.0.255.0/24"],
          ["10.0.0.0/16", "10.1.0.0/16"],
          ["10.0.1.0/24", "10.0.0.0/16"],
        ],
      },
    );
  });

  test("overlap if they are equal", () => {
    fc.assert(fc.property(blocks, (block) => overlaps(block, block)));
  });
});

function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

/** First and last address of a block, as numbers. */
function span(cidr: string): [number, number] {
  const first = (cidr.split("/")[0] ?? "").split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - prefixOf(cidr)) - 1];
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Subnets are smaller than the blocks that `overlaps` takes. */
function shareAddress(one: string, other: string): boolean {
  const [a, b] = [span(one), span(other)];
  return Math.max(a[0], b[0]) <= Math.min(a[1], b[1]);
}
