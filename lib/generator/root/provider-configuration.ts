/** Provider blocks of a root, from the provider classes of the bindings. */
import type { IResolvable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { InputError } from "../../common/errors";
import type { Value } from "../expression/expression";
import type { ModuleCall } from "../module/specification";
import { type ProviderAddress, providerName } from "../provider-address";
import type { Providers } from "../providers";

/** The provider class of a bindings package: `AwsProvider`. */
export interface ProviderClass<C> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: C): TerraformProvider;
}

/** Arguments of a provider, typed by its bindings. */
export type ProviderArguments<C> = { readonly [K in keyof C]: Value<Exclude<C[K], IResolvable>> };

/**
 * The arguments of the block, by the names of the bindings. CDKTF's own rendering would also convert the keys of maps to lower
 * case, such as the names of environment variables in `exec.env`.
 */
export function providerBlock(provider: TerraformProvider): unknown {
  const synthesize: unknown = Reflect.get(provider, "synthesizeAttributes");
  if (typeof synthesize !== "function") throw new Error(`${provider.node.path}: has no synthesizeAttributes()`);
  return synthesize.call(provider);
}

/** `required_providers` of a root: one version each. */
export function exactProviders(
  root: string,
  names: readonly string[],
  providers: Providers,
  own: Readonly<Record<string, string>>,
) {
  const chosen = Object.keys(own).find((name) => !names.includes(name));
  if (chosen !== undefined) {
    throw new InputError(root, [
      `providerVersions: got ${chosen}; allowed: providers that the root configures: ${names.join(", ")}`,
    ]);
  }
  return Object.fromEntries(
    names.map((name) => [name, { source: providers.source(name), version: providers.pin(root, name, own[name]) }]),
  );
}

/** Provider configurations that a call inherits: the providers of its module that it does not pass. */
export function inheritedProviders({ specification, providers }: ModuleCall): ProviderAddress[] {
  return specification.providers.filter((address) => !address.includes(".") && providers[address] === undefined);
}

/** One line for each provider that a call needs and its root does not configure. */
export function missingConfigurations(calls: Iterable<ModuleCall>, configured: ReadonlySet<ProviderAddress>): string[] {
  return [...calls].flatMap((call) =>
    inheritedProviders(call)
      .filter((name) => !configured.has(name))
      .map((name) => {
        const others = [...configured].filter((address) => providerName(address) === name);
        const got = others.length > 0 ? others.join(", ") : `no configuration of provider ${name}`;
        return (
          `call ${call.id} of module ${call.specification.name}: got ${got}; ` +
          `allowed: root.provider(…) with the configuration of ${name} that the module needs`
        );
      }),
  );
}
