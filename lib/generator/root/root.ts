/** A root: what `terraform plan` runs in. It holds providers and module calls, and no resource of its own. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, type TerraformProvider } from "cdktf";
import type { z } from "zod";
import { InputError } from "../../common/errors";
import { codeOf, type Expression } from "../expression/code";
import { requireName, snakeCase } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { reference } from "../expression/reference";
import { callSite, enter, mistake, placeOf } from "../expression/source";
import { lower } from "../expression/template";
import { terraformKeys } from "../inputs/terraform-keys";
import { generatedFrom, moduleFolder } from "../module/folder";
import type { ProviderAlias } from "../module/resource";
import type { ModuleCall, Specification } from "../module/specification";
import { projectSettings } from "../project-settings";
import { type ProviderAddress, Providers, providerName, REQUIRED_TERRAFORM } from "../providers";
import { type GeneratedFile, plain, terraformFiles, Verbatim } from "../synth/tree";
import { lockFile } from "./dependency-lock";
import { importBlocks, movedBlocks, removedBlocks } from "./former-calls";
import {
  exactProviders,
  inheritedProviders,
  missingConfigurations,
  type ProviderArguments,
  type ProviderClass,
  providerBlock,
} from "./provider-configuration";
import { keptEphemerals, RootInputs } from "./root-inputs";
import { type RootProps, rootProblems } from "./root-props";

export class Root extends Namespace {
  readonly calls = new Map<string, ModuleCall>();
  private readonly outputs = new Map<string, object>();
  private readonly inputs = new RootInputs();
  private readonly documents = new Map<string, string>();
  /** Modules of calls that are gone, by the calls' ids. */
  private readonly former = new Map<string, Specification>();
  /** Configurations of providers, by address: `aws`, `aws.replica`. */
  private readonly configured = new Map<ProviderAddress, TerraformProvider>();

  constructor(readonly props: RootProps) {
    const problems = rootProblems(props);
    if (problems.length > 0) throw new InputError(placeOf(props.path, callSite()()), problems);
    super(props.path, stackName(props.path));
    const { lock = "both", ...backend } = props.backend;
    const written = new S3Backend(this, {
      bucket: backend.bucket,
      region: backend.region,
      key: projectSettings().stateKey(props.path),
      encrypt: true,
      kmsKeyId: backend.kmsKeyArn,
      ...(lock !== "s3" && { dynamodbTable: backend.dynamodbTable }),
    });
    if (lock !== "dynamodb") written.addOverride("use_lockfile", true);
  }

  /** A second configuration of the AWS provider in another region, for modules that ask for one. */
  awsAlias(alias: string, region: string): ProviderAlias {
    return this.provider(AwsProvider, { alias, region });
  }

  /**
   * Configures a provider, with `alias` where the root has more than one configuration of it. The root configures `aws` itself
   * where no call of this method does. Each configuration of `aws` has the root's region, account and tags unless its arguments
   * name others.
   */
  provider<C>(type: ProviderClass<C>, config: ProviderArguments<C>): ProviderAlias {
    const name = type.tfResourceType;
    const { alias = name } = { alias: undefined, ...config };
    if (typeof alias !== "string") throw new InputError(this.address, ["alias: got an expression; allowed: text"]);
    const address = alias === name ? name : `${name}.${alias}`;
    const at = () => placeOf(`${this.address}/${address}`, callSite()());
    if (this.configured.has(address)) {
      throw new InputError(at(), [`got a second configuration of ${address}; allowed: one for each alias`]);
    }
    if (alias !== name) requireName(`${this.address}, provider alias`, alias);
    const all = { ...(name === "aws" ? this.awsDefaults() : {}), ...config };
    const { region } = { region: undefined, ...all };
    const problems = name === "aws" && typeof region === "string" ? rootProblems({ ...this.props, region }) : [];
    if (problems.length > 0) throw new InputError(at(), problems);
    this.configured.set(address, new type(this, address.replace(".", "_"), lower<C>(all)));
    return { address, owner: this.address };
  }

  /**
   * Declares a value that the pipeline gives, such as a token of a partner. A value that may stand in the source belongs in the
   * environment's data.
   * @param schema of text, a number or a boolean; `ephemeral(…)` for a secret
   * @param standIn value for plans without an account
   */
  input<S extends z.core.$ZodType>(name: string, schema: S, { standIn }: { readonly standIn: z.input<S> }) {
    const type = this.inputs.add(this.address, name, schema, standIn);
    const { sensitive, ephemeral = false } = type;
    return reference<z.output<S>>({ hcl: `var.${snakeCase(name)}`, owner: this.address, sensitive, ephemeral }, type);
  }

  /** Records a call; modules do this themselves when they are constructed. */
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
    this.calls.set(call.id, call);
    this.addSource(`module.${call.id}`, call.source);
  }

  /**
   * Leaves in the account what has to outlive a call that is gone, such as a key: Terraform takes it out of the state, and
   * destroys the rest of the call.
   */
  forget(id: string, { specification }: { readonly specification: Specification }): void {
    this.former.set(id, specification);
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
    const { sensitive, ephemeral } = codeOf(value);
    if (ephemeral) {
      throw mistake(`output ${name}: got an ephemeral value; allowed: values that a state may hold`, this.address);
    }
    this.outputs.set(terraform, {
      value: lower(value),
      description: new Verbatim(description),
      ...(sensitive && { sensitive }),
    });
  }

  /** A page for people beside the root's Terraform, as Markdown: a runbook with the real names. */
  document(name: "RUNBOOK.md", text: string): void {
    if (this.documents.has(name)) throw mistake(`document: got ${name} twice; allowed: once`, this.address);
    this.documents.set(name, plain(text, `${this.address}: ${name}`));
  }

  private awsDefaults() {
    const { region, accountId, tags } = this.props;
    return { region, allowedAccountIds: [accountId], defaultTags: [{ tags: { ...tags } }] };
  }

  /** Whether something needs `aws` without saying so: a call, what a former call leaves, or a root without any provider. */
  private needsOwnAws(): boolean {
    if (this.configured.has("aws")) return false;
    const inherited = [...this.calls.values()].flatMap(inheritedProviders);
    const left = [...this.former.values()].flatMap(({ providers }) => providers);
    return this.configured.size === 0 || [...inherited, ...left].includes("aws");
  }

  /** The root's files. The first one is the one that CDKTF's command line reads. */
  render(providers = new Providers()): GeneratedFile[] {
    enter(this.address);
    if (this.needsOwnAws()) this.provider(AwsProvider, {});
    const { terraform, provider: _, ...other } = this.toTerraform();
    const foreign = Object.keys(other).filter((key) => key !== "//");
    if (foreign.length > 0) {
      const site = [...this.sources].find(([address]) => !/^(module|check)\./.test(address))?.[1] ?? (() => undefined);
      throw mistake(`got ${foreign.join(", ")} in a root; allowed: module calls and outputs`, this.address, site);
    }
    const missing = missingConfigurations(this.calls.values(), new Set(this.configured.keys()));
    if (missing.length > 0) throw new InputError(this.address, missing);
    const names = [...new Set([...this.configured.keys()].map(providerName))].sort();
    const required = exactProviders(this.address, names, providers, this.props.providerVersions ?? {});
    const header = generatedFrom(this.props.source);
    const metadata = { stackName: this.node.id, backend: "s3" };
    const ending = this.props.ending === true;
    return [
      ...terraformFiles(
        this.address,
        { generated: header, metadata },
        {
          "versions.tf.json": {
            terraform: {
              backend: terraform.backend,
              required_version: REQUIRED_TERRAFORM,
              required_providers: required,
            },
          },
        },
      ),
      ...terraformFiles(
        this.address,
        header,
        {
          "variables.tf.json": { variable: ending ? undefined : this.inputs.variables },
          "providers.tf.json": { provider: this.providerBlocks(names) },
          "main.tf.json": ending ? this.lastBlocks(providers) : this.blocks(providers),
          "outputs.tf.json": { output: ending ? undefined : Object.fromEntries(this.outputs) },
        },
        this.sources,
      ),
      ...(ending ? [] : this.inputs.file(this.address)),
      ...lockFile(this.address, required, providers),
      ...(ending ? [] : [...this.documents]).map(([name, text]) => ({
        path: `${this.address}/${name}`,
        content: `<!-- ${header} -->\n\n${text.trim()}\n`,
      })),
    ];
  }

  /** The default configuration of each provider first, as the judges read the account from it. */
  private providerBlocks(names: readonly string[]) {
    const blocksOf = (name: string) =>
      [...this.configured]
        .filter(([address]) => providerName(address) === name)
        .sort(([a], [b]) => a.length - b.length);
    return Object.fromEntries(
      names.map((name) => [name, blocksOf(name).map(([, provider]) => providerBlock(provider))]),
    );
  }

  private blocks(providers: Providers) {
    return {
      module: Object.fromEntries([...this.calls.values()].map((call) => [call.id, this.moduleBlock(call)])),
      check: Object.fromEntries(this.checks),
      import: importBlocks(this.calls, this.address, providers),
      moved: movedBlocks(this.calls, this.address, providers),
      removed: removedBlocks(this.former, this.calls, this.address, providers),
    };
  }

  private lastBlocks(providers: Providers) {
    const own = [...this.calls.values()].map(({ id, specification }) => [id, specification] as const);
    return { removed: removedBlocks(new Map([...own, ...this.former]), new Map(), this.address, providers) };
  }

  private moduleBlock({ specification, inputs, providers }: ModuleCall): object {
    const up = this.address
      .split("/")
      .map(() => "..")
      .join("/");
    const values = Object.entries(inputs)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const type = specification.inputs[name];
        return [snakeCase(name), lower(type === undefined ? value : terraformKeys(value, type))];
      });
    const defaults = specification.providers.filter((name) => !name.includes(".")).map((name) => [name, name]);
    const passed = Object.entries(providers).map(([name, { address }]) => [name, address]);
    return {
      source: `${up}/${moduleFolder(specification)}`,
      ...(passed.length > 0 && { providers: Object.fromEntries([...defaults, ...passed]) }),
      ...Object.fromEntries(values),
    };
  }
}

/** `shop-dev` for `environments/shop/dev`, `account-shop-dev` for `accounts/shop-dev`. */
function stackName(path: string): string {
  return path
    .replace(/^environments\//, "")
    .replace(/^accounts/, "account")
    .replaceAll("/", "-");
}
