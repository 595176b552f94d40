/** A called module: its resources and outputs, evaluated as far as their values are known before an apply. */
import { InputError } from "../../common/errors";
import {
  EvaluationError,
  type HclValue,
  instanceKey,
  isComputed,
  isList,
  isMapping,
  isUnknown,
  lazyObject,
  type Mapping,
  Reference,
  type Scope,
  scopeOf,
  Unknown,
} from "../hcl";
import type { Folder } from "./folder";
import { asObject, asValue, evaluateJson, isLiteral, type Json, keyIn, templateEvaluation, typeOf } from "./json";
import type { ResourceInstance } from "./root";
import { type SourcePlaces, sourcePlace } from "./source-places";
import { convert } from "./variables";

/** Meta-arguments, which Terraform does not pass to the provider. */
const META_ARGUMENTS = new Set(["//", "count", "depends_on", "dynamic", "for_each", "lifecycle", "provider"]);

export class CalledModule {
  private readonly scope: Scope;
  /** Instances that were computed already, by address. */
  private readonly instancesOf = new Map<string, Instances>();

  /**
   * @param root path of the root, for messages
   * @param inputs evaluated arguments of the call; omitted ones have the defaults of their variables
   * @param sources for messages
   */
  constructor(
    private readonly root: string,
    readonly id: string,
    private readonly folder: Folder,
    private readonly inputs: Mapping,
    private readonly sources: () => SourcePlaces,
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
      path: new Unknown(),
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
    ];
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
      const { keys, isCount } = this.keysOf(address, body);
      if (keys === undefined) return new ResourceReference(address, body, this.scope);
      if (keys instanceof Unknown) return new Reference(address);
      const entries = keys.map(([key, scope]): [string, HclValue] => [
        String(key),
        new ResourceReference(`${address}${instanceKey(key)}`, body, scope),
      ]);
      return isCount ? entries.map(([, value]) => value) : Object.fromEntries(entries);
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
      call: this.id,
      module: this.folder.path,
      values: argumentsOf(body, scope),
      lifecycle: Object.assign({}, ...[asValue(body.lifecycle ?? {})].flat()),
    });
    try {
      const { keys } = this.keysOf(address, body);
      if (keys === undefined) return [instance(undefined, this.scope)];
      if (!(keys instanceof Unknown)) return keys.map(([key, scope]) => instance(key, scope));
      const each = scopeOf({ each: { key: keys, value: keys }, count: { index: keys } }, this.scope);
      return [{ ...instance(undefined, each), unknownKeys: keys }];
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const place = sourcePlace(this.root, { module: this.folder.path, type, name, call: this.id }, this.sources());
      throw new InputError(`${this.root}: ${address}, of ${this.folder.source}${place}`, [error.message]);
    }
  }

  private address(mode: Mode, type: string, name: string): string {
    return `module.${this.id}.${mode === "data" ? "data." : ""}${type}.${name}`;
  }

  private keysOf(address: string, body: Json): Instances {
    const keys = this.instancesOf.get(address) ?? this.readKeys(body);
    this.instancesOf.set(address, keys);
    return keys;
  }

  private readKeys(body: Json): Instances {
    if ("count" in body) {
      const count = evaluateJson(body.count, this.scope);
      if (isUnknown(count)) return { keys: count, isCount: true };
      const indexes = Array.from({ length: Number(count) }, (_, i) => i);
      return { keys: indexes.map((i) => [i, scopeOf({ count: { index: i } }, this.scope)]), isCount: true };
    }
    if (!("for_each" in body)) return { keys: undefined, isCount: false };
    const all = evaluateJson(body.for_each, this.scope);
    if (isUnknown(all)) return { keys: all, isCount: false };
    const keys = entriesOf(all).map(([key, value]): [string, Scope] => [
      key,
      scopeOf({ each: { key, value } }, this.scope),
    ]);
    return { keys, isCount: false };
  }
}

type Mode = ResourceInstance["mode"];

/** Keys of the instances of a resource, each with its scope; undefined for a resource without `count` and `for_each`. */
interface Instances {
  readonly keys: undefined | Unknown | readonly [string | number, Scope][];
  readonly isCount: boolean;
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

function argumentsOf(body: Json, scope: Scope): Mapping {
  const own = writtenIn(body).map(([name, valueIn]): [string, HclValue] => [keyIn(name, scope), valueIn(scope)]);
  return Object.fromEntries([...own, ...made(body.dynamic, scope)]);
}

/** An argument with the function that evaluates it. */
type Written = readonly [name: string, valueIn: (scope: Scope) => HclValue];

/** The arguments of blocks, which all calls of a module share. */
const written = new WeakMap<Json, readonly Written[]>();

function writtenIn(body: Json): readonly Written[] {
  const known =
    written.get(body) ??
    Object.entries(body)
      .filter(([name]) => !META_ARGUMENTS.has(name))
      .map(([name, json]): Written => [name, evaluation(json)]);
  written.set(body, known);
  return known;
}

/** The value of an argument or of a nested block, which may be dynamic. */
function evaluation(json: unknown): (scope: Scope) => HclValue {
  if (isLiteral(json)) return () => json;
  if (typeof json === "string") return templateEvaluation(json);
  if (Array.isArray(json)) {
    const items = json.map(evaluation);
    return (scope) => items.map((item) => item(scope));
  }
  const { dynamic, ...plain } = asObject(json);
  const members = Object.entries(plain).map(([key, value]): Written => [key, evaluation(value)]);
  return (scope) => {
    const own = members.map(([key, valueIn]): [string, HclValue] => [keyIn(key, scope), valueIn(scope)]);
    return Object.fromEntries([...own, ...made(dynamic, scope)]);
  };
}

/** The blocks that `dynamic` creates, by name. */
function made(dynamic: unknown, scope: Scope): [string, HclValue][] {
  return Object.entries(asObject(dynamic)).map(([name, block]) => [name, expand(name, asObject(block), scope)]);
}

/** The blocks that one `dynamic` block creates. */
function expand(name: string, { for_each: forEach, iterator = name, content }: Json, scope: Scope): HclValue {
  const all = evaluateJson(forEach, scope);
  if (isUnknown(all)) return all;
  return entriesOf(all).map(([key, value]) =>
    argumentsOf(asObject(content), scopeOf({ [String(iterator)]: { key, value } }, scope)),
  );
}

function entriesOf(collection: HclValue): [string, HclValue][] {
  if (isMapping(collection)) return Object.entries(collection);
  return isList(collection) ? collection.map((item) => [String(item), item]) : [];
}
