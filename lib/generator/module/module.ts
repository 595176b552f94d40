/** Definitions of Terraform modules: one definition gives the types, the validation, the files and the class for calls. */
import type { Construct } from "constructs";
import { z } from "zod";
import { InputError } from "../../common/errors";
import type { Expression } from "../expression/code";
import type { Ref, Value } from "../expression/expression";
import { requireName, snakeCase } from "../expression/names";
import { reference } from "../expression/reference";
import { callSite, mistake, placeOf } from "../expression/source";
import { type TerraformType, terraformType } from "../inputs/types";
import { problemsOf, type Rule } from "../inputs/validation";
import type { ProviderAddress } from "../provider-address";
import type { Root } from "../root/root";
import { refusePaths } from "./carried-files";
import type { ProviderAlias } from "./resource";
import { type ModuleCall, ReadyAfter, type Specification, type VendoredCopy } from "./specification";

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** An author's definition of a module. */
export interface ModuleDefinition<I extends Shape, O extends Shape, P extends ProviderAddress> {
  /** Folder name under `terraform/modules`, and the last part of its own source folder. */
  readonly name: string;
  /** One sentence about the resources of the module and its guarantees. */
  readonly description: string;
  /** Provider configurations that a caller passes. Default: `["aws"]`. */
  readonly providers?: readonly P[];
  /** Files in subfolders of its folder that Terraform reads when it runs, such as a chart. Default: none. */
  readonly files?: readonly string[];
  readonly inputs: I;
  readonly outputs: O;
  /** Constraints on several inputs together. Default: none. */
  readonly rules?: readonly Rule<z.output<z.ZodObject<I>>>[];
  /** Literal inputs of a typical call. The README shows them, and tests plan them. */
  readonly example: z.input<z.ZodObject<I>>;
  /** Creates the resources and returns the outputs. Inputs are references to the module's variables. */
  build(scope: Construct, input: ModuleReferences<I>, providers: Readonly<Record<P, ProviderAlias>>): OutputValues<O>;
}

type ModuleReferences<S extends Shape> = { readonly [K in keyof S]: Ref<z.output<S[K]>> };
type OutputValues<O extends Shape> = {
  readonly [K in keyof O]: Value<z.output<O[K]>> | ReadyAfter<Value<z.output<O[K]>>>;
};

/** An output with `depends_on`: its users wait for these resources, such as the name of a bucket for the bucket's policy. */
export function readyAfter<T>(value: T, ...dependencies: readonly Expression<unknown>[]): ReadyAfter<T> {
  return new ReadyAfter(value, dependencies);
}

/** Inputs of a call: literals, or expressions of the same types. */
export type ModuleInputs<I extends Shape> = {
  readonly [K in keyof z.input<z.ZodObject<I>>]: Value<z.input<z.ZodObject<I>>[K]>;
};

type AliasOf<P extends string> = Extract<P, `${string}.${string}`>;
/** Providers of a call. A module without aliases uses the root's default configuration unless the call passes another one. */
type CallOptions<P extends string> = [AliasOf<P>] extends [never]
  ? [options?: StateOptions & { readonly providers?: Readonly<Partial<Record<P, ProviderAlias>>> }]
  : [options: StateOptions & { readonly providers: Readonly<Record<AliasOf<P>, ProviderAlias>> }];

/** Where the state has, or the account holds, what the call describes. */
type StateOptions = Pick<ModuleCall, "renamedFrom" | "imports">;

export interface Module<I extends Shape, O extends Shape, P extends ProviderAddress> {
  /** Calls the module from a root: `module "<id>"`. @throws InputError listing every invalid input of the call */
  new (root: Root, id: string, inputs: ModuleInputs<I>, ...options: CallOptions<P>): ModuleReferences<O>;
  readonly specification: Specification;
}

/**
 * Defines a module. Returns a class whose instances are calls of the module. The types follow from the definition: a wrong,
 * missing or unknown input does not compile.
 * @throws InputError for a definition that Terraform cannot express, or an example that violates its rules
 */
export function defineModule<I extends Shape, O extends Shape, P extends ProviderAddress = "aws">(
  definition: ModuleDefinition<I, O, P>,
): Module<I, O, P>;
export function defineModule(definition: ModuleDefinition<Shape, Shape, ProviderAddress>): unknown {
  return callerOf({ ...specify(definition), isHcl: false });
}

/**
 * Defines a module whose Terraform is written in HCL: `*.tf` files in `modules/<name>`. Their variables and outputs have the
 * names of the inputs and outputs here, in Terraform's spelling. `groundplan synth` writes the module as Terraform JSON.
 */
export function defineTerraformModule<I extends Shape, O extends Shape, P extends ProviderAddress = "aws">(
  definition: Omit<ModuleDefinition<I, O, P>, "build" | "rules">,
): Module<I, O, P>;
export function defineTerraformModule(
  definition: Omit<ModuleDefinition<Shape, Shape, ProviderAddress>, "build" | "rules">,
): unknown {
  return callerOf({ ...specify({ ...definition, build: () => ({}) }), isHcl: true });
}

