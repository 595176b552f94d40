/** Types of modules and their calls, for rendering. */
import type { Construct } from "constructs";
import type { Expression } from "../expression/code";
import type { CallSite } from "../expression/source";
import type { TerraformType } from "../inputs/types";
import type { Rule } from "../inputs/validation";
import type { ProviderAddress } from "../provider-address";
import type { ProviderAlias } from "./resource";

/** A definition with its Terraform types, for rendering, documentation and tests. */
export interface Specification {
  readonly name: string;
  readonly description: string;
  readonly providers: readonly ProviderAddress[];
  /** Files in subfolders of the module's folder, which the tree has as they are. */
  readonly files?: readonly string[];
  readonly inputs: Readonly<Record<string, TerraformType>>;
  readonly outputs: Readonly<Record<string, TerraformType>>;
  readonly rules: readonly Rule<Record<string, unknown>>[];
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether the module is written in HCL, in `*.tf` files of its folder. */
  readonly isHcl: boolean;
  /** Where its Terraform comes from, if that is another project. */
  readonly vendored?: VendoredCopy | undefined;
  /** File and line of the definition. */
  readonly source: CallSite;
  /** One line for each problem of a call's values. */
  problems(values: object): string[];
  build(
    scope: Construct,
    input: Readonly<Record<string, unknown>>,
    providers: Readonly<Record<string, ProviderAlias>>,
  ): Readonly<Record<string, unknown>>;
}

/** The copy of a module from elsewhere, which lies in `modules/<name>/source`. */
export interface VendoredCopy {
  /** Source as in a `module` block: `terraform-aws-modules/sqs/aws`, `git::https://example.com/queue.git`. */
  readonly source: string;
  readonly version: string;
  /** SHA-256 of the files of the copy. */
  readonly checksum: string;
  /** Folder of the module below the copy; "." for the copy itself. */
  readonly folder: string;
  /** Folders of the modules that it calls by an address, by `<folder of the caller> <call>`. */
  readonly calls: Readonly<Record<string, string>>;
}

/** The former name of a call whose resources have other addresses in it as well. */
export interface FormerCall {
  readonly call: string;
  /** Former addresses in the state, `module.logs.aws_sqs_queue.this["jobs"]`, by the present ones in the module. */
  readonly resources: Readonly<Record<string, string>>;
}

/** One `module` block of a root. */
export interface ModuleCall {
  readonly id: string;
  readonly specification: Specification;
  readonly inputs: object;
  readonly providers: Readonly<Record<string, ProviderAlias>>;
  /**
   * The former name of the call, former addresses of its resources in the state by their present ones in the module, or both.
   */
  readonly renamedFrom?: string | Readonly<Record<string, string>> | FormerCall;
  /** Ids of objects that exist already, by the addresses of resources in the module. */
  readonly imports?: Readonly<Record<string, string>>;
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
