/** Comparison of a plan with the reviewed tree. */

import { withoutAccount } from "../../terraform/offline";
import { type PlanJson, unknownSections } from "../../terraform/plan-json";
import type { Configurations } from "../configuration";
import { asObject, type Json as Block } from "../configuration/json";
import { isOffline } from "./account";
import { argumentsApart, namesApart } from "./reviewed-arguments";
import { moduleApart, unjudged, unjudgedKey } from "./reviewed-module";

/**
 * One line for each difference between the plan's configuration and the tree. Both are JSON of the same form, so nothing is
 * evaluated. A plan omits local values, `lifecycle` and `dynamic` blocks; only the digest of the tree covers these.
 */
export function unreviewed(tree: Configurations, root: string, plan: PlanJson): string[] {
  const { configuration } = plan;
  return [
    ...unknownSections(plan).map((key) => `plan: ${unjudgedKey(key)}`),
    ...unjudged("configuration", configuration).map((key) => `configuration: ${key}`),
    ...providersApart(tree, root, plan),
    ...moduleApart(
      { tree: isOffline(plan) ? tree.offline() : tree, folder: root, providerKey: (name) => name },
      configuration.root_module,
    ),
    ...checksApart(tree, root, plan),
  ];
}

/** An offline plan has the providers of the offline copy. */
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

/** The provider of `terraform_data`, which needs no configuration. A plan lists it for each module that uses it. */
const BUILT_IN = "terraform.io/builtin/terraform";

interface Provider {
  /** Properties in a plan other than arguments. */
  readonly facts: Block;
  readonly arguments: Block;
}

/** A plan contains only the results of `check` blocks. */
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
