/** A root module, in which `terraform plan` runs. It contains providers and module calls, and no resources. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider } from "cdktf";
import type { z } from "zod";
import { InputError } from "../../common/errors";
import { codeOf, type Expression } from "../expression/code";
import { requireName, snakeCase } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { reference } from "../expression/reference";
import { type CallSite, callSite, enter, mistake, placeOf } from "../expression/source";
import { lower, plain } from "../expression/template";
import type { ProviderAlias } from "../module/resource";
import type { ModuleCall, Specification } from "../module/specification";
import { type ProviderAddress, providerName } from "../provider-address";
import { linesOfChildren } from "./child-lines";
import type { ProviderArguments, ProviderClass } from "./provider-configuration";
import { keptEphemerals, type RootInput, rootInput } from "./root-inputs";
import { stackName } from "./root-path";
import { type RootProps, rootProblems } from "./root-props";

/** An output of a root. Its value may contain fenced expressions. */
export interface RootOutput {
  readonly value: unknown;
  readonly description: string;
  readonly sensitive: boolean;
}

/** Records what an author's program declares for a root. `renderRoot` renders the records. */
export class Root extends Namespace {
  private readonly recorded = {
    calls: new Map<string, ModuleCall>(),
    outputs: new Map<string, RootOutput>(),
    inputs: new Map<string, RootInput>(),
    documents: new Map<string, string>(),
    formerCalls: new Map<string, Specification>(),
    configurations: new Map<ProviderAddress, TerraformProvider>(),
  };
  /** Module calls, by id. */
  readonly calls: ReadonlyMap<string, ModuleCall> = this.recorded.calls;
  /** Outputs, by Terraform's name. */
  readonly outputs: ReadonlyMap<string, RootOutput> = this.recorded.outputs;
  /** Inputs, by the author's name. */
  readonly inputs: ReadonlyMap<string, RootInput> = this.recorded.inputs;
  /** Markdown pages beside the root's Terraform, by file name. */
  readonly documents: ReadonlyMap<string, string> = this.recorded.documents;
  /** Modules of deleted calls whose resources are forgotten, by the ids of the calls. */
  readonly formerCalls: ReadonlyMap<string, Specification> = this.recorded.formerCalls;
  /** Configurations of providers, by address: `aws`, `aws.replica`. */
  readonly configurations: ReadonlyMap<ProviderAddress, TerraformProvider> = this.recorded.configurations;

  /** Lines of constructs in the root, by id. */
  readonly lines: ReadonlyMap<string, CallSite>;

  constructor(readonly props: RootProps) {
    const problems = rootProblems(props);
    if (problems.length > 0) throw new InputError(placeOf(props.path, callSite()()), problems);
    super(props.path, stackName(props.path));
    this.lines = linesOfChildren(this.node);
  }

  /** A second configuration of the AWS provider in another region, for modules that ask for one. */
  awsAlias(alias: string, region: string): ProviderAlias {
    return this.provider(AwsProvider, { alias, region });
  }

  /**
   * Configures a provider, with `alias` for each further configuration. The root configures `aws` itself unless this method
   * does. Each configuration of `aws` has the root's region, account and tags unless its arguments specify others.
   */
  provider<C>(type: ProviderClass<C>, config: ProviderArguments<C>): ProviderAlias {
    const name = type.tfResourceType;
    const { alias = name } = { alias: undefined, ...config };
    if (typeof alias !== "string") throw new InputError(this.address, ["alias: got an expression; allowed: text"]);
    const address = alias === name ? name : `${name}.${alias}`;
    const at = () => placeOf(`${this.address}/${address}`, callSite()());
    if (this.configurations.has(address)) {
      throw new InputError(at(), [`got a second configuration of ${address}; allowed: one for each alias`]);
    }
    if (alias !== name) requireName(`${this.address}, provider alias`, alias);
    const all = { ...(name === "aws" ? this.awsDefaults() : {}), ...config };
    const { region } = { region: undefined, ...all };
    const problems = name === "aws" && typeof region === "string" ? rootProblems({ ...this.props, region }) : [];
    if (problems.length > 0) throw new InputError(at(), problems);
    this.recorded.configurations.set(address, new type(this, address.replace(".", "_"), lower<C>(all)));
    return { address, owner: this.address };
  }

