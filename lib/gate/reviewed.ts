/** Whether a plan was made from the tree that people have reviewed. */
import { isDeepStrictEqual } from "node:util";
import type { Configurations } from "../configuration";
import { asObject, type Json as Block } from "../configuration/json";
import type { PlanJson } from "../terraform";
import { withoutAccount } from "../terraform/offline";
import { isOffline } from "./account";

type PlannedModule = PlanJson["configuration"]["root_module"]["module_calls"][string];

/** Arguments that a plan's JSON does not repeat. */
const NOT_IN_PLANS = new Set([
  "//",
  "depends_on",
  "dynamic",
  "lifecycle",
  "provider",
  "providers",
  "source",
  "for_each",
  "count",
]);

/**
 * Where the plan's configuration is not the tree's: one line each. Both have the same JSON, so that nothing has to be
 * evaluated. What a plan's JSON leaves out, local values and `lifecycle` blocks, only a digest of the tree can bind.
 */
export function unreviewed(tree: Configurations, root: string, plan: PlanJson): string[] {
  const { resources, module_calls: calls } = plan.configuration.root_module;
  const reviewed = tree.folder(root).module;
  return [
    ...providersApart(tree.folder(root).provider, plan),
    ...resources.map(({ type, name }) => `${type}.${name}: stands in the root itself`),
    ...namesApart(Object.keys(reviewed), Object.keys(calls)).map((name) => `module.${name}`),
    ...Object.entries(calls).flatMap(([id, call]) => {
      const block = asObject(reviewed[id]);
      if (!(id in reviewed)) return [];
      if (block.source !== call.source) return [`module.${id}: source`];
      return [
        ...argumentsApart(block, call.expressions).map((name) => `module.${id}: ${name}`),
        ...modulesApart(tree, `module.${id}`, tree.moduleOf(root, call.source), call.module),
      ];
    }),
  ];
}

/** An offline copy has other providers than the tree, and always the same ones. */
function providersApart(provider: Block, plan: PlanJson): string[] {
  const expected = isOffline(plan) ? asObject(JSON.parse(withoutAccount(JSON.stringify({ provider })))) : { provider };
  const reviewed = new Map(
    Object.entries(asObject(expected.provider)).flatMap(([name, blocks]) =>
      [blocks].flat().map((block): [string, Block] => {
        const { alias, ...rest } = asObject(block);
        return [alias === undefined ? name : `${name}.${alias}`, rest];
      }),
    ),
  );
  const planned = plan.configuration.provider_config;
  return [
    ...namesApart([...reviewed.keys()], Object.keys(planned)).map((name) => `provider.${name}`),
    ...[...reviewed].flatMap(([name, block]) =>
      argumentsApart(block, planned[name]?.expressions ?? block).map((argument) => `provider.${name}: ${argument}`),
    ),
  ];
}

function modulesApart(
  tree: Configurations,
  place: string,
  folder: string,
  { resources, variables, outputs }: PlannedModule["module"],
): string[] {
  const { resource, data, variable, output } = tree.folder(folder);
  const blocks = new Map(
    Object.entries({ managed: resource, data }).flatMap(([mode, types]) =>
      Object.entries(types).flatMap(([type, named]) =>
        Object.entries(named).map(([name, block]): [string, Block] => [`${mode} ${type}.${name}`, asObject(block)]),
      ),
    ),
  );
  const planned = new Map(resources.map((one) => [`${one.mode} ${one.type}.${one.name}`, one]));
  const hasDefault = (name: string) =>
    isDeepStrictEqual(asObject(variable[name]).default ?? null, variables[name]?.default ?? null);
  return [
    ...namesApart(Object.keys(variable), Object.keys(variables)).map((name) => `${place}: variable ${name}`),
    ...Object.keys(variables).flatMap((name) => (hasDefault(name) ? [] : [`${place}: variable ${name}: default`])),
    ...namesApart(Object.keys(output), Object.keys(outputs)).map((name) => `${place}: output ${name}`),
    ...Object.entries(outputs).flatMap(([name, { expression }]) =>
      isSame(output[name]?.value, expression) ? [] : [`${place}: output ${name}`],
    ),
    ...namesApart([...blocks.keys()], [...planned.keys()]).map((name) => `${place}: ${name}`),
    ...[...planned].flatMap(([name, one]) => {
      const block = blocks.get(name);
      if (block === undefined) return [];
      return [
        ...argumentsApart(block, one.expressions),
        ...(isSame(block.for_each, one.for_each_expression) ? [] : ["for_each"]),
        ...(isSame(block.count, one.count_expression) ? [] : ["count"]),
      ].map((argument) => `${place}: ${name}: ${argument}`);
    }),
  ];
}

function namesApart(reviewed: readonly string[], planned: readonly string[]): string[] {
  return [...reviewed.filter((name) => !planned.includes(name)), ...planned.filter((name) => !reviewed.includes(name))];
}

function argumentsApart(block: Block, expressions: Block): string[] {
  const names = new Set([...Object.keys(block), ...Object.keys(expressions)]);
  return [...names].filter((name) => !NOT_IN_PLANS.has(name) && !isSame(block[name], expressions[name]));
}

/** Nested blocks stand in a plan as lists, whose members are expressions again. */
function isSame(json: unknown, expression: unknown): boolean {
  const { constant_value: value = null, ...rest } = asObject(expression);
  if (json === undefined || json === null) return value === null && Object.keys(rest).length === 0;
  if (Array.isArray(expression)) {
    const blocks = [json].flat();
    return (
      blocks.length === expression.length &&
      blocks.every((block, i) => argumentsApart(asObject(block), asObject(expression[i])).length === 0)
    );
  }
  if (value !== null) return isDeepStrictEqual(value, json);
  return typeof json === "object" && argumentsApart(asObject(json), asObject(expression)).length === 0;
}
