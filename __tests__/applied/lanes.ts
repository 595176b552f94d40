/** Which roots are applied beside each other: a lane for each account, with the account's own root and environments. */
import type { Root } from "../../lib";
import { withCloud } from "../support/cloud/server";
import { type Life, live, type Neighbours } from "./life";

export interface Lane {
  readonly account: Root;
  readonly environments: readonly Root[];
}

export interface Selection {
  readonly lanes: readonly Lane[];
  readonly leftOut: readonly Root[];
}

/** `one` takes the first environment of each system, and the account that it is in. */
export function select(roots: readonly Root[], which: "one" | "all"): Selection {
  // A migration finds the network of another root by its names, so that it cannot begin beside that root.
  const environments = roots.filter((root) => !isAccount(root) && root.props.migration === undefined);
  const systems = new Set(environments.map(systemOf));
  const first = [...systems].flatMap((system) => environments.find((root) => systemOf(root) === system) ?? []);
  const selected = which === "all" ? environments : first;
  const accountIds = new Set(selected.map(({ props }) => props.accountId));
  const lanes = [...accountIds].map((id) => laneOf(id, roots, selected));
  const taken = new Set(lanes.flatMap(({ account, environments }) => [account, ...environments]));
  return { lanes, leftOut: roots.filter((root) => !taken.has(root)) };
}

export type Outcomes = ReadonlyMap<Root, PromiseSettledResult<Life>>;

/**
 * Lives through all roots of a lane on one server. The environments begin when all but the slow resources of the account
 * exist. They resume their applies together, because a standby and its primary refer to each other. They end before the
 * account does.
 */
export function liveThrough({ account, environments }: Lane): Promise<Outcomes> {
  const roots = [account, ...environments];
  return withCloud(account.props.accountId, roots, async (cloud) => {
    const barriers = new Map(roots.map((root) => [root, barrier()]));
    const passed = (others: readonly Root[]) => Promise.all(others.map((root) => barriers.get(root)?.passed));
    const life = (root: Root, neighbours: Neighbours) => {
      const pass = () => barriers.get(root)?.pass();
      return live(cloud, root, neighbours, pass).finally(pass);
    };
    const lives = passed([account]).then(() =>
      Promise.allSettled(
        environments.map((root) =>
          life(root, { begun: () => passed(environments), unneeded: () => Promise.resolve() }),
        ),
      ),
    );
    const [base] = await Promise.allSettled([life(account, { begun: () => Promise.resolve(), unneeded: () => lives })]);
    const outcomes = [base, ...(await lives)];
    return new Map(roots.map((root, i) => [root, outcomes[i] ?? base]));
  });
}

/** A promise that its holder resolves. */
function barrier(): { readonly passed: Promise<void>; readonly pass: () => void } {
  let pass = () => {};
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { passed, pass };
}

function laneOf(accountId: string, roots: readonly Root[], selected: readonly Root[]): Lane {
  const account = roots.find((root) => isAccount(root) && root.props.accountId === accountId);
  if (account === undefined) throw new Error(`got no root of account ${accountId}; allowed: one below accounts/`);
  return { account, environments: selected.filter(({ props }) => props.accountId === accountId) };
}

function isAccount({ address }: Root): boolean {
  return address.startsWith("accounts/");
}

/** `orders` of `environments/orders/dev` */
function systemOf({ address }: Root): string {
  return address.split("/")[1] ?? address;
}
