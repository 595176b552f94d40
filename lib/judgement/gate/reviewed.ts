/** Whether a plan was made from the tree that people have reviewed. */

import { withoutAccount } from "../../terraform/offline";
import { type PlanJson, unknownSections } from "../../terraform/plan-json";
import type { Configurations } from "../configuration";
import { asObject, type Json as Block } from "../configuration/json";
import { isOffline } from "./account";
import { argumentsApart, namesApart } from "./reviewed-arguments";
import { moduleApart, unjudged, unjudgedKey } from "./reviewed-module";

/**
 * Where the plan's configuration is not the tree's: one line each. Both have the same JSON, so that nothing has to be
 * evaluated. What a plan's JSON leaves out, local values, `lifecycle` and `dynamic` blocks, only a digest of the tree can bind.
 */
export function unreviewed(tree: Configurations, root: string, plan: PlanJson): string[] {
  const { configuration } = plan;
  return [
    ...unknownSections(plan).map((key) => `plan: ${unjudgedKey(key)}`),
    ...unjudged("configuration", configuration).map((key) => `configuration: ${key}`),
    ...providersApart(tree, root, plan),
    ...moduleApart({ tree, folder: root, providerKey: (name) => name }, configuration.root_module),
    ...checksApart(tree, root, plan),
  ];
}

/** An offline copy has other providers than the tree, and always the same ones. */
function providersApart(tree: Configurations, root: string, plan: PlanJson): string[] {
  const { provider, terraform } = tree.folder(root);
  const expected = isOffline(plan) ? asObject(JSON.parse(withoutAccount(JSON.stringify({ provider })))) : { provider };
  const required = asObject(terraform.required_providers);
  const reviewed = new Map(
    Object.entries(asObject(expected.provider)).flatMap(([name, blocks]) =>
      [blocks].flat().map((block): [string, Provider] => {
        const { alias, ...rest } = asObject(block);
        const { source, version } = asObject(required[name]);
        const facts = { name, full_name: source, version_constraint: version, alias, module_address: undefined };
        return [alias === undefined ? name : `${name}.${alias}`, { facts, arguments: rest }];
      }),
    ),
  );
  const planned = Object.fromEntries(
    Object.entries(plan.configuration.provider_config).filter(([, { full_name }]) => full_name !== BUILT_IN),
  );
  return [
    ...namesApart([...reviewed.keys()], Object.keys(planned)),
    ...[...reviewed].flatMap(([name, { facts, arguments: block }]) => {
      const { expressions, ...own } = planned[name] ?? { ...facts, expressions: block };
      const others = Object.entries(facts).filter(([fact, value]) => asObject(own)[fact] !== value);
      return [...others.map(([fact]) => fact), ...unjudged("provider", own), ...argumentsApart(block, expressions)].map(
        (difference) => `${name}: ${difference}`,
      );
    }),
  ].map((line) => `provider.${line}`);
}

/** Of `terraform_data`. It takes no configuration, and a plan lists it for each module that uses it. */
const BUILT_IN = "terraform.io/builtin/terraform";

interface Provider {
  /** What a plan says of it beside its arguments. */
  readonly facts: Block;
  readonly arguments: Block;
}

/** `check` blocks stand in a plan by their results only. */
function checksApart(tree: Configurations, root: string, { checks }: PlanJson): string[] {
  const calls = Object.entries(tree.folder(root).module).map(([id, call]): [string, string] => [
    `module.${id}.`,
    tree.moduleOf(root, String(asObject(call).source)),
  ]);
  const reviewed = [["", root] as const, ...calls].flatMap(([prefix, folder]) =>
    Object.keys(tree.folder(folder).check).map((name) => `${prefix}check.${name}`),
  );
  const planned = checks.filter(({ address }) => address.kind === "check").map(({ address }) => address.to_display);
  return planned.filter((address) => !reviewed.includes(address.replace(/\[[^.]*\]/g, "")));
}
