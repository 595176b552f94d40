/** Addresses inside an IPv4 block, by their distance from its start. */
import { addressCount, type Cidr, parseAddress, parseCidr, printAddress } from "../../common/cidr";

/** Addresses in text, but not in longer runs of numbers such as versions. */
const ADDRESS = /(?<![\p{L}\p{N}]|\d\.)(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?(?![\p{L}\p{N}]|\.\d)/gu;

/**
 * The pieces of the text, in which `name` replaces each address or block inside `block`. It is given the place: "" for the
 * whole block, `+16.0/20` for a block 16.0 after the start, `+0.10` for an address.
 */
export function relativeTo(block: Cidr, text: string, name: (place: string) => string): string[] {
  const pieces: string[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const [whole, address = "", digits] = match;
    const place = placeIn(block, address, digits);
    if (place === undefined) continue;
    pieces.push(text.slice(done, match.index), name(place));
    done = match.index + whole.length;
  }
  return [...pieces, text.slice(done)];
}

function placeIn(block: Cidr, address: string, digits: string | undefined): string | undefined {
  const number = digits === undefined ? parseAddress(address) : parseCidr(`${address}/${digits}`)?.address;
  if (number === undefined || (digits !== undefined && Number(digits) < block.length)) return undefined;
  const distance = number - block.address;
  if (distance < 0 || distance >= addressCount(block.length)) return undefined;
  if (distance === 0 && Number(digits) === block.length) return "";
  return `+${shortened(distance)}${digits === undefined ? "" : `/${digits}`}`;
}

/** 4096 as `16.0`. */
function shortened(distance: number): string {
  return printAddress(distance).replace(/^(?:0\.)+/, "");
}
