/** The affected roots in the form of matrices for GitHub Actions. */

import { InputError } from "../../common/errors";
import { projectSettings } from "../../generator/project-settings";
import type { Root } from "../../generator/root/root";
import { rootParts } from "../../generator/root/root-path";
import type { Delivery } from "../../generator/root/root-props";
import { rootName } from "../../terraform";
import { endingRootOf } from "./sandboxes";

/** Values of one job of a matrix. */
export interface MatrixJob {
  /** Folder below the tree: `environments/shop/dev`. */
  readonly root: string;
  /** Name in commands: `shop/dev`. */
  readonly name: string;
  /** Who approves an apply; `ending`: nobody, since a sandbox was planned until its last day. */
  readonly mode: Delivery["approval"] | "ending";
  /** GitHub environment whose reviewers approve an apply. */
  readonly environment: string;
  /** GitHub environments whose reviewers sign off the commit before the apply. */
  readonly signOffs: readonly string[];
  readonly region: string;
  readonly pullRequestRole: string;
  readonly planRole: string;
  readonly applyRole: string;
  readonly plansBucket: string;
  /** Label of the self-hosted runner that plans and applies the root; "" for a runner of GitHub. */
  readonly runner: string;
}

export interface Matrix {
  readonly format: 1;
  /** Roots that are no longer in the tree; their resources remain until somebody destroys them. */
  readonly removed: readonly string[];
  /** All roots, for jobs that need no order. */
  readonly chunks: readonly (readonly MatrixJob[])[];
  /** The roots of accounts, which are applied before all systems. */
  readonly accounts: readonly MatrixJob[];
  /** The roots of environments, by system, and by wave from the first to the last. */
  readonly systems: readonly { readonly system: string; readonly waves: readonly (readonly MatrixJob[])[] }[];
  /** Roots of sandboxes, which only the workflow `sandbox` plans: the root that makes them, and the one that ends them. */
  readonly sandboxes: readonly { readonly name: string; readonly makes: MatrixJob; readonly ends: MatrixJob }[];
}

/**
 * Roots without `delivery` are left out.
 * @throws InputError if the accounts, systems or roots of a wave exceed the limit of one matrix
 */
export function matrix(roots: readonly Root[], removed: readonly string[]): Matrix {
  const delivered = roots
    .filter(({ props }) => props.sandboxes === undefined)
    .flatMap((root) => (root.props.delivery === undefined ? [] : [{ root, delivery: root.props.delivery }]))
    .sort((a, b) => (a.root.address < b.root.address ? -1 : 1))
    .map(({ root, delivery }) => ({ ...rootParts(root.address), wave: delivery.wave, row: rowOf(root, delivery) }));
  const environments = delivered.filter(({ kind }) => kind === "environments");
  const accounts = delivered.filter(({ kind }) => kind === "accounts").map(({ row }) => row);
  const systems = [...new Set(environments.map(({ system }) => system))].map((system) => {
    const own = environments.filter((one) => one.system === system);
    const waves = Array.from({ length: projectSettings().waves }, (_, i) => i + 1);
    return { system, waves: waves.map((wave) => own.filter((one) => one.wave === wave).map(({ row }) => row)) };
  });
  const problems = [
    ...tooMany("accounts", accounts),
    ...tooMany("systems", systems),
    ...systems.flatMap(({ system, waves }) => waves.flatMap((rows, i) => tooMany(`${system}, wave ${i + 1}`, rows))),
  ];
  if (problems.length > 0) throw new InputError("affected", problems);
  const all = chunks(delivered.map(({ row }) => row));
  return { format: 1, removed, chunks: all, accounts, systems, sandboxes: sandboxRows(roots) };
}

function sandboxRows(roots: readonly Root[]): Matrix["sandboxes"] {
  return roots
    .filter(({ props }) => props.sandboxes !== undefined && !props.ending)
    .flatMap((root) => {
      const ending = endingRootOf(root, roots);
      const [makes, ends] = [root.props.delivery, ending.props.delivery];
      if (makes === undefined || ends === undefined) return [];
      const name = rootName(root.address);
      return [{ name, makes: rowOf(root, makes), ends: { ...rowOf(ending, ends), mode: "ending" as const } }];
    });
}

/** Maximum number of jobs of a matrix. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_JOBS = 256;

function tooMany(what: string, jobs: readonly unknown[]): string[] {
  return jobs.length <= MATRIX_JOBS ? [] : [`${what}: got ${jobs.length}; allowed: at most ${MATRIX_JOBS}`];
}

function chunks(rows: readonly MatrixJob[]): MatrixJob[][] {
  const count = Math.ceil(rows.length / MATRIX_JOBS);
  return Array.from({ length: count }, (_, i) => rows.slice(i * MATRIX_JOBS, (i + 1) * MATRIX_JOBS));
}

function rowOf(root: Root, delivery: Delivery): MatrixJob {
  return {
    root: root.address,
    name: rootName(root.address),
    mode: delivery.approval,
    environment: delivery.environment,
    signOffs: delivery.signOffs ?? [],
    region: root.props.region,
    pullRequestRole: delivery.pullRequestRoleArn,
    planRole: delivery.planRoleArn,
    applyRole: delivery.applyRoleArn,
    plansBucket: delivery.plansBucket,
    runner: delivery.runner ?? "",
  };
}