  /**
   * Declares a value that the pipeline gives, such as a token of a partner. A value that may stand in the source belongs in the
   * environment's data.
   * @param schema of text, a number or a boolean; `ephemeral(…)` for a secret
   * @param standIn value for plans without an account
   */
  input<S extends z.core.$ZodType>(name: string, schema: S, { standIn }: { readonly standIn: z.input<S> }) {
    const input = rootInput(this.address, this.inputs, name, schema, standIn);
    this.recorded.inputs.set(name, input);
    const { type } = input;
    const { sensitive, ephemeral = false } = type;
    return reference<z.output<S>>({ hcl: `var.${snakeCase(name)}`, owner: this.address, sensitive, ephemeral }, type);
  }

  /** Records a call. The constructor of a module calls this method. */
  call(call: ModuleCall, problems: readonly string[]): void {
    enter(this.address);
    const at = () => placeOf(`${this.address}/${call.id}`, call.source());
    if (problems.length > 0) throw new InputError(`${at()}: bad inputs of module ${call.specification.name}`, problems);
    if (!/^[a-z][a-z0-9_]*$/.test(call.id)) {
      throw new InputError(at(), [
        `id: got "${call.id}"; allowed: lower-case letters, digits and underscores, a letter first`,
      ]);
    }
    for (const [asked, { address, owner }] of Object.entries(call.providers)) {
      if (providerName(asked) !== providerName(address)) {
        throw new InputError(at(), [
          `providers: got ${address} for ${asked}; allowed: a configuration of ${providerName(asked)}`,
        ]);
      }
      if (owner !== this.address) {
        throw new InputError(at(), [
          `providers: got ${address} of ${owner}; allowed: configurations of ${this.address}`,
        ]);
      }
    }
    const other = this.calls.get(call.id);
    if (other !== undefined)
      throw new InputError(at(), [
        `id: got "${call.id}", which ${other.source() ?? "another call"} has already; allowed: an id of its own`,
      ]);
    const kept = keptEphemerals(call);
    if (kept.length > 0) throw new InputError(at(), kept);
    this.recorded.calls.set(call.id, call);
    this.addSource(`module.${call.id}`, call.source);
  }

  /**
   * Keeps the resources of a deleted call that must outlive it, such as a key (`removed` blocks): Terraform removes them from
   * the state, and destroys the call's other resources.
   */
  forget(id: string, { specification }: { readonly specification: Specification }): void {
    this.recorded.formerCalls.set(id, specification);
  }

  /** A root output, which `terraform output` shows to people and pipelines. */
  output(name: string, value: Expression<unknown>, description: string): void {
    const terraform = snakeCase(name);
    requireName(`${this.address}, output ${name}`, terraform);
    if (this.outputs.has(terraform)) {
      throw mistake(
        `output: got the name "${terraform}" twice; allowed: a different name for each output`,
        this.address,
      );
    }
    const { sensitive = false, ephemeral } = codeOf(value);
    if (ephemeral) {
      throw mistake(`output ${name}: got an ephemeral value; allowed: values that a state may hold`, this.address);
    }
    this.recorded.outputs.set(terraform, { value: lower(value), description, sensitive });
  }

  /** Writes a Markdown page beside the root's Terraform, such as a runbook with the environment's names. */
  document(name: "RUNBOOK.md", text: string): void {
    if (this.documents.has(name)) throw mistake(`document: got ${name} twice; allowed: once`, this.address);
    this.recorded.documents.set(
      name,
      plain(text, () => `${this.address}: ${name}`),
    );
  }

  private awsDefaults() {
    const { region, accountId, tags } = this.props;
    return { region, allowedAccountIds: [accountId], defaultTags: [{ tags: { ...tags } }] };
  }
}
