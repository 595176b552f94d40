/** The accounts of production, all other accounts, and what texts name of either. */
import { type Cidr, overlap, parseCidr } from "../../common/cidr";
import { InputError } from "../../common/errors";
import { rootParts } from "../../generator/root/root-path";
import type { RootConfiguration } from "../configuration";

/** A root, with its properties. */
export interface IsolatedRoot {
  readonly configuration: RootConfiguration;
  readonly accountId: string;
  /** Whether people depend on the environment. Undefined means true. It has no meaning for the root of an account. */
  readonly production: boolean | undefined;
}

/** What the roots of one side have that a text can name. */
interface Side {
  readonly buckets: ReadonlySet<string>;
  readonly networks: readonly Cidr[];
}

export interface Sides {
  /** Accounts that hold data of production, or are as trusted. */
  readonly accounts: ReadonlySet<string>;
  readonly production: Side;
  readonly others: Side;
}

/** @throws InputError for an account of which nothing tells whether it belongs to production, and for one that is both */
export function sidesOf(roots: readonly IsolatedRoot[], trusted: readonly string[]): Sides {
  const withProduction = accountsWith(roots, true);
  const withOthers = accountsWith(roots, false);
  const accounts = new Set([...withProduction, ...trusted]);
  const both = [...accounts].filter((account) => withOthers.has(account));
  const neither = roots.filter(({ accountId }) => !accounts.has(accountId) && !withOthers.has(accountId));
  const problems = [
    ...both.map(
      (account) => `got account ${account} with environments of both kinds; allowed: production alone, or none of it`,
    ),
    ...neither.map(
      ({ configuration, accountId }) =>
        `${configuration.path}: got account ${accountId} without an environment; allowed: an account in "trusted", with a reason`,
    ),
  ];
  if (problems.length > 0) throw new InputError("isolation", problems);
  const isProduction = ({ accountId }: IsolatedRoot) => accounts.has(accountId);
  return {
    accounts,
    production: sideOf(roots.filter(isProduction)),
    others: sideOf(roots.filter((root) => !isProduction(root))),
  };
}

function accountsWith(roots: readonly IsolatedRoot[], wanted: boolean): ReadonlySet<string> {
  const found = roots.filter(({ configuration, production = true }) => {
    return rootParts(configuration.path).kind === "environments" && production === wanted;
  });
  return new Set(found.map(({ accountId }) => accountId));
}

function sideOf(roots: readonly IsolatedRoot[]): Side {
  const all = (type: string, argument: string) =>
    roots
      .flatMap(({ configuration }) => configuration.of(type))
      .flatMap(({ values }) => (typeof values[argument] === "string" ? [values[argument]] : []));
  return {
    buckets: new Set(all("aws_s3_bucket", "bucket")),
    networks: all("aws_vpc", "cidr_block").flatMap((text) => parseCidr(text) ?? []),
  };
}

/** Ids of accounts in a text. The last part of a UUID can have twelve digits, too. */
export function accountsIn(text: string): string[] {
  return Array.from(text.replace(UUID, "").matchAll(/(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g), ([id]) => id);
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Whether a text names an account that is not of production, or a bucket or addresses of other environments alone. */
export function namesOutside(text: string, { accounts, production, others }: Sides): boolean {
  const block = parseCidr(text);
  return (
    accountsIn(text).some((account) => !accounts.has(account)) ||
    namesBucket(text, others) ||
    (block !== undefined && block.length > 0 && isWithin(block, others) && !isWithin(block, production))
  );
}

/** Whether a text names an account or a bucket of production. */
export function namesInside(text: string, { accounts, production }: Sides): boolean {
  return accountsIn(text).some((account) => accounts.has(account)) || namesBucket(text, production);
}

function namesBucket(text: string, { buckets }: Side): boolean {
  const [, , service, , , resource = ""] = text.split(":");
  return buckets.has(service === "s3" ? (resource.split("/")[0] ?? "") : text);
}

function isWithin(block: Cidr, { networks }: Side): boolean {
  return networks.some((network) => overlap(network, block));
}
