import fc from "fast-check";
import { overlaps, planSubnets } from "../../modules/vpc/plan";
import { failure } from "../lib/support";

const blocks = fc
  .tuple(fc.integer({ min: 16, max: 24 }), fc.nat(2 ** 32 - 1))
  .map(([prefix, address]) => `${dotted(address - (address % 2 ** (32 - prefix)))}/${prefix}`);
const zones = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 2, maxLength: 4 });

describe("the plan of subnets", () => {
  test("cuts a block into a quarter for each tier, and each quarter into zones", () => {
    expect(planSubnets({ cidr: "10.20.0.0/16", zones: ["b", "a"] })).toEqual({
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
      fc.property(blocks, zones, (cidr, names) => {
        const plan = planSubnets({ cidr, zones: names });
        const keys = ["public", "private", "data"].flatMap((tier) => names.map((zone) => `${tier}/${zone}`));
        expect(Object.keys(plan).sort()).toEqual(keys.sort());
        for (const { cidr: subnet } of Object.values(plan)) expect(prefixOf(subnet)).toBe(prefixOf(cidr) + 4);
      }),
    );
  });

  test("stays inside the block", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, names) => {
        const [first, last] = span(cidr);
        for (const { cidr: subnet } of Object.values(planSubnets({ cidr, zones: names }))) {
          expect(span(subnet)[0]).toBeGreaterThanOrEqual(first);
          expect(span(subnet)[1]).toBeLessThanOrEqual(last);
        }
      }),
    );
  });

  test("gives no address twice", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, names) => {
        const spans = Object.values(planSubnets({ cidr, zones: names })).map((subnet) => span(subnet.cidr));
        spans.sort(([a], [b]) => a - b);
        for (const [i, [first]] of spans.slice(1).entries()) expect(first).toBeGreaterThan(spans[i]?.[1] ?? first);
      }),
    );
  });

  test("of two regions, whose blocks share no address, neither do the subnets, and both are cut alike", () => {
    const regional = (region: string, names: readonly string[]) => names.map((zone) => `${region}${zone}`);
    fc.assert(
      fc.property(blocks, blocks, zones, (cidr, other, names) => {
        fc.pre(!overlaps(cidr, other));
        const here = planSubnets({ cidr, zones: regional("us-east-1", names) });
        const there = planSubnets({ cidr: other, zones: regional("us-west-2", names) });
        for (const one of Object.values(here)) {
          for (const two of Object.values(there)) expect(shareAddress(one.cidr, two.cidr)).toBe(false);
        }
        expect(Object.keys(there)).toEqual(Object.keys(here).map((key) => key.replace("us-east-1", "us-west-2")));
      }),
    );
  });

  test("is the same for the same zones in any order", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, names) => {
        expect(planSubnets({ cidr, zones: [...names].reverse() })).toEqual(planSubnets({ cidr, zones: names }));
      }),
    );
  });

  test("moves no subnet when a zone comes behind the others", () => {
    fc.assert(
      fc.property(
        blocks,
        zones.filter((names) => names.length < 4),
        (cidr, names) => {
          const grown = planSubnets({ cidr, zones: [...names, "z"] });
          expect(grown).toMatchObject(planSubnets({ cidr, zones: names }));
        },
      ),
    );
  });

  test("moves no subnet when a tier is left out", () => {
    fc.assert(
      fc.property(blocks, zones, (cidr, names) => {
        const all = planSubnets({ cidr, zones: names });
        expect(all).toMatchObject(planSubnets({ cidr, zones: names, tiers: ["data"] }));
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
    expect(failure(() => planSubnets({ cidr, zones: ["a", "b"] })).message).toBe(message);
  });

  test.each([[["a"]], [["a", "a"]], [["a", "b", "c", "d", "e"]]])("refuses the zones %j", (names) => {
    expect(failure(() => planSubnets({ cidr: "10.20.0.0/16", zones: names })).message).toBe(
      `zones: got ${JSON.stringify(names)}; allowed: two to four different availability zones`,
    );
  });
});

describe("two blocks", () => {
  test("overlap where they share an address", () => {
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

  test("overlap where they are the same", () => {
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
