/** A module and a call of it, as they are rendered: apart from how an author writes them. */
import type { Construct } from "constructs";
import type { Expression } from "../expression/code";
import type { CallSite } from "../expression/source";
import type { TerraformType } from "../inputs/types";
import type { Rule } from "../inputs/validation";
import type { ProviderAddress, Providers } from "../providers";
import type { ProviderAlias } from "./resource";

/** A definition with its types read: what emission, documentation and tests work from. */
export interface Specification {
  readonly name: string;
  readonly description: string;
  readonly providers: readonly ProviderAddress[];
  readonly inputs: Readonly<Record<string, TerraformType>>;
  readonly outputs: Readonly<Record<string, TerraformType>>;
  readonly rules: readonly Rule<Record<string, unknown>>[];
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether its Terraform is written by hand, in `*.tf` files of its folder. */
  readonly isHcl: boolean;
  /** File and line of the definition. */
  readonly source: CallSite;
  /** One line for each problem of a call's values. */
  problems(values: object): string[];
  /** Type and name of each resource. */
  resources(providers: Providers): readonly (readonly [type: string, name: string])[];
  /** Addresses of resources that have a former address in the module itself. */
  renamed(providers: Providers): readonly string[];
  build(
    scope: Construct,
    input: Readonly<Record<string, unknown>>,
    providers: Readonly<Record<string, ProviderAlias>>,
  ): Readonly<Record<string, unknown>>;
}

/** One `module` block of a root. */
export interface ModuleCall {
  readonly id: string;
  readonly specification: Specification;
  readonly inputs: object;
  readonly providers: Readonly<Record<string, ProviderAlias>>;
  /** The former name of the call, or former addresses of its resources in the state by their present ones in the module. */
  readonly renamedFrom?: string | Readonly<Record<string, string>>;
  /** Ids of objects that exist already, by the addresses of resources in the module. */
  readonly imports?: Readonly<Record<string, string>>;
  /** File and line of the call. */
  readonly source: CallSite;
}

/** An output's value together with what must exist before anybody may use it. */
export class ReadyAfter<T> {
  constructor(
    readonly value: T,
    readonly dependencies: readonly Expression<unknown>[],
  ) {}
}
