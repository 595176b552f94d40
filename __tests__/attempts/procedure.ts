/** Attempts at the procedure itself: a plan of an account's root, with other approvals, exceptions or files than it needs. */
import { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import type { Decision } from "../../lib/judgement/gate";
import { AccountBaseline } from "../../modules/account-baseline";
import { Kms } from "../../modules/kms";
import { TerraformLockTable } from "../../modules/terraform-lock-table";
import { appliedTree, type Planned, type Values } from "../lib/judgement/gate/applied";
import { OWN } from "./attempt";

export const ROOT = "accounts/shop";

function account(): Root {
  const region = "us-east-1";
  const root = new Root({
    path: ROOT,
    source: "environments/accounts/roots.ts",
    accountId: OWN,
    region,
    backend: {
      bucket: `shop-state-${OWN}`,
      region,
      kmsKeyArn: `arn:aws:kms:${region}:${OWN}:alias/state`,
      dynamodbTable: "locks",
    },
    tags: { CostCenter: "4711", App: "account", Owner: "platform", Env: "shop" },
  });
  const { arn } = new Kms(root, "state_key", { name: "state", description: "State.", accountId: OWN, region });
  new TerraformLockTable(root, "locks", { name: "locks", kmsKeyArn: arn });
  new AccountBaseline(root, "baseline", { accountId: OWN });
  return root;
}

const files = renderTree([account()]).map(({ path, content }) => [path, content] as const);

const tree = appliedTree(new Configurations(new Map(files)));

export const { gateOn, configurationOf } = tree;

/** Words are part of the finding that stops the attempt. */
export type ProcedureRow = readonly [id: string, what: string, decision: () => Decision, words: string];

/** The root without a change. */
export const STANDING = tree.applied(ROOT);

/** The root with one resource changed. */
export function changed(address: string, change: Partial<Planned>): Planned[] {
  return STANDING.map((one) => (one.address === address ? { ...one, actions: ["update"], ...change } : one));
}

export function valuesOf(address: string): Values {
  return STANDING.find((one) => one.address === address)?.before ?? {};
}

/** The lock table of the root. */
export const LOCKS = "module.locks.aws_dynamodb_table.this";