/** What `groundplan vendor` writes of a module from elsewhere. */
export interface VendoredDefinition<I extends Shape, O extends Shape, P extends ProviderAddress>
  extends Omit<ModuleDefinition<I, O, P>, "build" | "rules" | "example"> {
  readonly copy: VendoredCopy;
}

/** The class whose instances are calls of a module from elsewhere, whose copy lies in `modules/<name>/source`. */
export function defineVendoredModule<I extends Shape, O extends Shape, P extends ProviderAddress = "aws">(
  definition: VendoredDefinition<I, O, P>,
): Module<I, O, P>;
export function defineVendoredModule(definition: VendoredDefinition<Shape, Shape, ProviderAddress>): unknown {
  const { copy: vendored, ...rest } = definition;
  return callerOf({ ...specify({ ...rest, build: () => ({}) }), isHcl: false, vendored });
}

function callerOf(specification: Specification) {
  return class {
    static readonly specification = specification;
    constructor(
      root: Root,
      id: string,
      inputs: object,
      { providers = {}, ...options }: StateOptions & { readonly providers?: Record<string, ProviderAlias> } = {},
    ) {
      const call = { ...options, id, specification, inputs, providers, source: callSite() };
      requireAliases(root, call);
      root.call(call, specification.problems(inputs));
      Object.assign(this, outputReferences(specification, root, id));
    }
  };
}

type Described = Omit<ModuleDefinition<Shape, Shape, ProviderAddress>, "example"> & { readonly example?: object };

function specify(definition: Described): Omit<Specification, "isHcl"> {
  const { name, providers = ["aws"], files = [], rules = [], example } = definition;
  refusePaths(`module ${name}`, files);
  refuseNames(`module ${name}, input`, Object.keys(definition.inputs), RESERVED);
  refuseNames(`module ${name}, output`, Object.keys(definition.outputs));
  const schema = z.object(definition.inputs);
  const inputs = typesOf(definition.inputs, `module ${name}, input`);
  const problems = (values: object) => problemsOf(schema, inputs, rules, values);
  const wrong = example === undefined ? [] : problems(example);
  if (wrong.length > 0) throw new InputError(placeOf(`module ${name}, example`, callSite()()), wrong);
  return {
    ...definition,
    example: { ...example },
    providers,
    inputs,
    outputs: typesOf(definition.outputs, `module ${name}, output`),
    rules,
    source: callSite(),
    problems,
  };
}

/** @see https://developer.hashicorp.com/terraform/language/values/variables#declaring-an-input-variable */
const RESERVED = new Set(["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"]);

function refuseNames(place: string, names: readonly string[], reserved: ReadonlySet<string> = new Set()): void {
  const taken = new Map<string, string>();
  for (const name of names) {
    const terraform = snakeCase(name);
    requireName(`${place} ${name}`, terraform);
    if (reserved.has(terraform)) {
      throw mistake(
        `got the name "${terraform}", an argument of Terraform's own; allowed: names other than ${[...reserved].join(", ")}`,
        `${place} ${name}`,
      );
    }
    const other = taken.get(terraform);
    if (other !== undefined) {
      throw mistake(
        `got the name "${terraform}", as ${other} has in Terraform; allowed: a different name for each`,
        `${place} ${name}`,
      );
    }
    taken.set(terraform, name);
  }
}

function typesOf(shape: Shape, place: string): Record<string, TerraformType> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const type = terraformType(schema, `${place} ${name}`);
      if (z.core.safeParse(schema, undefined).success && type.default === undefined) {
        throw mistake("got an optional type without a default; allowed: .nullable().default(null)", `${place} ${name}`);
      }
      if (type.sensitive && (type.default ?? null) !== null) {
        throw mistake(
          "got a default for a sensitive input, which stays readable; allowed: no default, or null",
          `${place} ${name}`,
        );
      }
      if (type.description === undefined) {
        throw mistake('got no description; allowed: a sentence in .describe("…")', `${place} ${name}`);
      }
      return [name, type];
    }),
  );
}

function requireAliases(root: Root, { id, specification, providers, source }: ModuleCall): void {
  const asked = specification.providers.filter((address) => address.includes("."));
  if (asked.every((address) => providers[address] !== undefined)) return;
  const got = Object.keys(providers).join(", ") || "none";
  throw new InputError(placeOf(`${root.address}/${id}`, source()), [
    `providers: got ${got}; allowed: ${asked.join(", ")}`,
  ]);
}

function outputReferences({ outputs }: Specification, root: Root, id: string): object {
  const entries = Object.entries(outputs).map(([name, type]) => [
    name,
    reference(
      { hcl: `module.${id}.${snakeCase(name)}`, owner: root.address, ...(type.sensitive && { sensitive: true }) },
      type,
    ),
  ]);
  return Object.fromEntries(entries);
}
