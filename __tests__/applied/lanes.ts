/** Distributes the roots to lanes, which run in parallel. Each account has a lane: its own root and its environments. */
import type { Root } from "../../lib";
import { providerName } from "../../lib/generator/provider-address";
import { rootParts } from "../../lib/generator/root/root-path";
import { withCloud } from "../support/cloud/server";
import { ACTED_ON } from "./changes";
import { type Life, live, type Neighbours, type Stood, stand } from "./life";

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

/** `one` applies the lane of one system's first environment, the lane with the most resources that a life changes, and destroys none. */
export function select(roots: readonly Root[], which: "one" | "all"): Selection {
  const environments = standable(
    roots.filter(
      (root) => !isAccount(root) && isOfAws(root) && !isOfOrganization(root) && root.props.sandboxes === undefined,
    ),
  );
  const first = environments.filter((root) => {
    const leading = environments.find((other) => systemOf(other) === systemOf(root));
    return leading !== undefined && environmentOf(leading) === environmentOf(root);
  });
  const selected = which === "all" ? environments : first;
  const accounts = which === "all" ? roots.filter((root) => isAccount(root) && !isOfOrganization(root)) : [];
  const accountIds = new Set([...selected, ...accounts].map(({ props }) => props.accountId));
  const lanes = [...accountIds].map((id) => laneOf(id, roots, selected));
  const reading = lanes.filter(({ environments }) => environments.some(readsAnother));
  const alone = lanes.filter((lane) => !reading.includes(lane));
  const most = alone.toSorted((one, other) => actedOn(other) - actedOn(one)).slice(0, 1);
  const taken = which === "all" ? { living: alone, standing: reading } : { living: [], standing: most };
  const inLanes = new Set([...taken.living, ...taken.standing].flatMap(rootsOf));
  return { ...taken, leftOut: roots.filter((root) => !inLanes.has(root)) };
}

/** The mock has no organization of several accounts. Tests of single modules apply the parts that it has. */
function isOfOrganization({ calls }: Root): boolean {
  return [...calls.values()].some(
    ({ specification, inputs }) =>
      specification.name === "organization-delegation" || ("organization" in inputs && Boolean(inputs.organization)),
  );
}

/** Roots that read only what such roots publish. */
function standable(roots: readonly Root[]): Root[] {
  const published = (root: Root) =>
    roots
      .filter((other) => environmentOf(other) === environmentOf(root))
      .flatMap((other) => contractsOf(other, "parameters"));
  const standing = roots.filter((root) =>
    contractsOf(root, "lookup").every((contract) => published(root).includes(contract)),
  );
  return standing.length === roots.length ? standing : standable(standing);
}

/** Whether a root needs another one first. A migration finds the network of another root by its names. */
function readsAnother(root: Root): boolean {
  return contractsOf(root, "lookup").length > 0 || root.props.migration !== undefined;
}

/** Contracts that a root publishes, or reads, by the names of the modules. */
function contractsOf(root: Root, role: "parameters" | "lookup"): string[] {
  return modulesOf(root).flatMap((module) => new RegExp(`^(.+)-${role}$`).exec(module)?.[1] ?? []);
}

function modulesOf({ calls }: Root): string[] {
  return [...calls.values()].map(({ specification }) => specification.name);
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

/** Applies the account's root, then its environments, each of them wave by wave, and plans each root again. */
export function standUp({ account, environments }: Lane): Promise<Outcomes<Stood>> {
  const inOrder = environments.toSorted((one, other) => waveOf(one) - waveOf(other));
  return withCloud(account.props.accountId, [account, ...environments], async (cloud) => {
    const standing = new Map([[account, stand(cloud, account)]]);
    await Promise.allSettled(standing.values());
    for (const root of inOrder) {
      const before = [...standing].flatMap(([other, stood]) => (isBefore(other, root) ? [stood] : []));
      standing.set(
        root,
        Promise.all(before).then(() => stand(cloud, root)),
      );
    }
    const outcomes = await Promise.allSettled(standing.values());
    return new Map(
      [...standing.keys()].flatMap((root, i) => outcomes.slice(i, i + 1).map((outcome) => [root, outcome])),
    );
  });
}

/** Whether a root is of an earlier wave of the same system: a standby copies from its primary. */
export function isBefore(root: Root, other: Root): boolean {
  return systemOf(root) === systemOf(other) && waveOf(root) < waveOf(other);
}

function waveOf({ props }: Root): number {
  return props.delivery?.wave ?? 0;
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
  return new Set(
    rootsOf(lane)
      .flatMap(modulesOf)
      .filter((name) => ACTED_ON.has(name)),
  ).size;
}

function isAccount({ address }: Root): boolean {
  return address.startsWith("accounts/");
}

/** `orders` of `environments/orders/dev` */
function systemOf({ address }: Root): string {
  return rootParts(address).system;
}

/** `orders/dev` of `environments/orders/dev/network` */
function environmentOf({ address }: Root): string {
  const { system, environment } = rootParts(address);
  return `${system}/${environment}`;
}
