/** Sizes of IP address ranges. */
import { isIPv4, isIPv6 } from "node:net";

/**
 * Whether all ranges together contain no more addresses than one /8 network, or one /32 network in IPv6: AWS treats
 * more as public.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isNarrowRange(ranges: readonly string[]): boolean {
  const shares = ranges.map(shareOf);
  return shares.every((share) => share > 0) && shares.reduce((sum, share) => sum + share, 0) <= 1;
}

/** The fraction of the largest narrow network that a range fills; 0 for a text that is not a range. */
function shareOf(range: string): number {
  const [address = "", length, ...rest] = range.split("/");
  const version = isIPv4(address) ? WIDEST.v4 : isIPv6(address) ? WIDEST.v6 : undefined;
  const bits = length === undefined ? version?.bits : /^\d+$/.test(length) ? Number(length) : undefined;
  if (version === undefined || bits === undefined || rest.length > 0 || bits > version.bits) return 0;
  return 2 ** (version.narrow - bits);
}

const WIDEST = { v4: { bits: 32, narrow: 8 }, v6: { bits: 128, narrow: 32 } } as const;
