import fc from "fast-check";
import {
  addressCount,
  networkOf,
  overlap,
  parseAddress,
  parseCidr,
  printAddress,
  printCidr,
  subnet,
} from "../../../lib/common/cidr";

const address = fc.nat(2 ** 32 - 1);
const cidr = fc.record({ address, length: fc.integer({ min: 0, max: 32 }) });

test("printing and parsing an address or block returns the same value", () => {
  fc.assert(fc.property(address, (one) => expect(parseAddress(printAddress(one))).toBe(one)));
  fc.assert(fc.property(cidr, (one) => expect(parseCidr(printCidr(one))).toEqual(one)));
});

test("an address is the number of its octets", () => {
  expect(parseAddress("10.20.1.2")).toBe(((10 * 256 + 20) * 256 + 1) * 256 + 2);
  expect(parseAddress("255.255.255.255")).toBe(2 ** 32 - 1);
});

test.each(["", "10.0.0", "10.0.0.0.0", "10.0.0.256", "010.0.0.0", "10.0.0.-1", " 10.0.0.0", "10.0.0.0/8"])(
  "%p is not an address",
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);

test.each(["10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0/8", "::/0", "/8"])(
  "%p is not a block",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

test("the network of an address begins at a multiple of its size, and holds the address", () => {
  fc.assert(
    fc.property(cidr, (one) => {
      const network = networkOf(one);
      expect(network.address % addressCount(one.length)).toBe(0);
      expect(one.address - network.address).toBeLessThan(addressCount(one.length));
      expect(networkOf(network)).toEqual(network);
    }),
  );
});

test("the subnets of a block fill it without a gap and without an overlap", () => {
  const block = fc.record({ address, length: fc.integer({ min: 0, max: 28 }) }).map(networkOf);
  fc.assert(
    fc.property(block, (whole) => {
      const subnets = Array.from({ length: 16 }, (_, place) => subnet(whole, 4, place));
      expect(subnets.map((one) => one.address - whole.address)).toEqual(
        subnets.map((_, i) => (i * addressCount(whole.length)) / 16),
      );
      for (const [i, one] of subnets.entries()) {
        expect(overlap(one, whole)).toBe(true);
        expect(subnets.filter((other, j) => i !== j && overlap(one, other))).toEqual([]);
      }
    }),
  );
});

test("two blocks overlap if one holds the first address of the other", () => {
  fc.assert(
    fc.property(cidr, cidr, (one, other) => {
      const holds = (a: typeof one, b: typeof one) => {
        const distance = networkOf(b).address - networkOf(a).address;
        return distance >= 0 && distance < addressCount(a.length);
      };
      expect(overlap(one, other)).toBe(holds(one, other) || holds(other, one));
    }),
  );
});
