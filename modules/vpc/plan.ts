/** Address planning: which subnets a network has, decided before Terraform runs. */

export type Tier = "public" | "private" | "data";

export interface SubnetPlan {
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
}

/** `{ "eu-central-1a": 0, "eu-central-1b": 1 }` */
export type Zones = Readonly<Record<string, number>>;

export interface NetworkPlan {
  /** IPv4 block of the whole network: `10.20.0.0/16`. */
  readonly cidr: string;
  /** Availability zones, each with its place among the addresses: 0 to 3. A zone keeps its place as long as it has subnets. */
  readonly zones: Zones;
  readonly tiers?: readonly Tier[];
}

/**
 * One subnet a tier and zone, under the key `<tier>/<zone>`.
 *
 * The block is cut into four quarters: one for each tier and a spare one. A quarter is cut into four subnets, one for each
 * place that a zone can have. The place is written down and not counted, so that a zone comes or goes without moving the
 * addresses of another one. A /16 gives 16 subnets of 4,091 usable addresses each.
 * @throws where the block is not an IPv4 CIDR block from /16 to /24, or the zones are not two to four at places of their own.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function planSubnets({
  cidr,
  zones,
  tiers = ["public", "private", "data"],
}: NetworkPlan): Record<string, SubnetPlan> {
  const { address, prefix } = parseCidr(cidr);
  const places = Object.values(zones);
  if (places.length < 2 || new Set(places).size < places.length || !places.every((place) => PLACES.includes(place))) {
    throw new RangeError(
      `zones: got ${JSON.stringify(zones)}; allowed: two to four availability zones, each at a place of its own from 0 to 3`,
    );
  }
  const size = 2 ** (32 - prefix - 4);
  const subnets = tiers.flatMap((tier) =>
    Object.entries(zones).map(([zone, place]): [string, SubnetPlan] => [
      `${tier}/${zone}`,
      { tier, zone, cidr: `${dotted(address + (QUARTER[tier] * 4 + place) * size)}/${prefix + 4}` },
    ]),
  );
  return Object.fromEntries(subnets);
}

const PLACES: readonly number[] = [0, 1, 2, 3];

const QUARTER = { public: 0, private: 1, data: 2 } as const satisfies Record<Tier, number>;

/** Whether two CIDR blocks share an address; networks that may ever be connected must not. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a.address < b.address + 2 ** (32 - b.prefix) && b.address < a.address + 2 ** (32 - a.prefix);
}

function parseCidr(cidr: string): { address: number; prefix: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = match?.slice(1).map(Number) ?? [];
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const network = address - (address % 2 ** (32 - prefix));
  if (Math.max(a, b, c, d) > 255 || prefix < 16 || prefix > 24 || network !== address) {
    const hint =
      Math.max(a, b, c, d) <= 255 && prefix >= 16 && prefix <= 24 ? `; did you mean ${dotted(network)}/${prefix}?` : "";
    throw new RangeError(`cidr: got "${cidr}"; allowed: an IPv4 network from /16 to /24${hint}`);
  }
  return { address, prefix };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
