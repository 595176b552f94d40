/** Addresses of a sandbox: the block of its slot in the pool, and its subnets. */
import { hcl, networkOf, parseCidr, type Value } from "../../../lib";
import { planSubnets } from "../../../modules/vpc/plan";
import type { SandboxEnvironment } from "../sandbox";

/** Bits between the pool and the block of a sandbox, and between this block and a subnet. */
const BITS = 4;

/** @param slot number of the block, which only Terraform knows */
export function addressesOf({ pool, zones }: Pick<SandboxEnvironment, "pool" | "zones">, slot: Value<number>) {
  const cidr = hcl<string>`cidrsubnet(${pool}, ${BITS}, ${slot})`;
  const [first = "", length] = pool.split("/");
  const planned = planSubnets({ cidr: `${first}/${Number(length) + BITS}`, zones, tiers: ["private", "data"] });
  const start = networkOf(parsedBlock(pool)).address;
  const subnets = Object.fromEntries(
    Object.entries(planned).map(([key, { tier, zone, cidr: planned }]) => {
      const block = parsedBlock(planned);
      const place = (block.address - start) / 2 ** (32 - block.length);
      return [key, { tier, zone, cidr: hcl<string>`cidrsubnet(${cidr}, ${BITS}, ${place})` }];
    }),
  );
  return { cidr, subnets };
}

function parsedBlock(text: string) {
  const block = parseCidr(text);
  if (block === undefined) throw new Error(`${text} is no block`);
  return block;
}
