/** Plans of module calls: resources by their addresses, policies by their statements. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { writeTree } from "../../lib/generator/synth/write";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { inOfflineCopy, type ResourceChange } from "../../lib/terraform";
import { newRoot } from "../lib/generator/support";
import { plannedWithStandIns } from "./stand-ins";
import { describeWithTerraform } from "./terraform-needed";
import { withVerifiedProvider } from "./verified-provider";

/** Includes the time that other tests take from the machine. */
export const PLAN_TIMEOUT = 240_000;

const STATEMENT = z.looseObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: z.union([z.string(), z.array(z.string())]),
});
const POLICY = z.object({ Version: z.literal("2012-10-17"), Statement: z.array(STATEMENT) });

/** One statement of a policy, without its id. */
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | string[];
  readonly [element: string]: unknown;
}

type Values = Readonly<Record<string, unknown>>;
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  /** Key of the instance; undefined where there is only one. */
  readonly key: string | number | undefined;
  readonly values: Values;
}

export class Planned {
  constructor(
    readonly resources: readonly PlannedResource[],
    /** Planned values, without stand-ins. */
    readonly changes: readonly ResourceChange[] = [],
  ) {}

  /** The planned attributes of one resource. */
  values(address: string): Values {
    const found = this.resources.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`${address} is not planned; planned: ${this.addresses.join(", ")}`);
    return found.values;
  }

  get addresses(): string[] {
    return this.resources.map(({ address }) => address);
  }

  all(type: string): PlannedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Keys of the instances of a resource that has `for_each`. */
  keys(address: string): unknown[] {
    return this.resources.filter((resource) => resource.address.startsWith(`${address}[`)).map(({ key }) => key);
  }

  /** The JSON document in an attribute. */
  document(address: string, attribute: string): unknown {
    return JSON.parse(z.string(`${address}: ${attribute} is no text`).parse(this.values(address)[attribute]));
  }

  /** The statements of a policy by their ids, without the ids. */
  statements(address: string, attribute = "policy"): Record<string, Statement> {
    const { Statement } = POLICY.parse(this.document(address, attribute));
    return Object.fromEntries(Statement.map(({ Sid, ...rest }) => [Sid, rest]));
  }

  /** The only container of a task definition. */
  container(address: string): Values {
    const [container] = z
      .tuple([z.record(z.string(), z.unknown())])
      .parse(this.document(address, "container_definitions"));
    return container;
  }
}

/** Declares tests of the plan of some module calls. They are skipped without Terraform. */
export function describePlan(name: string, call: (root: Root) => void, tests: (plan: () => Planned) => void): void {
  describeWithTerraform(name, () => {
    let plan: Planned;
    beforeAll(async () => {
      plan = await planned(call);
    }, PLAN_TIMEOUT);
    tests(() => plan);
  });
}

/** Plans a root with these calls. */
async function planned(call: (root: Root) => void): Promise<Planned> {
  const root = newRoot();
  call(root);
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-planned-"));
  try {
    writeTree(folder, renderTree([root]));
    return await plannedRoot(folder, root.address);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plans a root of a generated tree. */
export function plannedRoot(treeFolder: string, rootPath: string): Promise<Planned> {
  return inOfflineCopy(treeFolder, rootPath, async (copy) => {
    const source = new Configurations(readTree(treeFolder)).root(rootPath);
    const resources = await plannedWithStandIns(await withVerifiedProvider(copy), source);
    return new Planned(
      resources.map(({ address, type, index: key, values }) => ({ address, type, key, values })),
      resources.map(({ values: _, ...change }) => change),
    );
  });
}
