/** IPv4 blocks, and addresses relative to them. */

export interface Block {
  readonly start: number;
  /** Prefix length. */
  readonly length: number;
}

/** Undefined if the text is no IPv4 block. */
export function blockOf(text: string): Block | undefined {
  const [, address = "", digits = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d{1,2})$/.exec(text) ?? [];
  const start = numberOf(address);
  const length = Number(digits);
  return digits === "" || start === undefined || length > 32 ? undefined : { start, length };
}

/** Addresses in text, but not in longer runs of numbers such as versions. */
const ADDRESS = /(?<![\p{L}\p{N}]|\d\.)(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?(?![\p{L}\p{N}]|\.\d)/gu;

/**
 * The pieces of the text, in which `name` replaces each address or block inside `block`. It is given the place: "" for the
 * whole block, `+16.0/20` for a block 16.0 after the start, `+0.10` for an address.
 */
export function relativeTo(block: Block, text: string, name: (place: string) => string): string[] {
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

function placeIn(block: Block, address: string, digits: string | undefined): string | undefined {
  const number = numberOf(address);
  if (number === undefined || (digits !== undefined && Number(digits) < block.length)) return undefined;
  const distance = number - block.start;
  if (distance < 0 || distance >= 2 ** (32 - block.length) || Number(digits ?? 32) > 32) return undefined;
  if (distance === 0 && digits !== undefined && Number(digits) === block.length) return "";
  return `+${dotted(distance)}${digits === undefined ? "" : `/${digits}`}`;
}

function numberOf(address: string): number | undefined {
  const octets = address.split(".");
  if (octets.length !== 4 || octets.some((octet) => !/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255)) {
    return undefined;
  }
  return octets.reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** 4096 as `16.0`. */
function dotted(distance: number): string {
  const octets = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(distance / unit) % 256);
  const first = octets.findIndex((octet) => octet > 0);
  return octets.slice(first < 0 ? 3 : first).join(".");
}
