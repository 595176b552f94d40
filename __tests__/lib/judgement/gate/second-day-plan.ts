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

export function gate(sections: object, more: Partial<GateInput> = {}): Decision {
  const { provider } = tree.folder(root);
  const text = JSON.stringify({
    ...EMPTY_PLAN,
    configuration: { provider_config: providersOf(provider), root_module: {} },
    applyable: true,
    ...sections,
  });
  return decide({
    tree,
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

/** The tree's own provider, as a plan repeats it. */
function providersOf(provider: unknown) {
  const aws = asObject([asObject(provider).aws].flat()[0]);
  const tags = [asObject([aws.default_tags].flat()[0])].map(({ tags }) => ({ tags: { constant_value: tags } }));
  const constants = Object.entries(aws).map(([name, value]) => [name, { constant_value: value }]);
  const { source, version } = PINNED_AWS.aws;
  const facts = { name: "aws", full_name: source, version_constraint: version };
  return { aws: { ...facts, expressions: { ...Object.fromEntries(constants), default_tags: tags } } };
}

export const approvals = ({ toApprove }: Decision) =>
  toApprove.map(({ approval, address, got }) => `${approval} ${address}: ${got}`);
export const shown = (decision: Decision) => markdown(decision, new Map());
