/** IPv4 addresses as numbers, and blocks of them. */

export interface Cidr {
  readonly address: number;
  /** Prefix length: 0 to 32. */
  readonly length: number;
}

/** Undefined for text that is not an IPv4 address in dotted-decimal notation. */
export function parseAddress(text: string): number | undefined {
  const octets = text.split(".");
  const areValid = octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
  return octets.length === 4 && areValid
    ? octets.reduce((number, octet) => number * 256 + Number(octet), 0)
    : undefined;
}

/** `10.20.1.0/16` has the address 10.20.1.0. Undefined for text that is not an address and a prefix length. */
export function parseCidr(text: string): Cidr | undefined {
  const [before = "", after = "", ...more] = text.split("/");
  const address = parseAddress(before);
  const isLength = /^(0|[1-9]\d?)$/.test(after) && Number(after) <= 32;
  return address === undefined || !isLength || more.length > 0 ? undefined : { address, length: Number(after) };
}

/** The block that holds the address: `10.20.0.0/16` for `10.20.1.0/16`. */
export function networkOf({ address, length }: Cidr): Cidr {
  return { address: address - (address % addressCount(length)), length };
}

/** Number of addresses in a block. */
export function addressCount(length: number): number {
  return 2 ** (32 - length);
}

/** One of the subnets whose prefixes are `bits` longer, by its index, as Terraform's `cidrsubnet`. */
export function subnet({ address, length }: Cidr, bits: number, place: number): Cidr {
  return { address: address + place * addressCount(length + bits), length: length + bits };
}

/** Whether two blocks share an address. */
export function overlap(one: Cidr, other: Cidr): boolean {
  const [a, b] = [networkOf(one), networkOf(other)];
  return a.address < b.address + addressCount(b.length) && b.address < a.address + addressCount(a.length);
}

export function printAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

export function printCidr({ address, length }: Cidr): string {
  return `${printAddress(address)}/${length}`;
}
