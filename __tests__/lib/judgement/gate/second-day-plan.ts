/** Plans of a small root that stands, with what a test puts into them. */
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { asObject } from "../../../../lib/judgement/configuration/json";
import { type Decision, decide, type GateInput } from "../../../../lib/judgement/gate";
import { markdown } from "../../../../lib/judgement/gate/summary";
import { readPlan } from "../../../../lib/terraform";
import { PINNED_AWS } from "../../../support/pinned";
import { newRoot } from "../../generator/support";
import { EMPTY_PLAN } from "../../terraform/empty-plan";
import { temporaryFolder } from "../../terraform/sample";

const folder = temporaryFolder();
writeTree(folder, renderTree([newRoot()]));
const tree = new Configurations(readTree(folder));
const root = "environments/shop/dev";
export const ADDRESS = "module.shop.aws_cloudwatch_dashboard.this";

/** An entry of `resource_changes` or `resource_drift`; of a dashboard, which no rule is about, unless said otherwise. */
export function entry(change: object, more: object = {}, type = "aws_cloudwatch_dashboard") {
  const address = `module.shop.${type}.this`;
  return { address, module_address: "module.shop", mode: "managed", type, name: "this", change, ...more };
}

export const STANDING = { id: "shop", dashboard_name: "shop", dashboard_body: "{}" };
export const NO_OP = { actions: ["no-op"], before: STANDING, after: STANDING };

/** Judges a plan with these sections. `more.tree` replaces the tree of the small root. */
export function gate(sections: object, more: Partial<GateInput> = {}): Decision {
  const judged = more.tree ?? tree;
  const { provider } = judged.folder(root);
  const text = JSON.stringify({
    ...EMPTY_PLAN,
    configuration: { provider_config: providersOf(provider), root_module: {} },
    applyable: true,
    ...sections,
  });
  return decide({
    tree: judged,
    root,
    plan: readPlan("plan.json", text),
    production: true,
    exceptions: [],
    approved: [],
    backups: [],
    judged: [],
    now: new Date("2026-11-29T12:00:00Z"),
    ...more,
  });
}

/** The configurations of aws in the tree, in the form of a plan. */
export function providersOf(provider: unknown): Readonly<Record<string, PlannedProvider>> {
  const { source, version } = PINNED_AWS.aws;
  const facts = { name: "aws", full_name: source, version_constraint: version };
  const blocks = [asObject(provider).aws].flat().map(asObject);
  return Object.fromEntries(
    blocks.map(({ alias, ...block }) => [
      alias === undefined ? "aws" : `aws.${String(alias)}`,
      { ...facts, ...(alias !== undefined && { alias }), expressions: expressionsOf(block) },
    ]),
  );
}

interface PlannedProvider {
  readonly expressions: object;
}

function expressionsOf(block: object): object {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => {
      const blocks: readonly unknown[] = Array.isArray(value) ? value : [];
      return [
        name,
        typeof blocks[0] === "object" ? blocks.map(asObject).map(expressionsOf) : { constant_value: value },
      ];
    }),
  );
}

export const approvals = ({ toApprove }: Decision) =>
  toApprove.map(({ approval, address, got }) => `${approval} ${address}: ${got}`);
export const shown = (decision: Decision) => markdown(decision, new Map());
