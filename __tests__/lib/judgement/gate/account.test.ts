/** Plans of a root that also configures the AWS provider for other accounts. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Root } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { accountOf } from "../../../../lib/judgement/guardrails/account";
import { newRoot } from "../../generator/support";
import { entry, gate, providersOf } from "./second-day-plan";

const OWN = "111122223333";
const NETWORK = "444455556666";
const OTHER = "999999999999";
const TOPIC = "module.shop.aws_sns_topic.this";

const withAlias = (accounts: string[]) => (root: Root) =>
  root.provider(AwsProvider, {
    alias: "network",
    allowedAccountIds: accounts,
    assumeRole: [{ roleArn: `arn:aws:iam::${NETWORK}:role/dns`, sessionName: "shop-dev" }],
  });

function treeOf(...configure: readonly ((root: Root) => void)[]): Configurations {
  const root = newRoot();
  for (const one of configure) one(root);
  return new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
}

const withDefault = (root: Root) => root.provider(AwsProvider, {});
const both = treeOf(withDefault, withAlias([NETWORK]));

function refusals(tree: Configurations, sections: object): string[] {
  const { refused } = gate(sections, { tree });
  const own = refused.filter(({ guardrail }) => guardrail.id === "plan-for-own-account");
  return own.map(({ address, got }) => `${address}: ${got}`);
}

function topicOf(account: string): object {
  const topic = { id: "shop", arn: `arn:aws:sns:eu-central-1:${account}:shop`, display_name: "Shop" };
  const change = { actions: ["update"], before: topic, after: { ...topic, display_name: "Shop 2" } };
  return { resource_changes: [entry(change, {}, "aws_sns_topic")] };
}

test.each([OWN, NETWORK])("a resource of account %s, which the root configures, is accepted", (account) => {
  expect(refusals(both, topicOf(account))).toEqual([]);
});

test("a resource of an account that the root does not configure is refused", () => {
  expect(refusals(both, topicOf(OTHER))).toEqual([`${TOPIC}: a resource of account ${OTHER}`]);
  expect(refusals(treeOf(withDefault), topicOf(NETWORK))).toEqual([`${TOPIC}: a resource of account ${NETWORK}`]);
});

test("an account is accepted only from a configuration that allows no other one", () => {
  const tree = treeOf(withDefault, withAlias([NETWORK, OTHER]));
  expect(refusals(tree, topicOf(OTHER))).toEqual([
    `environments/shop/dev: aws.network: allowed_account_ids = ["${NETWORK}","${OTHER}"]; the root declares no single account`,
    `${TOPIC}: a resource of account ${OTHER}`,
  ]);
});

test.each([
  ["aws", NETWORK, OWN],
  ["aws.network", OWN, NETWORK],
  ["aws.network", OTHER, NETWORK],
])("a plan whose configuration %s is for account %s instead of %s is refused", (address, account, declared) => {
  const planned = providersOf(both.folder("environments/shop/dev").provider);
  const allowed_account_ids = { constant_value: [account] };
  const changed = { ...planned[address], expressions: { ...planned[address]?.expressions, allowed_account_ids } };
  const configuration = { provider_config: { ...planned, [address]: changed }, root_module: {} };
  expect(refusals(both, { configuration })).toEqual([
    `environments/shop/dev: ${address}: allowed_account_ids = ["${account}"]; the root declares ${declared}`,
  ]);
});

test("the account of a root is that of its default configuration, in any order", () => {
  for (const tree of [both, treeOf(withAlias([NETWORK]), withDefault)]) {
    expect(accountOf(tree.root("environments/shop/dev"))).toBe(OWN);
  }
});

test("the account of a root without a default configuration is that of its first alias", () => {
  expect(accountOf(treeOf(withAlias([NETWORK])).root("environments/shop/dev"))).toBe(NETWORK);
});
