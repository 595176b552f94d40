/** A called module: its resources and outputs, evaluated as far as their values are known before an apply. */
import path from "node:path";
import { InputError } from "../../common/errors";
import {
  EvaluationError,
  type HclValue,
  instanceKey,
  isComputed,
  isUnknown,
  lazyObject,
  type Mapping,
  Reference,
  type Scope,
  scopeOf,
  Unknown,
} from "../hcl";
import { argumentsOf } from "./blocks";
import type { Folder } from "./folder";
import { byKey, type Instances, instancesOf, scopeOfUnknown } from "./instances";
import { asObject, asValue, evaluateJson, isLiteral, type Json, typeOf } from "./json";
import type { ResourceInstance } from "./root";
import { type SourcePlaces, sourcePlace } from "./source-places";
import { convert } from "./variables";

/** Arguments of a `module` block other than inputs. */
const META_OF_CALLS = new Set(["source", "version", "providers", "count", "for_each", "depends_on"]);

/** Where a module is called from. */
export interface CallPlace {
  /** Path of the root, for messages. */
  readonly root: string;
  /** The call of the root that it belongs to: `documents`. */
  readonly call: string;
  /** Address of the call: `module.documents`, `module.documents.module.bucket["a"]`. */
  readonly address: string;
  /** Configurations of providers that the call passes, by their names in the module. */
  readonly providers: Readonly<Record<string, string>>;
  /** Reads a folder of the tree. */
  folderAt(path: string): Folder;
  /** For messages. */
  sources(): SourcePlaces;
}

export class CalledModule {
  private readonly scope: Scope;
  /** Instances that were computed already, by address. */
  private readonly instancesAt = new Map<string, Instances>();
  /** Modules that this one calls, by address. */
  private readonly inner = new Map<string, CalledModule>();

  /** @param inputs evaluated arguments of the call; omitted ones have the defaults of their variables */
  constructor(
    private readonly place: CallPlace,
    private readonly folder: Folder,
    private readonly inputs: Mapping,
  ) {
    const resources = lazyObject(Object.keys(folder.resource), (type) => this.references("managed", type));
    const others = {
      var: lazyObject(
        Object.keys(folder.variable),
        (name) => this.variable(name),
        (name) => isComputed(inputs, name),
      ),
      local: lazyObject(
        Object.keys(folder.locals),
        (name) => evaluateJson(folder.locals[name], this.scope),
        (name) => isLiteral(folder.locals[name]),
      ),
      data: lazyObject(Object.keys(folder.data), (type) => this.references("data", type)),
      module: lazyObject(Object.keys(folder.module), (id) => this.innerOutputs(id)),
      path: pathsOf(path.posix.relative(place.root, folder.path)),
      terraform: new Unknown(),
    };
    this.scope = scopeOf(resources, scopeOf(others));
  }

  get outputs(): Mapping {
    return lazyObject(Object.keys(this.folder.output), (name) =>
      evaluateJson(this.folder.output[name]?.value, this.scope),
    );
  }

  /** @throws InputError if Terraform refuses an expression */
  resources(): ResourceInstance[] {
    return [
      ...this.blocks("data").flatMap(([type, name, body]) => this.instances("data", type, name, body)),
      ...this.blocks("managed").flatMap(([type, name, body]) => this.instances("managed", type, name, body)),
      ...Object.keys(this.folder.module).flatMap((id) => this.innerResources(id)),
    ];
  }

  private innerOutputs(id: string): HclValue {
    const address = `${this.place.address}.module.${id}`;
    const instances = this.keysOf(address, asObject(this.folder.module[id]));
    if (instances.keys instanceof Unknown) return instances.keys;
    const scopes = new Map(instances.keys);
    return byKey(instances, (key) => this.called(id, key, key === undefined ? undefined : scopes.get(key)).outputs);
  }

  /** Where the keys of the call are not known, one instance without a key represents all. */
  private innerResources(id: string): ResourceInstance[] {
    const address = `${this.place.address}.module.${id}`;
    return this.located(address, ["module", id], () => {
      const { keys } = this.keysOf(address, asObject(this.folder.module[id]));
      if (keys === undefined) return this.called(id, undefined).resources();
      if (!(keys instanceof Unknown)) return keys.flatMap(([key, scope]) => this.called(id, key, scope).resources());
      const all = this.called(id, undefined, scopeOfUnknown(keys, this.scope)).resources();
      return all.map((resource) => ({ ...resource, unknownKeys: keys }));
    });
  }

  private called(id: string, key: string | number | undefined, scope = this.scope): CalledModule {
    const address = `${this.place.address}.module.${id}${key === undefined ? "" : instanceKey(key)}`;
    const known = this.inner.get(address);
    if (known !== undefined) return known;
    const body = asObject(this.folder.module[id]);
    const inputs = lazyObject(
      Object.keys(body).filter((name) => !META_OF_CALLS.has(name)),
      (name) => evaluateJson(body[name], scope),
      (name) => isLiteral(body[name]),
    );
    const folder = this.place.folderAt(path.posix.join(this.folder.path, String(body.source)));
    const providers = passedProviders(body.providers, this.place.providers);
    const module = new CalledModule({ ...this.place, address, providers }, folder, inputs);
    this.inner.set(address, module);
    return module;
  }

