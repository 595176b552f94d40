/** Distributes the roots to lanes, which run in parallel. Each account has a lane: its own root and its environments. */
import type { Root } from "../../lib";
import { providerName } from "../../lib/generator/provider-address";
import { withCloud } from "../support/cloud/server";
import { ACTED_ON } from "./changes";
import { type Applied, type Life, live, type Neighbours, stand } from "./life";

export interface Lane {
  readonly account: Root;
  readonly environments: readonly Root[];
}

export interface Selection {
  /** Lanes whose roots are applied, changed and destroyed. */
  readonly living: readonly Lane[];
  /** Lanes whose roots are applied and planned again. */
  readonly standing: readonly Lane[];
  readonly leftOut: readonly Root[];
}

/**
 * `one` takes the first environment of each system, and its account. The lane with the most resources that a life changes is
 * changed and destroyed.
 */
export function select(roots: readonly Root[], which: "one" | "all"): Selection {
  // A migration finds the network of another root by its names, so it cannot run in parallel with that root.
  const environments = roots.filter((root) => !isAccount(root) && isOfAws(root) && root.props.migration === undefined);
  const systems = new Set(environments.map(systemOf));
  const first = [...systems].flatMap((system) => environments.find((root) => systemOf(root) === system) ?? []);
  const selected = which === "all" ? environments : first;
  const accountIds = new Set(selected.map(({ props }) => props.accountId));
  const lanes = [...accountIds].map((id) => laneOf(id, roots, selected));
  const taken = new Set(lanes.flatMap(rootsOf));
  const leftOut = roots.filter((root) => !taken.has(root));
  if (which === "all") return { living: lanes, standing: [], leftOut };
  const [most, ...others] = lanes.toSorted((one, other) => actedOn(other) - actedOn(one));
  return { living: most === undefined ? [] : [most], standing: others, leftOut };
}

/** The mock has no API of Kubernetes. */
function isOfAws({ configurations }: Root): boolean {
  return [...configurations.keys()].every((address) => providerName(address) === "aws");
}

export type Outcomes<T> = ReadonlyMap<Root, PromiseSettledResult<T>>;

/**
 * Applies, changes and destroys all roots of a lane on one server. The environments start after the account's resources exist,
 * except for the slow ones. They resume their applies together, because a standby and its primary refer to each other. They are
 * destroyed before the account.
 */
export function liveThrough(lane: Lane): Promise<Outcomes<Life>> {
  const { account, environments } = lane;
  const roots = rootsOf(lane);
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

/** Applies the account's root, then its environments, and plans each of them again. */
export function standUp(lane: Lane): Promise<Outcomes<Applied>> {
  const roots = rootsOf(lane);
  return withCloud(lane.account.props.accountId, roots, async (cloud) => {
    const [base] = await Promise.allSettled([stand(cloud, lane.account)]);
    const outcomes = [base, ...(await Promise.allSettled(lane.environments.map((root) => stand(cloud, root))))];
    return new Map(roots.map((root, i) => [root, outcomes[i] ?? base]));
  });
}

export function rootsOf({ account, environments }: Lane): Root[] {
  return [account, ...environments];
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

function actedOn(lane: Lane): number {
  const calls = rootsOf(lane).flatMap(({ calls }) => [...calls.values()]);
  return new Set(calls.map(({ specification }) => specification.name).filter((name) => ACTED_ON.has(name))).size;
}

function isAccount({ address }: Root): boolean {
  return address.startsWith("accounts/");
}

/** `orders` of `environments/orders/dev` */
function systemOf({ address }: Root): string {
  return address.split("/")[1] ?? address;
}
