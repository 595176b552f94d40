/** Types of modules and their calls, for rendering. */
import type { Construct } from "constructs";
import type { Expression } from "../expression/code";
import type { CallSite } from "../expression/source";
import type { TerraformType } from "../inputs/types";
import type { Rule } from "../inputs/validation";
import type { ProviderAddress, Providers } from "../providers";
import type { ProviderAlias } from "./resource";

/** A definition with its Terraform types, for rendering, documentation and tests. */
export interface Specification {
  readonly name: string;
  readonly description: string;
  readonly providers: readonly ProviderAddress[];
  readonly inputs: Readonly<Record<string, TerraformType>>;
  readonly outputs: Readonly<Record<string, TerraformType>>;
  readonly rules: readonly Rule<Record<string, unknown>>[];
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether the module is written in HCL, in `*.tf` files of its folder. */
  readonly isHcl: boolean;
  /** File and line of the definition. */
  readonly source: CallSite;
  /** One line for each problem of a call's values. */
  problems(values: object): string[];
  /** Type and name of each resource. */
  resources(providers: Providers): readonly (readonly [type: string, name: string])[];
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
  /** File and line of the call. */
  readonly source: CallSite;
}

/** The value of an output, and its `depends_on`. */
export class ReadyAfter<T> {
  constructor(
    readonly value: T,
    readonly dependencies: readonly Expression<unknown>[],
  ) {}
}
