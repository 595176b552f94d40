/** Values of an offline plan that rest on stand-ins: they decide nothing. */
import type { PlanJson, StateModule } from "../../terraform/plan-json";
import { type HclValue, isList, isMapping, PartialText, referencesOf, textFrom, Unknown } from "../hcl";
import { sourceOf } from "./plan";
import { type ResourceInstance, type RootConfiguration, rootConfiguration } from "./root";

/**
 * The planned root, in which each value that is made from a data source that the plan did not read, or from an input of the
 * root, is unknown and has no origin: no rule may conclude anything from where it comes from.
 */
export function withoutStandIns(
  planned: RootConfiguration,
  source: RootConfiguration,
  plan: Pick<PlanJson, "prior_state" | "resource_changes">,
): RootConfiguration {
  const read = readAddresses(plan);
  const isStandIn = ({ address }: { readonly address: string }) =>
    address.startsWith("var.") || (/(^|\.)data\./.test(address) && !read.has(address));
  const restsOnStandIn = (value: HclValue) => referencesOf(value).some(isStandIn);
  const resources = planned.resources.map((resource): ResourceInstance => {
    const written = sourceOf({ ...resource, module_address: `module.${resource.call}` }, source);
    if (written === undefined || resource.mode === "data") return resource;
    const values = Object.entries(resource.values).map(([name, value]): [string, HclValue] => [
      name,
      undecided(value, written.values[name] ?? null, restsOnStandIn),
    ]);
    return { ...resource, values: Object.fromEntries(values) };
  });
  return rootConfiguration({ ...planned, resources });
}

/** The value of the plan, unknown at each place where the source is made from a stand-in. */
function undecided(value: HclValue, source: HclValue, restsOnStandIn: (value: HclValue) => boolean): HclValue {
  if (!restsOnStandIn(source)) return value;
  if (isMapping(source) && isMapping(value)) {
    const members = Object.entries(value).map(([name, member]): [string, HclValue] => [
      name,
      undecided(member, source[name] ?? null, restsOnStandIn),
    ]);
    return Object.fromEntries(members);
  }
  // The text around a stand-in is the same with every value.
  if (source instanceof PartialText)
    return textFrom(
      source.parts.map((part) => (typeof part === "string" || !restsOnStandIn(part) ? part : new Unknown())),
    );
  // A plan sorts the elements of a set, so those of the source have no counterparts by position.
  return isList(source) && isList(value) && source.length === 1 && value.length === 1
    ? [undecided(value[0] ?? null, source[0] ?? null, restsOnStandIn)]
    : new Unknown();
}

function readAddresses({
  prior_state: state,
  resource_changes: changes,
}: Pick<PlanJson, "prior_state" | "resource_changes">) {
  return new Set([
    ...changes.filter(({ mode }) => mode === "data").map(({ address }) => address),
    ...dataIn(state?.values?.root_module),
  ]);
}

function dataIn(module: StateModule | undefined): string[] {
  if (module === undefined) return [];
  const own = module.resources.filter(({ mode }) => mode === "data").map(({ address }) => address);
  return [...own, ...module.child_modules.flatMap(dataIn)];
}