  private blocks(mode: Mode): [string, string, Json][] {
    return Object.entries(mode === "data" ? this.folder.data : this.folder.resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]): [string, string, Json] => [type, name, asObject(body)]),
    );
  }

  private variable(name: string): HclValue {
    const { type, default: byDefault, nullable } = asObject(this.folder.variable[name]);
    const given = this.inputs[name];
    const value = given === undefined || (given === null && nullable === false) ? asValue(byDefault) : given;
    return typeof type === "string" ? convert(typeOf(type), value) : value;
  }

  /** The value of `aws_s3_bucket` in an expression: the resources of the type, by name. */
  private references(mode: Mode, type: string): Mapping {
    const named = (mode === "data" ? this.folder.data : this.folder.resource)[type] ?? {};
    return lazyObject(Object.keys(named), (name) => {
      const body = asObject(named[name]);
      const address = this.address(mode, type, name);
      const instances = this.keysOf(address, body);
      if (instances.keys instanceof Unknown) return new Reference(address);
      const scopes = new Map(instances.keys);
      return byKey(instances, (key) =>
        key === undefined
          ? new ResourceReference(address, body, this.scope)
          : new ResourceReference(`${address}${instanceKey(key)}`, body, scopes.get(key) ?? this.scope),
      );
    });
  }

  private instances(mode: Mode, type: string, name: string, body: Json): ResourceInstance[] {
    const address = this.address(mode, type, name);
    const instance = (key: string | number | undefined, scope: Scope): ResourceInstance => ({
      address: key === undefined ? address : `${address}${instanceKey(key)}`,
      mode,
      type,
      name,
      key,
      call: this.place.call,
      module: this.folder.path,
      provider: this.providerOf(type, body),
      values: argumentsOf(body, scope),
      lifecycle: lifecycleOf(body),
    });
    return this.located(address, [type, name], () => {
      const { keys } = this.keysOf(address, body);
      if (keys === undefined) return [instance(undefined, this.scope)];
      if (!(keys instanceof Unknown)) return keys.map(([key, scope]) => instance(key, scope));
      return [{ ...instance(undefined, scopeOfUnknown(keys, this.scope)), unknownKeys: keys }];
    });
  }

  /** Without an argument, the default configuration of the type's first word. */
  private providerOf(type: string, { provider = type.split("_")[0] }: Json): string {
    const name = String(provider);
    return this.place.providers[name] ?? name;
  }

  private located<T>(address: string, [type, name]: readonly [type: string, name: string], work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const { root, call, sources } = this.place;
      const written = sourcePlace(root, { module: this.folder.path, type, name, call }, sources());
      throw new InputError(`${root}: ${address}, of ${this.folder.source}${written}`, [error.message]);
    }
  }

  private address(mode: Mode, type: string, name: string): string {
    return `${this.place.address}.${mode === "data" ? "data." : ""}${type}.${name}`;
  }

  private keysOf(address: string, body: Json): Instances {
    const instances = this.instancesAt.get(address) ?? instancesOf(body, this.scope);
    this.instancesAt.set(address, instances);
    return instances;
  }
}

/**
 * The value of `path`, as Terraform has it in the folder of a root.
 * @see https://developer.hashicorp.com/terraform/language/expressions/references#filesystem-and-workspace-info
 * @param module path of the module from the root
 */
export function pathsOf(module: string): Mapping {
  return { module, root: ".", cwd: new Unknown() };
}

/**
 * Configurations that a call passes, as the root has them. A call without `providers` passes those without an alias.
 * @param outer configurations of the module with the call
 */
export function passedProviders(
  block: unknown,
  outer: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (block === undefined) return Object.fromEntries(Object.entries(outer).filter(([name]) => !name.includes(".")));
  return Object.fromEntries(
    Object.entries(asObject(block)).map(([name, address]) => [name, outer[String(address)] ?? String(address)]),
  );
}

type Mode = ResourceInstance["mode"];

const NO_LIFECYCLE: Mapping = {};

function lifecycleOf({ lifecycle }: Json): Mapping {
  return lifecycle === undefined ? NO_LIFECYCLE : Object.assign({}, ...[asValue(lifecycle)].flat());
}

/** A reference to a resource, whose arguments have the values of the source. */
class ResourceReference extends Reference {
  constructor(
    address: string,
    private readonly body: Json,
    private readonly scope: Scope,
  ) {
    super(address);
  }

  override attribute(name: string): HclValue {
    const argument = this.body[name];
    if (typeof argument === "string") {
      const value = evaluateJson(argument, this.scope);
      if (value !== null && !isUnknown(value)) return value;
    }
    return super.attribute(name);
  }
}
