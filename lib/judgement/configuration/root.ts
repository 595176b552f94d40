/** The evaluated configuration of a root, which guardrails judge and parity compares. */
import type { HclValue, Unknown } from "../hcl";

/** A resource or data source of a module call, with its arguments evaluated as far as they are known. */
export interface ResourceInstance {
  /** `module.documents.aws_s3_bucket.this`, with the key of `count` or `for_each`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Key of `for_each` or index of `count`; undefined if the resource has neither, or its keys are unknown. */
  readonly key: string | number | undefined;
  /** The keys, or the count, if they are not known before an apply. */
  readonly unknownKeys?: Unknown;
  /** The module call: `documents`. */
  readonly call: string;
  /** Folder of the module below the tree: `modules/s3`. */
  readonly module: string;
  /** Address of the root's configuration that the resource has in the source: `aws.replica`. Undefined in a plan. */
  readonly provider?: string;
  /** Arguments by their Terraform names, and from a plan also attributes. Nested blocks are lists of objects. */
  readonly values: { readonly [argument: string]: HclValue };
  /** The `lifecycle` block. */
  readonly lifecycle: { readonly [argument: string]: HclValue };
}

/** Arguments and attributes by which other resources refer to a resource. */
export const IDENTIFIERS: readonly string[] = [
  "id",
  "arn",
  "bucket",
  "name",
  "identifier",
  "cluster_identifier",
  "url",
];

/** A `module` block. */
export interface CallConfiguration {
  readonly id: string;
  /** Folder of the module below the tree: `modules/s3`. */
  readonly module: string;
  /** Evaluated inputs. */
  readonly inputs: { readonly [input: string]: HclValue };
}

/** A `variable` block of the root or of a called module. */
export interface VariableConfiguration {
  /** Folder of the root or module below the tree. */
  readonly module: string;
  readonly name: string;
  readonly default: HclValue;
  readonly sensitive: boolean;
}

export interface RootContent {
  /** Folder below the tree: `environments/shop/dev`. */
  readonly path: string;
  /** Path of the TypeScript source: `environments/shop/dev.ts`. */
  readonly source: string;
  /** The `terraform` block: backend, versions. */
  readonly terraform: { readonly [argument: string]: HclValue };
  /** `provider` blocks, by name. */
  readonly providers: { readonly [provider: string]: readonly HclValue[] };
  /** `terraform` blocks of the called modules, by folder. */
  readonly requirements: { readonly [module: string]: { readonly [argument: string]: HclValue } };
  readonly variables: readonly VariableConfiguration[];
  /** The local value `migration`: the criteria and the record of a migration; null in every other root. */
  readonly migration: HclValue;
  readonly calls: readonly CallConfiguration[];
  readonly resources: readonly ResourceInstance[];
  /** Resources of the root itself, which should only have calls. */
  readonly ownBlocks: readonly string[];
}

export interface RootConfiguration extends RootContent {
  /** All managed resources of a type; `*` for all types. */
  of(type: string): readonly ResourceInstance[];
  at(address: string): ResourceInstance | undefined;
}

export function rootConfiguration(content: RootContent): RootConfiguration {
  const managed = content.resources.filter(({ mode }) => mode === "managed");
  const byType = new Map<string, ResourceInstance[]>([["*", managed]]);
  for (const resource of managed) {
    const others = byType.get(resource.type);
    if (others === undefined) byType.set(resource.type, [resource]);
    else others.push(resource);
  }
  const byAddress = new Map(content.resources.map((resource) => [resource.address, resource]));
  return { ...content, of: (type) => byType.get(type) ?? [], at: (address) => byAddress.get(address) };
}
