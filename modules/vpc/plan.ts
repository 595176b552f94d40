/** Plans the subnets of a network before Terraform runs. */
import { badArgument, type Cidr, networkOf, overlap, parseCidr, printCidr, subnet } from "../../lib";

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
  /** Availability zones, each with its position in the address plan: 0 to 3. The position of a zone must not change while it has subnets. */
  readonly zones: Zones;
  readonly tiers?: readonly Tier[];
}

/**
 * One subnet a tier and zone, under the key `<tier>/<zone>`.
 *
 * The block is cut into four quarters: one for each tier and a spare one. A quarter is cut into four subnets, one for each
 * place that a zone can have. The place is written down and not counted, so that a zone comes or goes without moving the
 * addresses of another one. A /16 gives 16 subnets of 4,091 usable addresses each.
 * @throws InputError for a block other than an IPv4 network from /16 to /24, and for zones other than two to four at different places.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function planSubnets({ cidr, zones, tiers = TIERS }: NetworkPlan): Record<string, SubnetPlan> {
  const network = networkIn(cidr);
  const places = Object.values(zones);
  if (places.length < 2 || new Set(places).size < places.length || !places.every((place) => PLACES.includes(place))) {
    throw badArgument(
      `zones: got ${JSON.stringify(zones)}; allowed: two to four availability zones, each at a different place from 0 to 3`,
    );
  }
  const subnets = tiers.flatMap((tier) =>
    Object.entries(zones).map(([zone, place]): [string, SubnetPlan] => [
      `${tier}/${zone}`,
      { tier, zone, cidr: printCidr(subnet(network, 4, QUARTER[tier] * 4 + place)) },
    ]),
  );
  return Object.fromEntries(subnets);
}

/** `{ public: ["10.20.101.0/24", "10.20.102.0/24"], … }` */
export type SubnetBlocks = Readonly<Record<Tier, readonly string[]>>;

/**
 * The subnets of a network whose addresses are given: one a tier and zone, whose block is at the position of the zone.
 * @throws InputError for a zone without a block, more blocks than zones, and a block that is not in the network or shares an address with another.
 */
export function writtenSubnets(
  { cidr, zones }: Pick<NetworkPlan, "cidr" | "zones">,
  blocks: SubnetBlocks,
): Record<string, SubnetPlan> {
  const network = networkIn(cidr);
  const subnets = TIERS.flatMap((tier) => {
    const count = Object.keys(zones).length;
    if (blocks[tier].length !== count)
      throw badArgument(`subnets.${tier}: got ${blocks[tier].length} blocks; allowed: ${count}, one for each zone`);
    return Object.entries(zones).map(([zone, place]) => ({ tier, zone, cidr: blocks[tier][place] ?? "" }));
  });
  const parsed = subnets.map((plan) => ({ plan, block: blockIn(network, plan) }));
  for (const [i, { plan, block }] of parsed.entries()) {
    const taken = parsed.slice(0, i).find((other) => overlap(other.block, block));
    if (taken !== undefined)
      throw badArgument(
        `subnets.${plan.tier}: got "${plan.cidr}"; allowed: a block without the addresses of ${taken.plan.cidr}`,
      );
  }
  return Object.fromEntries(subnets.map((plan) => [`${plan.tier}/${plan.zone}`, plan]));
}

function blockIn(network: Cidr, { tier, cidr }: SubnetPlan): Cidr {
  const block = parseCidr(cidr);
  if (
    block !== undefined &&
    networkOf(block).address === block.address &&
    block.length >= network.length &&
    overlap(network, block)
  )
    return block;
  throw badArgument(`subnets.${tier}: got "${cidr}"; allowed: an IPv4 network in ${printCidr(network)}`);
}

const TIERS = ["public", "private", "data"] as const satisfies readonly Tier[];

const PLACES: readonly number[] = [0, 1, 2, 3];

const QUARTER = { public: 0, private: 1, data: 2 } as const satisfies Record<Tier, number>;

/** Whether two CIDR blocks share an address; networks that may ever be connected must not. */
export function overlaps(one: string, other: string): boolean {
  return overlap(networkIn(one), networkIn(other));
}

function networkIn(text: string): Cidr {
  const cidr = parseCidr(text);
  const isSized = cidr !== undefined && cidr.length >= 16 && cidr.length <= 24;
  if (isSized && networkOf(cidr).address === cidr.address) return cidr;
  const hint = isSized ? `; did you mean ${printCidr(networkOf(cidr))}?` : "";
  throw badArgument(`cidr: got "${text}"; allowed: an IPv4 network from /16 to /24${hint}`);
}
