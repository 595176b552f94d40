/** Checks that a module declares the providers of its resources, and that their bindings are the installed ones. */
import { TerraformDataSource, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { InputError } from "../../common/errors";
import { isPlacedByRegion } from "../../common/resource-region";
import { bindingsOf } from "../bindings";
import type { Namespace } from "../expression/namespace";
import { type ProviderAddress, providerName } from "../provider-address";

/** Terraform's built-in provider, for `terraform_data`. */
const BUILT_IN = "terraform";

/** @throws InputError listing each resource whose provider the module does not declare */
export function refuseUndeclaredProviders(
  module: string,
  providers: readonly ProviderAddress[],
  scope: Namespace,
): void {
  const declared = new Set(providers.map(providerName));
  const problems = scope.node.findAll().flatMap((element) => {
    const used = providerOf(element);
    if (used === undefined || used.name === BUILT_IN) return [];
    if (!declared.has(used.name)) {
      const allowed = `${[...declared].join(", ")}, which module ${module} declares`;
      return [
        `${placeOf(scope, element)}: got provider ${used.name}; allowed: ${allowed}; add "${used.name}" to its providers`,
      ];
    }
    const { version } = bindingsOf(used.name);
    if (used.version === version) return [];
    return [
      `${placeOf(scope, element)}: got bindings of ${used.name} ${used.version}; allowed: those of ${version}, which are installed`,
    ];
  });
  if (problems.length > 0) throw new InputError(scope.address, problems);
}

/** The local name of a resource's provider; undefined if it is the first word of the type, which is Terraform's default. */
export function explicitProvider(element: Construct, type: string): string | undefined {
  const used = providerOf(element);
  return used === undefined || used.name === BUILT_IN || type.split("_")[0] === used.name ? undefined : used.name;
}

/**
 * Rejects the argument `region`, which version 6 of the AWS provider has for nearly every resource. It would separate the
 * resource from related ones, and a change of it replaces the resource. @throws InputError
 */
export function refuseRegion(place: string, type: string, config: object): void {
  const { region } = { region: undefined, ...config };
  if (region === undefined || !isPlacedByRegion(type)) return;
  throw new InputError(place, [
    `region: got ${JSON.stringify(String(region))}; allowed: none, as the resource is where its provider configuration is; ` +
      "declare a provider alias such as aws.replica in the module, and pass it as provider",
  ]);
}

function providerOf(element: Construct): { readonly name: string; readonly version: string | undefined } | undefined {
  if (!(element instanceof TerraformResource || element instanceof TerraformDataSource)) return undefined;
  const { terraformGeneratorMetadata: made } = element;
  return made && { name: made.providerName, version: made.providerVersion };
}

function placeOf({ sources }: Namespace, { node }: Construct): string {
  const source = sources.get(node.id)?.();
  return source === undefined ? node.id : `${node.id} (${source})`;
}
