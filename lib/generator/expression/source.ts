/** Current position in the author's TypeScript: the line, and the module or root that it describes. */
import path from "node:path";
import { InputError } from "../../common/errors";

/** `environments/shop/system.ts:41:3`; undefined if all callers are in this library. */
export type CallSite = () => string | undefined;

/** The innermost caller outside this library. The stack is parsed on demand, because parsing takes longer than defining a block. */
export function callSite(): CallSite {
  const trace = new Error();
  return () => sitesIn(trace.stack ?? "")[0];
}

/** All callers outside this library, the innermost first. */
function sitesIn(stack: string): string[] {
  return stack
    .split("\n")
    .map((line) => /\(?((?:file:\/\/)?\/[^()]+|[A-Z]:\\[^()]+):(\d+):(\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .map(
      ([, file = "", line, column]) => `${path.relative(process.cwd(), file.replace("file://", ""))}:${line}:${column}`,
    )
    .filter((site) => !/^lib[\\/]|(^|[\\/])node_modules[\\/]/.test(site));
}

let current: string | undefined;

/** Sets the module that is built, or the root that is composed, from now on: `environments/shop/dev`. */
export function enter(address: string): void {
  current = address;
}

/** `environments/shop/dev (environments/shop/system.ts:41:3)` */
export function placeOf(address: string | undefined, site: string | undefined): string {
  if (address === undefined || site === undefined) return address ?? site ?? "main.ts";
  return `${address} (${site})`;
}

/**
 * An error of an author. The message names the author's line.
 * @param problem value got, what is allowed
 * @param address module or root that the line describes; the current one by default
 */
export function mistake(problem: string, address = current, site = callSite()): InputError {
  return new InputError(placeOf(address, site()), [problem]);
}

/**
 * The error of a function in `modules/` for an invalid argument. It names the nearest caller outside the function's folder:
 * for `planSubnets`, the system that calls it.
 * @param problem argument, value got, what is allowed: `cidr: got "x"; allowed: an IPv4 network`
 */
export function badArgument(problem: string): InputError {
  const sites = sitesIn(new Error().stack ?? "");
  const [own] = sites;
  const caller = sites.find((site) => own !== undefined && path.dirname(site) !== path.dirname(own));
  return new InputError(placeOf(current, caller ?? own), [problem]);
}
