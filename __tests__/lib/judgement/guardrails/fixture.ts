/** A root of a few resources, to judge rows on. */
import {
  type ResourceInstance,
  type RootConfiguration,
  type RootContent,
  rootConfiguration,
} from "../../../../lib/judgement/configuration";
import type { HclValue } from "../../../../lib/judgement/hcl";

type Values = { readonly [argument: string]: HclValue };

/** A managed resource of a module; the address is `module.<call>.<type>.<name>`. */
export function resourceOf(type: string, values: Values, more: Partial<ResourceInstance> = {}): ResourceInstance {
  const { call = "call", name = "this" } = more;
  return {
    mode: "managed",
    type,
    name,
    key: undefined,
    call,
    module: `modules/${call}`,
    address: `module.${call}.${type}.${name}`,
    values,
    lifecycle: {},
    ...more,
  };
}

export function rootOf(resources: readonly ResourceInstance[], more: Partial<RootContent> = {}): RootConfiguration {
  return rootConfiguration({
    path: "environments/shop/dev",
    source: "environments/shop/dev.ts",
    terraform: {},
    providers: {},
    requirements: {},
    variables: [],
    migration: null,
    calls: [],
    ownBlocks: [],
    resources,
    ...more,
  });
}
